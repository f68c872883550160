"""Whatever a folder holds: a clear error, or a finding and the rest converted; never half a target."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Migrate = Callable[..., subprocess.CompletedProcess[str]]
Convert = Callable[..., tuple[subprocess.CompletedProcess[str], Path]]
ASSET = """from dagster import Definitions, asset


@asset
def one() -> int:
    return 1


defs = Definitions(assets=[one])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "legacy"
    folder.mkdir()
    (folder / "one.py").write_text(ASSET)
    return folder


@pytest.fixture
def convert(at_once: Migrate) -> Convert:
    """`migrate convert` of a project, with more arguments: what it said, and the folder of the target."""

    def run(project: Path, *more: object) -> tuple[subprocess.CompletedProcess[str], Path]:
        out = project.parent / "target"
        return at_once("convert", project, "--out", out, *more), out

    return run


def record(out: Path) -> dict:
    return json.loads((out / "conversion.json").read_text())


def leftovers(folder: Path) -> list[str]:
    return [p.name for p in folder.iterdir() if p.name.startswith(".target")]


def test_a_sound_project_converts(project: Path, convert: Convert) -> None:
    done, out = convert(project)
    assert done.returncode == 0, done.stderr
    assert record(out)["summary"] == {"converted": 2}
    compile((out / "one.py").read_text(), "one.py", "exec")


def test_no_project_at_the_path(tmp_path: Path, at_once: Migrate) -> None:
    done = at_once("convert", tmp_path / "nowhere", "--out", tmp_path / "target")
    assert done.returncode == 2
    assert "there is no project at this path" in done.stderr
    assert not (tmp_path / "target").exists()


def test_a_project_without_dagster(tmp_path: Path, convert: Convert) -> None:
    (tmp_path / "legacy").mkdir()
    (tmp_path / "legacy" / "plain.py").write_text("print('hello')\n")
    done, out = convert(tmp_path / "legacy")
    assert done.returncode == 2
    assert "mentions Dagster" in done.stderr
    assert not out.exists()


def test_converting_the_target_again_finds_nothing(project: Path, convert: Convert, at_once: Migrate) -> None:
    _, out = convert(project)
    done = at_once("convert", out, "--out", project.parent / "again")
    assert done.returncode == 2
    assert not (project.parent / "again").exists()


@pytest.mark.parametrize(
    ("content", "line", "word"),
    [
        (b"import dagster\n\nx = (\n", 3, "not valid Python"),
        (b"import dagster\n\nprint 'hello'\n", 3, "Python 2"),
        (b"import dagster\n\n@dagster.asset\ndef broken(:\n    pass\n", 4, "invalid syntax"),
        (b"import dagster\n\0\n", 1, "null bytes"),
        ("import dagster\nname = 'caf\u00e9'\n".encode("latin-1"), 1, "UTF-8"),
    ],
)
def test_a_file_that_is_no_python_is_named_and_the_rest_converted(
    project: Path, content: bytes, line: int, word: str, convert: Convert
) -> None:
    (project / "broken.py").write_bytes(content)
    done, out = convert(project)
    assert done.returncode == 1
    errors = record(out)["errors"]
    assert [(e["file"], e["line"]) for e in errors] == [("broken.py", line)]
    assert word in errors[0]["message"]
    assert "2 converted, 0 need you.\n1 file is not in the target, for the reason above" in done.stdout
    assert "@materialize" in (out / "one.py").read_text()


def test_syntax_newer_than_this_python_is_read(project: Path, convert: Convert) -> None:
    newer = "type Rows[T] = list[T]\nquoted = f'{'inner'}'\n"
    (project / "one.py").write_text(ASSET.replace("\n\n\n@asset", f"\n\n{newer}\n\n@asset"))
    done, out = convert(project)
    assert done.returncode == 0, done.stdout
    assert newer in (out / "one.py").read_text()
    assert "@materialize" in (out / "one.py").read_text()


def test_type_parameters_of_a_function_stay(project: Path, convert: Convert) -> None:
    (project / "one.py").write_text(
        ASSET.replace("def one() -> int", "def one[T: int](kept: list[T]) -> list[T]")
    )
    done, out = convert(project)
    assert done.returncode == 0, done.stdout
    assert "def one[T: int](" in (out / "one.py").read_text()


NEWER = {
    "exceptions without brackets (PEP 758)": "try:\n    pass\nexcept KeyError, ValueError:\n    pass\n",
    "template strings (PEP 750)": "name = 'x'\nquoted = t'hello {name}'\n",
    "defaults of type parameters (PEP 696)": "class Box[T = int]:\n    pass\n",
}


@pytest.mark.parametrize("newer", NEWER.values(), ids=NEWER)
def test_syntax_newer_than_any_python_we_run_on_is_read(project: Path, newer: str, convert: Convert) -> None:
    (project / "one.py").write_text(ASSET.replace("\n\n\n@asset", f"\n\n{newer}\n\n@asset"))
    done, out = convert(project)
    assert done.returncode == 0, done.stdout
    code = (out / "one.py").read_text()
    assert newer in code
    assert "@materialize" in code


def test_another_encoding_that_is_declared_stays(project: Path, convert: Convert) -> None:
    text = f"# -*- coding: latin-1 -*-\n{ASSET}CAFE = 'caf\xe9'\n"
    (project / "one.py").write_bytes(text.encode("latin-1"))
    done, out = convert(project)
    assert done.returncode == 0, done.stdout
    data = (out / "one.py").read_bytes()
    assert data.startswith(b"# -*- coding: latin-1 -*-")
    assert b"caf\xe9" in data


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_stay(project: Path, mark: bytes, convert: Convert) -> None:
    (project / "one.py").write_bytes(mark + ASSET.replace("\n", "\r\n").encode())
    _, out = convert(project)
    data = (out / "one.py").read_bytes()
    assert data.startswith(mark)
    assert data.count(b"\n") == data.count(b"\r\n") > 5


def test_a_notebook_is_noted(project: Path, convert: Convert) -> None:
    (project / "look.ipynb").write_text('{"cells": ["import dagster"]}')
    done, out = convert(project)
    assert "notebooks are not converted: look.ipynb" in done.stdout
    assert not (out / "look.ipynb").exists()
    assert "notebook" in next(n["note"] for n in record(out)["notes"] if n["file"] == "look.ipynb")


def test_links_that_lead_round_in_a_circle(project: Path, convert: Convert) -> None:
    (project / "round").symlink_to(project, target_is_directory=True)
    (project / "dangling.py").symlink_to(project / "nowhere.py")
    done, _ = convert(project)
    assert done.returncode == 0, done.stderr


def test_a_file_whose_name_is_no_identifier(project: Path, convert: Convert) -> None:
    (project / "01-load all.py").write_text("from dagster import asset\n\n\n@asset\ndef two(): ...\n")
    done, out = convert(project)
    assert done.returncode == 0, done.stderr
    assert (out / "01-load all.py").exists() or record(out)["summary"]["undeployed"] == 1


def test_files_without_dagster_are_copied_byte_for_byte(project: Path, convert: Convert) -> None:
    data = b"x = 1   # odd\r\n\ty = 2\n\x00"
    (project / "odd.dat").write_bytes(data)
    (project / "run.sh").write_bytes(b"#!/bin/sh\n")
    (project / "run.sh").chmod(0o755)
    _, out = convert(project)
    assert (out / "odd.dat").read_bytes() == data
    assert os.access(out / "run.sh", os.X_OK)


@pytest.mark.parametrize("inner", [".", "below/here"])
def test_the_target_may_not_lie_in_the_source(project: Path, inner: str, at_once: Migrate) -> None:
    done = at_once("convert", project, "--out", project / inner)
    assert done.returncode == 2
    assert "inside the project" in done.stderr


def test_the_source_may_not_lie_in_the_target(project: Path, at_once: Migrate) -> None:
    done = at_once("convert", project, "--out", project.parent)
    assert done.returncode == 2
    assert (project / "one.py").read_text() == ASSET


def test_a_target_that_is_a_file(project: Path, convert: Convert) -> None:
    (project.parent / "target").write_text("mine")
    done, out = convert(project)
    assert done.returncode == 2
    assert out.read_text() == "mine"


def test_somebody_elses_folder_is_not_overwritten(project: Path, convert: Convert) -> None:
    (project.parent / "target").mkdir()
    (project.parent / "target" / "thesis.txt").write_text("mine")
    done, out = convert(project)
    assert done.returncode == 2
    assert [p.name for p in out.iterdir()] == ["thesis.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_target_that_cannot_be_written(project: Path, convert: Convert) -> None:
    project.parent.chmod(0o500)
    try:
        done, out = convert(project)
    finally:
        project.parent.chmod(0o700)
    assert done.returncode == 2
    assert not out.exists()


def test_a_target_where_no_folder_can_be(project: Path, at_once: Migrate) -> None:
    done = at_once("convert", project, "--out", "/dev/null/target")
    assert done.returncode == 2
    assert "the target cannot be written" in done.stderr
    assert "where:  /dev/null/target" in done.stderr
    assert "remedy:" in done.stderr


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def test_edits_that_do_not_touch_the_conversion_are_kept(project: Path, convert: Convert) -> None:
    _, out = convert(project)
    edit(out / "one.py", "return 1", "return 1  # mine")
    (out / "added.py").write_text("x = 1\n")
    edit(project / "one.py", "\n\n\n@asset", "\n\nPI = 3\n\n\n@asset")
    done, _ = convert(project)
    assert done.returncode == 0, done.stderr
    assert "merged with your edits: one.py" in done.stderr
    code = (out / "one.py").read_text()
    assert "return 1  # mine" in code
    assert "PI = 3" in code
    assert (out / "added.py").read_text() == "x = 1\n"
    again, _ = convert(project, "--check")
    assert again.returncode == 0, again.stdout
    assert leftovers(project.parent) == []


def test_edits_where_the_conversion_changes_too_are_refused(project: Path, convert: Convert) -> None:
    _, out = convert(project)
    edit(out / "one.py", "return 1", "return 2  # mine")
    edit(project / "one.py", "return 1", "return 3")
    refused, _ = convert(project)
    assert refused.returncode == 2
    line = (out / "one.py").read_text().splitlines().index("    return 2  # mine") + 1
    assert f"one.py (line {line} as edited and line {line} as generated now)" in refused.stderr
    assert "return 2  # mine" in (out / "one.py").read_text()
    assert leftovers(project.parent) == []
    forced, _ = convert(project, "--force")
    assert forced.returncode == 0
    assert "return 3" in (out / "one.py").read_text()


def test_edits_of_which_nothing_is_known_are_refused(project: Path, convert: Convert) -> None:
    _, out = convert(project)
    (out / ".changeover" / "generated.json").unlink()
    edit(out / "one.py", "return 1", "return 2")
    refused, _ = convert(project)
    assert refused.returncode == 2
    assert "return 2" in (out / "one.py").read_text()


def test_settings_that_cannot_be_read_point_at_nothing(project: Path, convert: Convert) -> None:
    (project / "workspace.yaml").write_text("load_from: [\n")
    (project / "pyproject.toml").write_text("[tool\n")
    done, _ = convert(project)
    assert done.returncode == 0, done.stderr


def test_check_and_diff_write_nothing_and_say_so(project: Path, convert: Convert) -> None:
    checked, out = convert(project, "--check")
    assert checked.returncode == 1
    assert "would add one.py" in checked.stdout
    assert not out.exists()
    convert(project)
    assert convert(project, "--check")[0].returncode == 0
    (project / "later.py").write_text("import dagster\nx = (\n")
    checked, _ = convert(project, "--check")
    assert (checked.returncode, "later.py:2 is not valid Python" in checked.stderr) == (1, True)
    (project / "later.py").unlink()
    (project / "one.py").write_text(ASSET.replace("return 1", "return 2"))
    shown, _ = convert(project, "--diff")
    assert shown.returncode == 1
    assert "+    return 2" in shown.stdout
    assert "return 1" in (out / "one.py").read_text()


def test_strict_fails_when_a_person_is_needed(project: Path, convert: Convert) -> None:
    (project / "one.py").write_text(
        ASSET.replace("@asset", "@asset_of_the_future").replace("asset\n", "asset_of_the_future\n")
    )
    assert convert(project)[0].returncode == 0
    assert convert(project, "--strict")[0].returncode == 1


def test_help_is_quick() -> None:
    """LibCST is only imported when something is converted."""
    code = "import sys, migrate.commands.convert; sys.exit(bool({'libcst', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
