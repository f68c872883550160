"""The concept-mapping page is what the rules' docstrings say; the command lists every rule."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from migrate import mapping
from migrate.rules import registry

ROOT = Path(__file__).parents[2]
MIGRATE = str(Path(sys.executable).with_name("migrate"))


def test_the_page_is_as_the_rules_say() -> None:
    page = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    assert page == mapping.markdown(), "run `make docs`"


def test_a_changed_docstring_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    before = mapping.markdown()
    first, *rest = registry()
    changed = type(first)(first.name, first.about + "One more sentence.\n", first.rule)
    monkeypatch.setattr(mapping, "registry", lambda: (changed, *rest))
    assert mapping.markdown() != before


def test_every_rule_is_a_row_with_construct_outcome_and_page() -> None:
    said = subprocess.run([MIGRATE, "rules", "--json"], capture_output=True, text=True, check=True).stdout
    rows = json.loads(said)
    assert [row["rule"] for row in rows] == sorted(item.name for item in registry())
    for row in rows:
        assert row["constructs"], row
        assert row["dispositions"], row
        assert all(url.startswith("https://") for url in row["upstream"]), row
        assert row["upstream"], row
    plain = subprocess.run([MIGRATE, "rules"], capture_output=True, text=True, check=True).stdout
    assert all(row["rule"] in plain for row in rows)
