"""prefect_target is what the converter makes of dagster_legacy: nothing more, nothing less."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.model import Model
from migrate.reading.project import read
from migrate.results import Conversion
from migrate.rewriting.file import rewritten_module
from migrate.rewriting.work import Work
from migrate.rules import is_construct, rule_for
from migrate.target import Target

ROOT = Path(__file__).parents[2]
LEGACY, TARGET = ROOT / "dagster_legacy", ROOT / "prefect_target"


@pytest.fixture(scope="module")
def result() -> Conversion:
    return convert(LEGACY)


def test_converting_again_changes_no_file(result: Conversion) -> None:
    wanted = Target(LEGACY, TARGET).content(result)
    wanted.pop("conversion.json")  # its digest of the source also covers files that are only read by people
    differing = [path for path, data in wanted.items() if (TARGET / path).read_bytes() != data]
    assert differing == []
    record = json.loads((TARGET / "conversion.json").read_text())
    assert record["constructs"] == as_json(result)["constructs"]


def test_nobody_has_edited_the_target() -> None:
    assert Target(LEGACY, TARGET).edited() == []


def test_every_construct_has_exactly_one_disposition(result: Conversion) -> None:
    project = read(LEGACY, is_construct)
    places = [entry.construct.place for entry in result.entries]
    assert sorted(places) == sorted(project.constructs)
    assert sum(result.summary.values()) == len(places) == 59


def test_nothing_deployed_is_left_for_a_person(result: Conversion) -> None:
    assert set(result.summary) == {"converted", "adapted", "undeployed"}
    assert result.unread == []
    assert result.errors == []


def test_every_argument_is_read_by_a_rule_or_reported(result: Conversion) -> None:
    reported = {(u["construct"], u["argument"]) for u in result.unread}
    for entry in result.entries:
        rule = rule_for(entry.construct.path, base=entry.construct.shape == "class")
        for argument in entry.construct.arguments:
            assert rule is not None
            assert argument.name in rule.rule.arguments or (entry.construct.name, argument.name) in reported


def test_conversion_json_keeps_to_its_schema(result: Conversion) -> None:
    schema = json.loads((ROOT / "migrate" / "schemas" / "conversion.schema.json").read_text())
    jsonschema.validate(as_json(result), schema)
    jsonschema.validate(json.loads((TARGET / "conversion.json").read_text()), schema)


def test_the_target_is_a_fixed_point(tmp_path: Path) -> None:
    project = read(TARGET, is_construct)
    assert project.constructs == {}
    for file in project.python.values():
        assert rewritten_module(Work(Model(project), file)).code == file.tree.code, file.path


def test_the_target_imports_neither_dagster_nor_this_tool() -> None:
    for path in TARGET.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.split(".")[0] in ("dagster", "dagster_dbt", "migrate")], path


def test_the_target_passes_ruff() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "F,E9,I", "."]
    done = subprocess.run([*command, "--line-length", "110"], cwd=TARGET, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_comments_of_converted_files_survive() -> None:
    deployments = (TARGET / "prefect.yaml").read_text()
    for path in LEGACY.rglob("planalign/**/*.py"):
        after = TARGET / path.relative_to(LEGACY)
        if not after.exists():
            continue
        converted = after.read_text() + deployments
        lost = [
            line.strip()
            for line in path.read_text().splitlines()
            if line.strip().startswith("# ") and line.strip() not in converted
        ]
        assert lost == [], path


def test_a_dropped_line_of_the_source_shows_in_the_target(tmp_path: Path) -> None:
    """The comparison above can fail: without its blocking flag a check no longer stops anything."""
    copy = tmp_path / "legacy"
    shutil.copytree(LEGACY, copy)
    checks = copy / "planalign" / "checks" / "census.py"
    checks.write_text(checks.read_text().replace("asset=raw_census, blocking=True)", "asset=raw_census)"))
    changed = convert(copy).files
    assert b"census_ids_are_unique_future]" not in changed["planalign/jobs.py"]
    assert changed["planalign/jobs.py"] != (TARGET / "planalign" / "jobs.py").read_bytes()
