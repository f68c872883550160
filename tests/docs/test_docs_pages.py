"""Generated pages are of today, the site builds strictly, and commands and options that pages name exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from docsite import __main__ as reference
from docsite import notices
from migrate.cli import group

REPOSITORY = Path(__file__).parents[2]
PAGES = [REPOSITORY / "README.md", *sorted(REPOSITORY.glob("docs/**/*.md"))]
SAID = re.compile(
    r"(?<=[`\n ])migrate ((?!-)(?:[a-z-]+)(?: (?:verify|start|stop|status|list|check|solution))?)"
    r"((?:[^`\n#|;&]|\\\|)*)"
)


def test_the_reference_is_what_the_code_says(tmp_path):
    reference.write(tmp_path / "reference")
    kept = REPOSITORY / "docs" / "reference"
    made = sorted(p.relative_to(tmp_path / "reference") for p in tmp_path.rglob("*") if p.is_file())
    assert made == sorted(p.relative_to(kept) for p in kept.rglob("*") if p.is_file())
    for name in made:
        assert (kept / name).read_text() == (tmp_path / "reference" / name).read_text(), (
            f"run `make docs`: {name}"
        )


def test_the_notices_are_of_todays_lock():
    """Names and versions are compared; a licence that this platform cannot read is no difference."""

    def pins(text: str) -> list[str]:
        return [line.rsplit("|", 2)[0] for line in text.splitlines()]

    assert pins(notices.page()) == pins((REPOSITORY / "THIRD_PARTY.md").read_text())


def test_the_site_builds_strictly_and_fetches_nothing(tmp_path):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            str(tmp_path / "site"),
        ],
        cwd=REPOSITORY,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for page in (tmp_path / "site").rglob("*.html"):
        # A link may lead outside; nothing of the page itself may come from there.
        assert not re.search(r'<(?:script|img|iframe)[^>]+src="?(?:https?:)?//', page.read_text()), page.name
        assert not re.search(r'<link[^>]+href="?(?:https?:)?//[^>]*stylesheet', page.read_text()), page.name


def test_every_page_is_in_the_navigation():
    text = (REPOSITORY / "mkdocs.yml").read_text()
    named = set(re.findall(r"([\w/-]+\.md)", str(yaml.safe_load(text)["nav"])))
    pages = {str(page.relative_to(REPOSITORY / "docs")) for page in PAGES[1:]}
    assert pages == named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_commands_and_options_that_pages_name_exist(page):
    text = page.read_text()
    for said in SAID.finditer(text):
        words, rest = said.groups()
        if text[: said.start()].endswith("no `"):
            continue  # a page may say what there is not
        command: click.Command | None = group
        context = click.Context(group)
        for word in words.split():
            if isinstance(command, click.Group):
                command = command.get_command(context, word)
        assert command is not None, f"there is no `migrate {words}`"
        known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest):
            assert option in known, f"`migrate {words}` has no {option}"
