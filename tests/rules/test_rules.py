"""Every rule does to its fixtures what they say, and leaves alone what is not Dagster's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from migrate.results import Conversion
from migrate.rules import registry, rule_for

HERE = Path(__file__).parent
UPDATE = os.environ.get("UPDATE_FIXTURES") == "1"


def compare(path: Path, content: str) -> None:
    if UPDATE:
        path.write_text(content) if content else path.unlink(missing_ok=True)
    assert content == (path.read_text() if path.exists() else "")


def found_by(case: Any, result: Conversion) -> str:
    from migrate.conversion_record import as_json

    lines = [
        f"{c['disposition']} {c['kind']} {c['name']}: {c['note']}"
        for c in as_json(result)["constructs"]
        if c["disposition"] != "converted"
    ]
    lines += [f"unread {u['construct']}({u['argument']}=)" for u in result.unread]
    lines += [f"error {e.line}: {e.message}" for e in result.errors]
    lines += [f"note {n['note']}" for n in result.notes]
    return "".join(f"{line}\n" for line in lines)


def test_the_outcome_is_as_written_down(case: Any, converted: Conversion) -> None:
    compare(case.folder / "after.py", converted.files.get("code.py", b"").decode())
    compare(case.folder / "findings.txt", found_by(case, converted))
    if (case.folder / "prefect.yaml").exists():
        compare(case.folder / "prefect.yaml", converted.files["prefect.yaml"].decode())


def test_constructs_in_are_dispositions_out(case: Any, converted: Conversion) -> None:
    places = [e.construct.place for e in converted.entries]
    assert len(places) == len(set(places)) == sum(converted.summary.values())
    reported = {(u["construct"], u["argument"]) for u in converted.unread}
    for entry in converted.entries:
        assert entry.construct.line > 0
        rule = rule_for(entry.construct.path, base=entry.construct.shape == "class")
        disposed = type(entry.outcome).__name__ in ("Manual", "Undeployed")
        for argument in entry.construct.arguments:
            read = rule is not None and argument.name in rule.rule.arguments
            assert disposed or read or (entry.construct.name, argument.name) in reported


def test_what_is_left_alone_is_left_alone(case: Any, converted: Conversion) -> None:
    if case.folder.name.startswith("leaves_alone"):
        assert converted.files["code.py"] == (case.folder / "before.py").read_bytes()
        assert converted.entries == []


@pytest.mark.parametrize("item", registry(), ids=lambda item: item.name)
def test_every_rule_has_fixtures_and_says_what_it_does(item: Any) -> None:
    folder = HERE / item.name
    names = sorted(p.name for p in folder.iterdir() if (p / "before.py").exists()) if folder.exists() else []
    assert any(n.startswith("leaves_alone") for n in names), f"{item.name} has no case it must leave alone"
    assert any(not n.startswith("leaves_alone") for n in names), f"{item.name} has no case it rewrites"
    assert "→" in item.title
    assert "https://" in item.about


def test_no_fixture_is_without_a_rule() -> None:
    names = {item.name for item in registry()} | {"unknown"}
    assert {p.name for p in HERE.iterdir() if p.is_dir() and p.name != "__pycache__"} <= names


def test_all_outcomes_compile_and_have_no_undefined_names() -> None:
    files = [str(p) for p in sorted(HERE.glob("*/*/after.py"))]
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "F,E9", *files]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
