"""Every code block of README, CONTRIBUTING and docs is run, or names the test that does, or says why not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from docsite.blocks import Block, blocks
from migrate import routing
from migrate.config import Migration, load

REPOSITORY = Path(__file__).parents[2]
GENERATED = ("reference", "mapping.md", "dual-run-faults.md", "parity-matrix.md")
PAGES = [
    page
    for page in [
        REPOSITORY / "README.md",
        REPOSITORY / "CONTRIBUTING.md",
        *sorted(REPOSITORY.glob("docs/**/*.md")),
    ]
    if not any(part in GENERATED for part in page.parts)
]
BLOCKS = [block for page in PAGES for block in blocks(page)]
TOLD = {"text", "json", "jsonl", "html"}
"""What a program said, or a synopsis: nothing to run."""
TUTORIAL = REPOSITORY / "docs" / "tutorial.md"


def those(*languages: str) -> list[Block]:
    return [
        b for b in BLOCKS if b.language in languages and not b.marks.keys() & {"run by", "not run", "from"}
    ]


def test_every_block_has_a_language_and_none_is_forgotten():
    for block in BLOCKS:
        assert block.language in {*TOLD, "sh", "python", "toml", "yaml", "sql"}, block.place
    assert len(BLOCKS) > 40
    assert {block.language for block in those("sh", "python", "toml", "yaml", "sql")} >= {
        "sh",
        "python",
        "toml",
    }
    assert not those("sql"), "say by which test an SQL block is run"


def test_marks_name_what_exists():
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    for block in BLOCKS:
        if "not run" in block.marks:
            assert len(block.marks["not run"].split()) >= 4, f"{block.place}: say why in words"
        if "run by" in block.marks:
            words = block.marks["run by"].replace(",", " ").split()
            if words[0] == "make":
                assert words[1] in targets, block.place
            for path in (w for w in words if w.startswith("tests/")):
                assert (REPOSITORY / path).exists(), f"{block.place}: {path}"


@pytest.mark.parametrize("block", [b for b in BLOCKS if "from" in b.marks], ids=lambda b: b.place)
def test_quoted_code_stands_where_it_is_said_to(block):
    source = iter((REPOSITORY / block.marks["from"]).read_text().splitlines())
    for line in block.text.splitlines():
        if line.strip() not in ("...", ""):
            assert any(line.strip() == real.strip() for real in source), f"{block.place}: {line}"


def merged(base: dict, more: dict) -> dict:
    inner = {
        k: merged(base[k], v)
        for k, v in more.items()
        if isinstance(v, dict) and isinstance(base.get(k), dict)
    }
    return {**base, **more, **inner}


@pytest.mark.parametrize("block", those("toml"), ids=lambda b: b.place)
def test_settings_are_valid(block):
    found = tomllib.loads(block.text)
    if "routes" in found:
        routing.parse(block.text, block.page)
    elif "project" not in found:
        (whole,) = [b for b in blocks(TUTORIAL) if b.language == "toml"]
        base = tomllib.loads(whole.text)
        if {"phases"} <= found.keys() and not {"1"} <= found["phases"].keys():
            found["phases"] = {n: merged(base["phases"]["1"], p) for n, p in found["phases"].items()}
        Migration.model_validate(merged(base, found))


def test_yaml_is_yaml():
    assert all(yaml.safe_load(block.text) for block in those("yaml"))


@pytest.mark.parametrize("block", those("python"), ids=lambda b: b.place)
def test_python_runs(block):
    exec(compile(block.text, block.place, "exec"), {"__name__": "page"})


@pytest.mark.parametrize("page", sorted({b.page for b in those("sh")}), ids=lambda p: p.name)
def test_commands_answer_as_the_page_says(page, finished_copy, typed):
    """In one copy of a small finished migration a page, in the order of the page."""
    for block in (b for b in those("sh") if b.page == page):
        done = typed(block.text, finished_copy)
        assert done.returncode == block.exit_code, (block.place, done.stdout[-1000:], done.stderr[-1000:])


def test_the_smallest_migration_of_the_tutorial_loads(tmp_path):
    (whole,) = [b for b in blocks(TUTORIAL) if b.language == "toml"]
    (tmp_path / "migration.toml").write_text(whole.text)
    assert load(tmp_path).phase(1).years == (2025,)
