"""A difference that a refusal accounts for is told from one that nothing accounts for."""

from __future__ import annotations

from typing import Any

from migrate.equivalence import compare

EMPTY: dict[str, Any] = {
    "assets": [],
    "checks": [],
    "jobs": [],
    "schedules": [],
    "sensors": [],
    "resources": [],
    "resource_fields": {},
    "resource_values": {},
    "versions": {},
}


def asset(key: str, *deps: str, line: int = 0, source: bool = False) -> dict[str, Any]:
    one: dict[str, Any] = {"key": key, "deps": list(deps), "source": source, "group": "default"}
    place = ("{root}/shop/assets.py", line) if line else None
    return {**one, "partitions": None, "retries": None, "automation": None, "place": place}


def job(name: str, *assets: str, kind: str = "asset") -> dict[str, Any]:
    one = {"name": name, "kind": kind, "assets": list(assets), "checks": [], "steps": [], "config": {}}
    return {**one, "partitions": None}


def manual(name: str, line: int, key: str = "", **more: str) -> dict[str, Any]:
    one = {"kind": "asset", "name": name, "key": key, "file": "shop/assets.py", "line": line, **more}
    return {"disposition": "manual", "note": "no counterpart", "remedy": "Write it.", **one}


def told(
    dagster: dict[str, Any], prefect: dict[str, Any], *constructs: dict[str, Any]
) -> tuple[set[str], set[str]]:
    """The differences as (what nothing accounts for, what a refusal does)."""
    found = compare({**EMPTY, **dagster}, {**EMPTY, **prefect}, constructs)
    return {f"{d.what} {d.key}" for d in found.wrong}, {f"{d.what} {d.key}" for d in found.refused}


def test_what_no_refusal_names_is_wrong() -> None:
    both = {"assets": [asset("a"), asset("b", "a")]}
    assert told(both, {"assets": [asset("a")]}) == ({"asset b", "edge a -> b"}, set())
    converted = {**manual("b", 1, "b"), "disposition": "converted"}
    assert told(both, {"assets": [asset("a")]}, converted) == ({"asset b", "edge a -> b"}, set())
    assert told(both, {"assets": [asset("a")]}, manual("c", 1, "c")) == ({"asset b", "edge a -> b"}, set())


def test_a_refused_asset_accounts_for_its_edges_and_checks() -> None:
    read = [asset("raw", source=True), asset("a"), asset("x/b", "a", "raw"), asset("c", "a")]
    check = {"asset": "x/b", "name": "sound", "blocking": True}
    dagster = {"assets": read, "checks": [check], "jobs": [job("all", "a", "x/b", "c")]}
    prefect = {"assets": [asset("a")], "jobs": [job("all", "a")]}
    gone = {"asset x/b", "asset raw", "edge a -> x/b", "edge raw -> x/b", "check x/b:sound", "job all: x/b"}
    left = {"asset c", "edge a -> c", "job all: c"}
    assert told(dagster, prefect, manual("b", 1, "x/b")) == (left, gone)
    assert told(dagster, prefect, manual("b", 1)) == (left, gone), "by its name"


def test_what_a_factory_makes_is_known_by_its_place() -> None:
    dagster = {"assets": [asset("made_1", line=7), asset("made_2", line=7), asset("other", line=9)]}
    found = told(dagster, {}, manual("factory", 7))
    assert found == ({"asset other"}, {"asset made_1", "asset made_2"})


def test_a_refused_job_takes_its_schedule_along_and_no_other() -> None:
    ticks = {"count": 0, "moments": [], "sha256": ""}
    when = {"cron": "0 5 * * *", "timezone": "UTC", "status": "RUNNING", "ticks": ticks, "requests": {}}
    plans = [{"name": f"{name}_daily", "job": name, **when} for name in ("one", "two")]
    dagster = {"assets": [asset("a")], "jobs": [job("one", "a"), job("two", "a")], "schedules": plans}
    prefect = {"assets": [asset("a")]}
    wrong, refused = told(dagster, prefect, manual("one", 3, kind="job"))
    assert (wrong, refused) == ({"job two", "schedule two_daily"}, {"job one", "schedule one_daily"})


def test_a_job_is_known_by_what_dagster_calls_it() -> None:
    dagster = {"assets": [asset("a")], "jobs": [job("nightly", "a")]}
    prefect = {"assets": [asset("a")]}
    assert told(dagster, prefect, manual("nightly_job", 3)) == ({"job nightly"}, set())
    assert told(dagster, prefect, manual("nightly_job", 3, called="nightly")) == (set(), {"job nightly"})


def test_a_job_of_assets_is_gone_only_with_all_of_them() -> None:
    dagster = {"assets": [asset("a"), asset("b")], "jobs": [job("both", "a", "b")]}
    row = manual("b", 3, "b")
    assert told(dagster, {"assets": [asset("a")]}, row) == ({"job both"}, {"asset b"})
    assert told(dagster, {}, row, manual("a", 5, "a")) == (set(), {"asset a", "asset b", "job both"})


def test_the_refusal_is_told_with_place_and_remedy() -> None:
    found = compare({**EMPTY, "assets": [asset("b")]}, EMPTY, [manual("b", 3, "b")])
    (difference,) = found.refused
    assert difference.refused == "shop/assets.py:3: b is refused: no counterpart. Write it."
    assert not found.equal, "a refusal is no equality"
    (row,) = found.as_json("", "")["differences"]
    assert row["refused"] == difference.refused
