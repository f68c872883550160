"""Both sides over each other, recorded runs, the store, and what is written of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from migrate.errors import EvidenceError
from migrate.lineage import store
from migrate.lineage.collapse import collapsed
from migrate.lineage.graph import Edge, Lineage, Node
from migrate.lineage.openlineage import events_of
from migrate.lineage.page import page_of
from migrate.lineage.prefect_events import asked, of_event
from migrate.lineage.runs import recorded_runs
from migrate.lineage.sides import overlaid
from migrate.lineage.svg import svg_of

RECORD = {
    "id": "run-1",
    "commit": "abc",
    "code": {"dagster": "d1", "prefect": "p1"},
    "input": {"sha256": "i1"},
    "sides": {
        side: {
            "versions": {side: "1.0"},
            "years": [{"year": 2025, "run_id": f"{side}-2025"}],
            "checks": [
                {"asset": "sales", "check": "good", "year": 2025, "passed": True},
                {"asset": "sales", "check": "bad", "year": 2025, "passed": False},
            ],
            "outputs": [{"table": "sales", "rows": 9, "years": {"2025": 4}}],
        }
        for side in ("dagster", "prefect")
    },
}


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    folder = tmp_path / "runs" / "run-1"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(RECORD))
    events = [
        {
            "at": "2026-01-01T00:00:00Z",
            "what": "asset",
            "side": side,
            "happened": f"2026-01-0{n}T00:00:00Z",
            "asset": "sales",
            "year": 2025,
        }
        for n, side in ((1, "dagster"), (2, "prefect"))
    ]
    (folder / "ledger.jsonl").write_text("\n".join(map(json.dumps, events)) + '\n{"torn')
    return tmp_path / "runs"


def test_who_made_a_table_when_from_what_and_which_checks_passed(runs: Path) -> None:
    dagster, prefect = recorded_runs(runs)
    assert (dagster.side, prefect.side, prefect.run_id) == ("dagster", "prefect", "prefect-2025")
    assert (prefect.rows, prefect.versions, prefect.code_sha256) == (4, {"prefect": "1.0"}, "p1")
    assert (prefect.checks_passed, prefect.checks_failed) == (("good",), ("bad",))


def test_the_store_gives_back_what_it_got_and_forgets_no_run(
    shop: Lineage, runs: Path, tmp_path: Path
) -> None:
    file = tmp_path / "lineage.duckdb"
    kept = shop.with_runs(recorded_runs(runs))
    store.save(file, kept, "one")
    assert store.load(file, "one") == kept
    assert store.load(file, "another") is None, "other files, other graph"
    store.save(file, shop, "two")
    again = store.load(file, "two")
    assert again is not None
    assert again.runs == kept.runs, "runs outlive what recorded them"


def test_what_one_side_alone_loads_is_a_difference(shop: Lineage) -> None:
    graph = {
        "assets": [{"key": "sales", "deps": ["stg_till"], "group": "g"}, {"key": "stg_till", "deps": []}],
        "checks": ["sales:one_row_a_sku"],
    }
    differences = [
        {"what": "asset", "key": "extra", "dagster": None, "prefect": "made"},
        {"what": "edge", "key": "stg_till -> sales", "dagster": "depends", "prefect": None},
    ]
    both = overlaid(shop, graph, {"differences": differences})
    assert both.nodes["sales"].sides == ("dagster", "prefect")
    assert (both.nodes["extra"].sides, both.nodes["extra"].difference) == (("prefect",), True)
    edge = next(e for e in both.edges if (e.source, e.target) == ("stg_till", "sales"))
    assert (edge.sides, edge.difference) == (("dagster",), True)
    assert both.nodes["sales:not_null_sales_sku"].sides == (), "neither side loads this check"


def test_openlineage_events_hold_columns_runs_and_checks(shop: Lineage, runs: Path) -> None:
    events = list(events_of(shop.with_runs(recorded_runs(runs))))
    kinds = [e["schemaURL"].rpartition("/")[2] for e in events]
    assert kinds.count("RunEvent") == 8
    sales = next(e for e in events if e["schemaURL"].endswith("JobEvent") and e["job"]["name"] == "sales")
    fields = sales["outputs"][0]["facets"]["columnLineage"]["fields"]
    assert fields["total"]["inputFields"] == [
        {"namespace": "changeover", "name": "stg_till", "field": "amount"}
    ]
    done = next(e for e in events if e.get("eventType") == "COMPLETE")
    assert done["outputs"][0]["outputFacets"]["outputStatistics"]["rowCount"] == 4
    starts = [e["run"]["runId"] for e in events if e.get("eventType") == "START"]
    assert len(set(starts)) == 4
    judged = [
        e["inputs"][0] for e in events if e.get("job", {}).get("name") == "sales.checks" and e["inputs"]
    ]
    told = judged[0]["inputFacets"]["dataQualityAssertions"]["assertions"]
    assert told == [{"assertion": "good", "success": True}, {"assertion": "bad", "success": False}]


def test_a_prefect_event_is_a_making() -> None:
    made = of_event(
        {
            "event": "prefect.asset.materialization.failed",
            "occurred": "2026-01-01T00:00:00Z",
            "resource": {"prefect.resource.id": "asset://raw/till"},
            "related": [
                {"prefect.resource.role": "flow-run", "prefect.resource.id": "prefect.flow-run.f1"},
                {"prefect.resource.role": "tag", "prefect.resource.id": "prefect.tag.changeover.year=2026"},
            ],
        }
    )
    assert (made.node, made.ok, made.run_id, made.year) == ("raw/till", False, "f1", 2026)
    with pytest.raises(EvidenceError, match="no address"):
        list(asked("nowhere"))


def test_a_large_graph_is_drawn_by_group() -> None:
    nodes = {f"a{n}": Node(f"a{n}", "asset", f"a{n}", f"g{n % 7}") for n in range(5000)}
    edges = tuple(Edge(f"a{n - 1}", f"a{n}") for n in range(1, 5000))
    picture = svg_of(Lineage(nodes, edges))
    assert picture.count("<rect") == 7 + 1
    years = Lineage({f"y_{n}": Node(f"y_{n}", "asset", f"y_{n}") for n in (2025, 2026)}, ())
    assert list(collapsed(years, "year").nodes) == ["y"]


def test_the_page_needs_nothing_else(shop: Lineage) -> None:
    hostile = replace(shop.nodes["sales"], id="</script><b>", name="</script>")
    page = page_of(Lineage({"x": hostile}, ()))
    assert "</script><b>" not in page
    assert not re.search(r"(src|href)=|@import|https?:", page)
