"""What neither side deploys is explained, and nothing besides."""

from __future__ import annotations

from typing import Any

import pytest

from migrate.difference import NORMALISED
from migrate.equivalence import compare


def _asset(key: str, *deps: str, source: bool = False) -> dict[str, Any]:
    empty = {"group": "default", "partitions": None, "retries": None}
    return {"key": key, "deps": list(deps), "source": source, **empty}


def _job(name: str, *assets: str, **more: Any) -> dict[str, Any]:
    empty = {"checks": [], "steps": [], "partitions": None, "config": {}}
    return {"name": name, "kind": "asset" if assets else "op", "assets": list(assets), **empty, **more}


def _dump(*assets: dict[str, Any], **more: Any) -> dict[str, Any]:
    parts = ("checks", "jobs", "schedules", "sensors", "resources", "undeployed")
    return {"versions": {}, "assets": [_asset("used"), *assets], **{part: [] for part in parts}, **more}


LISTED = [
    {"kind": "asset", "name": "idle", "keys": ["idle"], "file": "a.py", "line": 1},
    {"kind": "asset_check", "name": "used:odd", "keys": ["used:odd"], "file": "a.py", "line": 2},
    {"kind": "define_asset_job", "name": "by hand", "keys": [], "file": "a.py", "line": 3},
]
IDLE = _asset("idle", "raw", "used"), _asset("raw", source=True)
CHECK = [{"asset": "used", "name": "odd", "blocking": False}]
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    "an asset, its edges and what only it reads": (_dump(undeployed=LISTED), _dump(*IDLE), set()),
    "not listed": (_dump(), _dump(*IDLE), {"idle", "raw", "raw -> idle", "used -> idle"}),
    "a deployed flow makes it": (
        _dump(undeployed=LISTED),
        _dump(*IDLE, jobs=[_job("all", "used", "idle", nested=True)]),
        {"idle", "raw", "raw -> idle", "used -> idle"},
    ),
    "a flow that is not deployed makes it": (
        _dump(undeployed=LISTED),
        _dump(*IDLE, jobs=[_job("all", "used", "idle", nested=True, deployed=False)]),
        set(),
    ),
    "a source that another asset reads, too": (
        _dump(_asset("other"), undeployed=LISTED),
        _dump(*IDLE, _asset("other", "raw")),
        {"raw", "raw -> other"},
    ),
    "a check": (_dump(undeployed=LISTED), _dump(checks=CHECK), set()),
    "a check that is not listed": (_dump(), _dump(checks=CHECK), {"used:odd"}),
    "a job": (_dump(undeployed=LISTED), _dump(jobs=[_job("by_hand", deployed=False)]), set()),
    "a job that the target deploys": (_dump(undeployed=LISTED), _dump(jobs=[_job("by_hand")]), {"by_hand"}),
    "only Dagster has it": (
        _dump(*IDLE, undeployed=LISTED),
        _dump(),
        {"idle", "raw", "raw -> idle", "used -> idle"},
    ),
}


@pytest.mark.parametrize(("dagster", "prefect", "left"), CASES.values(), ids=list(CASES))
def test_what_is_left(dagster: dict[str, Any], prefect: dict[str, Any], left: set[str]) -> None:
    found = compare(dagster, prefect)
    assert {one.key for one in found.unexplained} == left
    reasons = {one.explained for one in found.differences if one.explained}
    assert reasons <= {NORMALISED["idle"], NORMALISED["unread source"]}
