"""Where a difference began: one cause, and what follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.errors import EvidenceError
from validation.parity import Lineage, ParityReport, compare, read_lineage
from validation.parity.origin import origin
from validation.parity.report import Origin, TableReport


def red(name: str, *years: int, verdict: str = "different") -> TableReport:
    return TableReport(name, verdict, years=years, columns=("v",))  # type: ignore[arg-type]


def began(tables: list[TableReport], **upstream: list[str]) -> Origin:
    found = origin(tables, Lineage({k: frozenset(v) for k, v in upstream.items()}, "test"))
    assert found is not None
    return found


def names(found: Origin) -> dict[str, tuple[object, int]]:
    return {c.table: (c.first_year, c.consequences) for c in found.causes}


def test_a_chain_has_one_cause() -> None:
    tables = [red("c", 2025, 2026), red("b", 2025), red("a", 2025), TableReport("z", "equal")]
    found = began(tables, a=["z"], b=["a"], c=["b"], z=[])
    assert names(found) == {"a": (2025, 2)}
    assert {c.table: c.of for c in found.consequences} == {"b": ("a",), "c": ("a",)}


def test_a_difference_passes_through_a_table_that_is_not_compared() -> None:
    assert names(began([red("a", 2025), red("c", 2025)], a=[], b=["a"], c=["b"])) == {"a": (2025, 1)}


def test_what_differs_earlier_than_all_it_is_made_of_is_a_cause_of_its_own() -> None:
    assert names(began([red("a", 2026), red("b", 2025)], a=[], b=["a"])) == {"b": (2025, 1)}


def test_two_causes() -> None:
    found = began([red("a", 2025), red("b", 2025), red("c", 2025)], a=[], b=[], c=["a", "b"])
    assert names(found) == {"a": (2025, 1), "b": (2025, 1)}
    assert found.consequences[0].of == ("a", "b")


def test_next_year_reads_this_year_though_no_graph_says_so() -> None:
    """The baseline of 2026 is made of the snapshot of 2025, which is made of the baseline of 2025."""
    tables = [red("baseline", 2026), red("events", 2025, 2026), red("snapshot", 2025, 2026)]
    found = began(tables, baseline=[], events=["baseline"], snapshot=["events"])
    assert names(found) == {"events": (2025, 2)}


def test_a_missing_table_is_before_any_year() -> None:
    found = began([red("a", verdict="missing"), red("b", 2025)], a=[], b=["a"])
    assert names(found) == {"a": (None, 1)}


def test_a_table_outside_the_lineage_is_told() -> None:
    assert began([red("x", 2025)], a=[]).unplaced == ("x",)


def test_forty_red_tables_are_one_cause_and_39_consequences(
    compared: Callable[..., ParityReport], tmp_path: Path
) -> None:
    side = "".join(f"CREATE TABLE m{n} AS SELECT 2025 AS year, {{}} AS v;" for n in range(40))
    file = tmp_path / "lineage.json"
    file.write_text(json.dumps({f"m{n}": [f"m{n - 1}"] if n else [] for n in range(40)}), encoding="utf-8")
    report = compared(side.replace("{}", "1"), side.replace("{}", "2"), lineage=read_lineage(file))
    assert report.origin is not None
    assert names(report.origin) == {"m0": (2025, 39)}
    assert report.to_json()["origin"]["causes"][0]["columns"] == ["v"]


def test_the_manifest_of_the_run_is_found(build: Callable[..., Path], tmp_path: Path) -> None:
    for side, value in (("dagster", 1), ("prefect", 2)):
        (tmp_path / side / "out").mkdir(parents=True)
        made = [f"CREATE TABLE {t} AS SELECT {value} AS v" for t in ("stg", "fct")]
        build("x", *made).rename(tmp_path / side / "out" / "db.duckdb")
    nodes = {
        "model.p.stg": {"resource_type": "model", "name": "stg", "depends_on": {"nodes": []}},
        "model.p.eph": {"resource_type": "model", "name": "eph", "depends_on": {"nodes": ["model.p.stg"]}},
        "model.p.f": {
            "resource_type": "model",
            "name": "f",
            "alias": "fct",
            "depends_on": {"nodes": ["model.p.eph"]},
        },
        "test.p.t": {"resource_type": "test", "name": "t"},
    }
    target = tmp_path / "dagster" / "work" / "dbt" / "target"
    target.mkdir(parents=True)
    (target / "manifest.json").write_text(json.dumps({"nodes": nodes, "sources": {}}), encoding="utf-8")
    found = compare(*(tmp_path / side / "out" / "db.duckdb" for side in ("dagster", "prefect"))).origin
    assert found is not None
    assert names(found) == {"stg": (None, 1)}


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}'])
def test_what_is_no_lineage_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError, match="is no lineage"):
        read_lineage(tmp_path / "x.json")
