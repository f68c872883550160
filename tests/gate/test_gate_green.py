"""A healthy migration is green, and what the gate writes says why."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from click.testing import CliRunner

from validation.commands.gate import gate
from validation.gates import GATES

if TYPE_CHECKING:
    from conftest import Project

SCHEMAS = Path(__file__).parents[2] / "validation" / "schemas"


def test_green_says_so_in_words_and_in_json(project: Project) -> None:
    done = CliRunner().invoke(gate, ["--phase", "1", "--config", str(project.config)], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "✓ green" in done.output
    assert "✗" not in done.output

    written = json.loads((project.run / "gate.json").read_text())
    schema = json.loads((SCHEMAS / "gate.schema.json").read_text())
    jsonschema.validate(written, schema)
    assert written["green"] is True
    assert written["reasons"] == []
    assert project.decide().verdict == "green"  # asked again, its own files do not stand in its way
    assert {g["name"] for g in written["gates"]} == {*GATES, "waivers"}
    # 2 tables with years and one allowed to be empty, over 2 years, one seed table, and their number
    assert next(g for g in written["gates"] if g["name"] == "parity")["facts"] == 3 * 2 + 1 + 1
    assert not Path(written["evidence"][0]["path"]).is_absolute()
    assert str(project.root) not in (project.run / "gate.json").read_text()
    assert str(project.root) not in (project.run / "parity.json").read_text()


def test_great_expectations_judged_every_fact_and_left_its_results(project: Project) -> None:
    decision = project.decide(docs=True)
    results = [
        json.loads(file.read_text())["statistics"]
        for file in (project.run / "gx" / "uncommitted" / "validations").rglob("*.json")
    ]
    assert sum(s["evaluated_expectations"] for s in results) == len(decision.judged) > 30
    assert (project.run / "gx" / "uncommitted" / "data_docs" / "local_site" / "index.html").is_file()


@pytest.mark.parametrize("module", ["validation.commands.gate", "validation.commands.sign_off"])
def test_the_commands_load_without_great_expectations_or_pandas(module: str) -> None:
    heavy = "{'great_expectations', 'pandas', 'duckdb', 'jinja2'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
