"""What the code of both sides holds and neither deploys: no difference between what they run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from migrate.difference import NORMALISED, Difference, Dump, plain_name


@dataclass(frozen=True)
class Idle:
    """Names that Dagster does not deploy and no deployed flow of the target runs."""

    assets: frozenset[str]
    checks: frozenset[str]
    jobs: frozenset[str]


def idle(dagster: Dump, prefect: Dump) -> Idle:
    """What Dagster's side lists as undeployed, less what a deployed flow of the target makes or checks."""
    listed = dagster.get("undeployed", ())
    flows = [job for job in prefect["jobs"] if job.get("deployed", True)]
    run = {key for job in flows for key in (*job["assets"], *job["checks"])}
    named = {plain_name(job["name"]) for job in flows}

    def keys(kind: str) -> frozenset[str]:
        return frozenset(key for one in listed if one["kind"] == kind for key in one.get("keys", ())) - run

    jobs = {
        plain_name(one["name"]) for one in listed if one["kind"] in ("job", "define_asset_job", "schedule")
    }
    return Idle(keys("asset"), keys("asset_check"), frozenset(jobs - named))


def explained(found: Iterable[Difference], dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    """The differences, with the reason at those that are about idle code."""
    names = idle(dagster, prefect)
    read: dict[str, set[str]] = {}
    for asset in prefect["assets"]:
        for dep in asset["deps"]:
            read.setdefault(dep, set()).add(asset["key"])
    for check in prefect["checks"]:
        read.setdefault(check["asset"], set()).add(f"{check['asset']}:{check['name']}")
    for one in found:
        about = one.dagster is None and not one.explained and _is_idle(one, names, read)
        yield replace(one, explained=NORMALISED["idle"]) if about else one


def _is_idle(one: Difference, names: Idle, read: dict[str, set[str]]) -> bool:
    if one.what == "edge":
        return one.key.rpartition(" -> ")[2] in names.assets
    if one.what == "check":
        return one.key in names.checks or one.key.rpartition(":")[0] in names.assets
    if one.what == "job":
        return plain_name(one.key) in names.jobs
    if one.what != "asset":
        return False
    readers = read.get(one.key, set())
    only_idle = one.prefect == "source" and bool(readers) and readers <= names.assets | names.checks
    return one.key in names.assets or only_idle
