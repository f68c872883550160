"""Lineage on the real run: joined with what ran, both graphs over each other, events that a client takes."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("thread")]

CLIENT = Path(__file__).parents[1] / "lineage" / "openlineage_client.py"


@pytest.fixture(scope="module")
def drawn(signed: Any) -> dict[str, Any]:
    """The lineage after `verify` and `dual-run`, as JSON."""
    return json.loads(signed[0].migrate("lineage", "--format", "json").stdout)


def test_who_made_each_table_when_from_which_versions_and_which_checks_passed(signed, drawn):
    thread, _ = signed
    run = thread.json("run.json")
    made = {(m["node"], m["side"]): m for m in drawn["runs"]}
    wanted = {n["id"] for n in drawn["nodes"] if n["kind"] in ("model", "seed", "snapshot")}
    assert len(wanted) == 81
    for side in ("dagster", "prefect"):
        about = run["sides"][side]
        assert wanted <= {node for node, of in made if of == side}
        assert {m["run"] for m in made.values()} == {run["id"]}
        events = made["fct_workforce_snapshot", side]
        assert events["versions"] == about["versions"]
        assert events["versions"][side]
        census = made["raw_census", side]
        moments = [
            datetime.fromisoformat(m) for m in (census["started"], census["finished"], events["finished"])
        ]
        assert moments == sorted(moments)
        assert events["rows"] == next(
            o["rows"] for o in about["outputs"] if o["table"] == "fct_workforce_snapshot"
        )
        passed = {(m["node"], c) for m in made.values() if m["side"] == side for c in m["checks_passed"]}
        assert passed == {(c["asset"], c["check"]) for c in about["checks"] if c["passed"]}
    assert (
        made["fct_workforce_snapshot", "dagster"]["run_id"]
        != made["fct_workforce_snapshot", "prefect"]["run_id"]
    )


def test_the_code_knows_every_check_that_dagster_loads(signed, drawn):
    graph = json.loads((signed[0].root / ".changeover" / "graph.json").read_text(encoding="utf-8"))
    from_code = {n["id"] for n in drawn["nodes"] if n["kind"] == "check" and n["file"]}
    assert from_code == set(graph["checks"])
    assert len(from_code) == 166


def test_both_graphs_lie_over_each_other_without_a_difference(drawn):
    declared = [e for e in drawn["edges"] if not e["hidden"] and e["kind"] != "year"]
    assert {tuple(n["sides"]) for n in drawn["nodes"] if n["kind"] != "external"} == {("dagster", "prefect")}
    assert {tuple(e["sides"]) for e in declared} == {("dagster", "prefect")}
    assert not any(x["difference"] for x in (*drawn["nodes"], *drawn["edges"]))


def test_the_client_of_openlineage_takes_the_events_of_the_run(signed, tmp_path):
    file = tmp_path / "events.jsonl"
    assert signed[0].migrate("lineage", "--format", "openlineage", "--out", str(file)).returncode == 0
    done = subprocess.run([sys.executable, CLIENT, file], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    assert done.stdout == f"{len(events)}\n"
    assert {e.get("eventType", "") for e in events} == {"", "START", "COMPLETE"}
