"""What one tick of both schedulers comes to, by what each of them did; the comparison is made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

OVER = {
    "dagster": ("SUCCESS", "FAILURE", "CANCELED"),
    "prefect": ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"),
}
GOOD = {"dagster": "SUCCESS", "prefect": "COMPLETED"}


@dataclass(frozen=True)
class Side:
    """A side's share of a tick: `waiting`, `none` (no tick of its scheduler), `skipped`, `ran`, `failed`."""

    state: str
    reason: str = ""


def dagster_side(tick: Mapping[str, Any] | None) -> Side:
    """By the daemon's own record of the tick, and its runs."""
    if tick is None:
        return Side("none", "dagster-daemon recorded no tick")
    if tick["status"] == "STARTED":
        return Side("waiting", "the tick goes on")
    if tick["status"] != "SUCCESS":
        return Side("skipped" if tick["status"] == "SKIPPED" else "failed", tick["reason"])
    return of_runs("dagster", tick["runs"])


def prefect_side(tick: Mapping[str, Any] | None) -> Side:
    """By the flow run that the scheduler made, and the runs that it launched."""
    if tick is None:
        return Side("none", "Prefect's scheduler made no run")
    if tick["status"] not in OVER["prefect"]:
        return Side("waiting", f"its run is {tick['status']}")
    if tick["status"] != GOOD["prefect"]:
        return Side("failed", tick["reason"] or tick["status"])
    return of_runs("prefect", {key: run["status"] for key, run in tick["runs"].items()})


def of_runs(name: str, runs: Mapping[str, str]) -> Side:
    """Of the runs that a tick asked for."""
    going = [status for status in runs.values() if status not in OVER[name]]
    if going:
        return Side("waiting", f"{len(going)} of its runs go on")
    bad = [f"run {key} {status}" for key, status in runs.items() if status != GOOD[name]]
    return Side("failed", ", ".join(bad)) if bad else Side("ran", str(len(runs)))


def decide(dagster: Side, prefect: Side, *, written: bool) -> tuple[str, str]:
    """(outcome, reason); outcome `compare` when both ran, empty while one still goes on.

    Args:
        dagster: what the legacy's scheduler did.
        prefect: what the target's did.
        written: whether the target wrote anything since the tick: a flow run that decided to start
            nothing, and wrote nothing, has skipped it.
    """
    states = (dagster.state, prefect.state)
    if "waiting" in states or "none" in states:
        return "", ""
    if states == ("skipped", "ran") and prefect.reason == "0" and not written:
        return "skipped", dagster.reason
    if states == ("ran", "ran"):
        return "compare", ""
    both = (("dagster", dagster), ("prefect", prefect))
    return "red", "; ".join(f"{name}: {side.state} {side.reason}".strip() for name, side in both)
