"""OpenLineage events before a real consumer: the official client builds, accepts and sends every one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from migrate.lineage.graph import Lineage, Made
from migrate.lineage.openlineage import events_of

CLIENT = Path(__file__).with_name("openlineage_client.py")
MADE = Made(
    run="run-1",
    node="sales",
    side="prefect",
    year=2025,
    started="2026-01-01T00:00:00Z",
    finished="2026-01-01T00:00:01.5+00:00",
    ok=True,
    rows=4,
    versions={"prefect": "3.0"},
    checks_passed=("good",),
    checks_failed=("bad",),
)


@pytest.fixture(scope="module")
def events(shop: Lineage) -> list[dict[str, Any]]:
    """Of code, of a making and of one that failed."""
    known = shop.with_runs((MADE, replace(MADE, side="dagster", ok=False, rows=None)))
    return [json.loads(json.dumps(event)) for event in events_of(known)]


def offered(events: list[dict[str, Any]], folder: Path) -> subprocess.CompletedProcess[str]:
    file = folder / "events.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.upper().endswith("_PROXY")}
    return subprocess.run(
        [sys.executable, CLIENT, file], capture_output=True, text=True, timeout=60, env=environment
    )


def test_the_client_takes_and_sends_every_event(events: list[dict[str, Any]], tmp_path: Path) -> None:
    done = offered(events, tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{len(events)}\n"), done.stderr
    kinds = {e["schemaURL"].rpartition("/")[2] for e in events}
    assert kinds == {"DatasetEvent", "JobEvent", "RunEvent"}


def misplaced(event: dict[str, Any]) -> None:
    judged = event["inputs"][0]
    judged["facets"].update(judged.pop("inputFacets"))


def unknown_field(event: dict[str, Any]) -> None:
    event["run"]["facets"]["processing_engine"]["engine"] = "prefect"


def lacking(event: dict[str, Any]) -> None:
    del event["run"]["runId"]


def old_schema(event: dict[str, Any]) -> None:
    facet = event["run"]["facets"]["nominalTime"]
    facet["_schemaURL"] = facet["_schemaURL"].replace("1-0-1", "1-0-0")


def wrong_type(event: dict[str, Any]) -> None:
    event["inputs"][0]["inputFacets"]["dataQualityAssertions"]["assertions"][0]["success"] = "yes"


@pytest.mark.parametrize("broken", [misplaced, unknown_field, lacking, old_schema, wrong_type])
def test_the_client_refuses_what_is_not_of_the_schema(
    events: list[dict[str, Any]], broken: Callable[[dict[str, Any]], None], tmp_path: Path
) -> None:
    judged = next(e for e in events if e.get("eventType") == "COMPLETE" and "checks" in e["job"]["name"])
    spoiled = json.loads(json.dumps(judged))
    broken(spoiled)
    done = offered([spoiled], tmp_path)
    assert done.returncode == 1
    assert "TypeError" in done.stderr
