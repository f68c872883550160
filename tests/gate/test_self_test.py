"""Seeded faults: every one is found, and a gate that is blind to one does not get away with it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from click.testing import CliRunner

from migrate.config import load
from validation import parity, self_test
from validation.commands.gate import gate
from validation.evidence import collect
from validation.faults import FAULTS
from validation.gates import GATES
from validation.self_test import SelfTest

if TYPE_CHECKING:
    from conftest import Project


def tried(project: Project) -> SelfTest:
    return self_test.run(collect(load(project.config), "1"))


def measured(project: Project) -> dict[str, tuple[float | None, str]]:
    found = GATES["self-test"](collect(load(project.config), "1"))
    return {f.subject: (f.measure, f.detail) for f in found}


def test_every_fault_is_found_in_every_table_it_can_be_seeded_into(project: Project) -> None:
    for side in ("dagster", "prefect"):
        project.sql(side, "update fct_pay set bonus = null where employee = 'E9'")
        project.sql(
            side, "alter table fct_pay add column note varchar; update fct_pay set note = 'n' || employee"
        )
        project.sql(side, "create view v_pay as select * exclude (loaded_at) from fct_pay")
    result = tried(project)
    assert result.rate == 1.0
    assert {s.fault for s in result.seeded if s.outcome == "found" and s.table == "fct_pay"} == set(FAULTS)
    assert {s.fault for s in result.seeded if s.outcome == "found" and s.table == "v_pay"} == set(FAULTS)
    apart = {(s.table, s.fault): s.what for s in result.seeded if s.outcome == "not applicable"}
    assert apart["mon_alerts", "row dropped"] == "the table is empty"
    assert apart["seed_rates", "year shifted"] == "no year column"
    assert apart["seed_rates", "NULL turned into 0"] == "no NULL in a column that is compared"
    assert len(result.seeded) == len(FAULTS) * 5
    assert len(result.seeded) == sum(result.count(o) for o in self_test.OUTCOMES)


def test_the_runs_own_files_are_not_touched(project: Project) -> None:
    before = {f: f.read_bytes() for f in project.run.rglob("*") if f.is_file()}
    tried(project)
    assert {
        f: f.read_bytes() for f in project.run.rglob("*") if f.is_file() and f.name != "self-test.json"
    } == before


@pytest.mark.parametrize(("blind", "fault"), [("different", "one cell"), ("schema", "column narrowed")])
def test_a_blind_gate_is_found_out(
    project: Project, monkeypatch: pytest.MonkeyPatch, blind: str, fault: str
) -> None:
    honest = parity.compare

    def compare(*sides: Any, **more: Any) -> Any:
        """A comparison that takes one kind of difference for none."""
        report = honest(*sides, **more)
        blinded = [
            replace(t, verdict="equal", per_year=()) if t.verdict == blind else t for t in report.tables
        ]
        return replace(report, tables=tuple(blinded))

    monkeypatch.setattr(parity, "compare", compare)
    result = tried(project)
    assert result.rate is not None
    assert result.rate < 1
    assert result.count("missed", fault) > 0
    off, why = measured(project)[fault]
    assert off
    assert "not found: " in why


def test_a_table_that_differs_before_any_fault_is_counted_apart(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7'")
    result = tried(project)
    assert {s.table for s in result.seeded if s.outcome == "already red"} == {"fct_pay"}
    assert result.count("already red") == len(FAULTS)


def test_the_command_prints_the_rate_and_the_gate_rests_on_it(project: Project) -> None:
    arguments = ["--phase", "1", "--config", str(project.config)]
    done = CliRunner().invoke(gate, [*arguments, "--self-test"], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "self-test: 100.0% found" in done.output
    assert "not applicable: no year column" in done.output
    written = json.loads((project.run / "gate.json").read_text())
    assert [g["facts"] for g in written["gates"] if g["name"] == "self-test"] == [1 + len(FAULTS)]
    assert any(e["path"].endswith("self-test.json") for e in written["evidence"])
    project.sql("prefect", "update fct_pay set loaded_at = now()")
    assert "not the one that was tried" in measured(project)["account"][1]


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_outputs_that_are_data_files_are_faulted_too(project: Project, kind: str) -> None:
    def written(run: dict[str, Any]) -> None:
        for side, facts in run["sides"].items():
            out = project.run / side / "out"
            with duckdb.connect(str(out / "tiny.duckdb")) as connection:
                chosen = "SELECT * EXCLUDE (loaded_at), NULL::VARCHAR AS note FROM fct_pay"
                connection.execute(f"COPY ({chosen}) TO '{out}/pay.{kind}'")
            facts["database"] = f"{side}/out/pay.{kind}"

    project.edit("run", written)
    result = tried(project)
    assert result.rate == 1.0
    found = {s.fault for s in result.seeded if s.outcome == "found"}
    assert found == set(FAULTS) - ({"digit rounded"} if kind == "csv" else set())


def test_a_phase_may_ask_for_it(project: Project) -> None:
    text = project.config.read_text()
    project.config.write_text(text.replace("cpu_ratio", "self_test = true\ncpu_ratio"))
    assert measured(project)["seeded faults"] == (None, "run `migrate gate --phase 1 --self-test`")
    tried(project)
    assert all(off == 0 for off, _ in measured(project).values())


def test_a_self_test_edited_afterwards_does_not_add_up(project: Project) -> None:
    tried(project)
    file = project.run / "self-test.json"
    found = json.loads(file.read_text())
    found["faults"] = found["faults"][:3]
    file.write_text(json.dumps(found))
    assert "its sums say" in measured(project)["account"][1]
