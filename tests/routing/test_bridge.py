"""A Prefect task whose work Dagster does: everything Dagster tells arrives, and nothing outlives it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("CHANGEOVER_LONG"), reason="a minute of CPU: run by `make path`"),
]
RUNNER = Path(__file__).with_name("run_bridged.py")


def run(root: Path, api: str, *what: str, **variables: str) -> tuple[dict[str, Any], int]:
    """What Prefect got to see of these flows, and the exit code of the process they ran in."""
    home = root.parent / "prefect"
    environment = {**os.environ, "PREFECT_API_URL": api, "PREFECT_HOME": str(home), **variables}
    environment["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "false"
    out = root.parent / "seen.json"
    done = subprocess.run(
        [sys.executable, str(RUNNER), str(out), *what], env=environment, capture_output=True, timeout=300
    )
    seen = json.loads(out.read_text()) if out.exists() else {"stderr": done.stderr.decode()[-3000:]}
    return seen, done.returncode


def sent(seen: dict[str, Any], event: str, asset: str = "") -> list[dict[str, Any]]:
    found = [e for e in seen["events"] if e["event"] == event]
    return [e["payload"] for e in found if asset in e["resource"]["prefect.resource.id"]]


def dagster_runs(root: Path) -> list[str]:
    """The states of all runs of the legacy side's own instance, newest first."""
    code = "from dagster import DagsterInstance as D\nprint([r.status.value for r in D.get().get_runs()])"
    return json.loads(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.replace("'", '"')
    )


def test_value_metadata_checks_logs_and_failures_come_through(shop, api):
    seen, _ = run(shop, api, "year")
    states, logs = seen["states"], [(level, message) for level, message, _ in seen["logs"]]
    # The partition and the op's configuration (50 percent off) reached Dagster, its value came back.
    assert states["orders"][3] == [{"year": 2026, "price": 100}, {"year": 2026, "price": 150}]
    assert json.loads((shop.parent / "store" / "shop-orders-2026.json").read_text()) == states["orders"][3]
    assert ("INFO", "2 orders in EUR") in logs
    assert ("WARNING", "no pears left") in logs
    assert ("INFO", "printed by the asset") in logs
    done = "prefect.asset.materialization.succeeded"
    assert sent(seen, done, "asset://shop/orders") == [{"rows": 2, "note": "*two*", "partition": "2026"}]
    # The multi-asset read what the first task's IO manager wrote; its optional output was not made in 2026.
    assert sent(seen, done, "asset://shop/revenue") == [{"sum": 250, "partition": "2026"}]
    assert sent(seen, done, "asset://shop/average") == []
    ((check,),) = [payload["checks"] for payload in sent(seen, "asset-checks.evaluated")]
    assert (check["asset"], check["name"], check["passed"]) == ("asset://shop/revenue", "is_positive", True)
    # A failure says what Dagster said, where the legacy code stands, and shows Dagster's stack.
    assert states["broken"][0] == "FAILED"
    assert "broken: ValueError: the shelf is empty (shop/definitions.py:113)" in states["broken"][2]


def test_a_cancelled_flow_cancels_dagsters_run_and_leaves_no_process(shop, api):
    started = time.time()
    _, code = run(shop, api, "sleeper")
    assert code != 0
    assert time.time() - started < 100, "the asset sleeps for 120 s"
    assert dagster_runs(shop) == ["CANCELED"]
    left = [p for p in psutil.process_iter(["cmdline"]) if str(shop) in " ".join(p.info["cmdline"] or ())]
    assert left == []


def test_a_blocking_check_stops_what_is_downstream_a_warning_does_not(shop, api):
    _, _ = run(shop, api, "year")
    seen, _ = run(shop, api, "checked", WANTED_ORDERS="3")
    states = seen["states"]
    assert states["orders_are_there"][0] == "FAILED"
    assert "asset://shop/orders orders_are_there" in states["orders_are_there"][2]
    assert states["totals"][1] == "NotReady"
    assert states["orders_are_many"][:2] == ["COMPLETED", "CheckWarned"]
    verdicts = {c["name"]: c for payload in sent(seen, "asset-checks.evaluated") for c in payload["checks"]}
    assert verdicts["orders_are_there"]["metadata"] == {"wanted": 3}
    assert verdicts["orders_are_there"]["blocking"] is True
    assert verdicts["orders_are_many"]["severity"] == "WARN"


def test_whatever_goes_wrong_is_never_green(shop, api):
    seen, _ = run(shop, api, "troubles", "job")
    states = seen["states"]
    assert {name: states[name][0] for name in ("exits", "nobody", "wrong", "flaky")} == {
        "exits": "FAILED",
        "nobody": "FAILED",
        "wrong": "FAILED",
        "flaky": "COMPLETED",
    }
    assert "nobody" in states["nobody"][2]
    assert "'1999' is no partition of it" in states["wrong"][2]
    assert sent(seen, "prefect.asset.materialization.succeeded", "asset://flaky") == [{"tries": 2}]
    assert states["flow job"][0] == "COMPLETED"
    assert any(message == "hello you" for _, message, _ in seen["logs"])
