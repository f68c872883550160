"""Two graph dumps in, every difference out: what Dagster loads against what the Prefect target loads.

Pure: it reads what the probes of `shims/` wrote and imports neither orchestrator. Both sides are
shown with every difference; what is only written differently is normalised (`migrate/difference.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from migrate import refused
from migrate.difference import NORMALISED, Difference, Dump, partition_sides, retry_text, unlimited, word
from migrate.equivalence_automation import automation
from migrate.equivalence_idle import explained
from migrate.equivalence_runs import is_trigger, jobs, resources, schedules, sensors
from migrate.refused import Row

SCHEMA = 1


@dataclass(frozen=True)
class Equivalence:
    """The verdict on two dumps: counts per kind as (Dagster, Prefect), and every difference."""

    counts: dict[str, tuple[int, int]]
    differences: tuple[Difference, ...]
    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    undeployed: tuple[dict[str, Any], ...] = ()
    unimportable: tuple[dict[str, Any], ...] = ()
    job_checks: dict[str, int] = field(default_factory=dict)
    """Dagster's job → how many asset checks it runs."""

    @property
    def unexplained(self) -> tuple[Difference, ...]:
        """The differences that make the sides unequal."""
        return tuple(d for d in self.differences if not d.explained)

    @property
    def refused(self) -> tuple[Difference, ...]:
        """Those of the unexplained that the conversion's refusals account for."""
        return tuple(d for d in self.unexplained if d.refused)

    @property
    def wrong(self) -> tuple[Difference, ...]:
        """Those that nothing accounts for: a fault of the conversion, or of a hand edit."""
        return tuple(d for d in self.unexplained if not d.refused)

    @property
    def equal(self) -> bool:
        """True when nothing is left unexplained, and there was something to compare."""
        return not self.unexplained

    def as_json(self, legacy_sha256: str, target_sha256: str) -> dict[str, Any]:
        """The content of `equivalence.json` (`migrate/schemas/equivalence.schema.json`)."""
        return {
            "schema": SCHEMA,
            "equal": self.equal,
            "counts": {name: list(pair) for name, pair in self.counts.items()},
            "differences": [asdict(d) for d in self.differences],
            "legacy_sha256": legacy_sha256,
            "target_sha256": target_sha256,
            "versions": self.versions,
            "undeployed": list(self.undeployed),
            "unimportable": list(self.unimportable),
            "job_checks": self.job_checks,
        }


def compare(dagster: Dump, prefect: Dump, constructs: Iterable[Row] = ()) -> Equivalence:
    """Compare two dumps of the shape of `migrate/schemas/graph.schema.json`, Dagster's first.

    Args:
        dagster: what Dagster loads.
        prefect: what the target loads.
        constructs: those of conversion.json, to tell differences that a refusal accounts for.
    """
    prefect = _with_flow_partitions(dagster, prefect)
    parts = (_nothing, _assets, _edges, _checks, _wiring, jobs, schedules, sensors, resources)
    found = [difference for part in parts for difference in part(dagster, prefect)]
    found = list(refused.told(explained(found, dagster, prefect), dagster, constructs))
    return Equivalence(
        counts={name: (count(dagster), count(prefect)) for name, count in COUNTS.items()},
        differences=tuple(found),
        versions={"dagster": dict(dagster["versions"]), "prefect": dict(prefect["versions"])},
        undeployed=tuple(dagster.get("undeployed", ())),
        unimportable=tuple(dagster.get("unimportable", ())),
        job_checks={job["name"]: len(job["checks"]) for job in dagster["jobs"]},
    )


COUNTS: dict[str, Callable[[Dump], int]] = {
    "assets": lambda dump: len(dump["assets"]),
    "edges": lambda dump: len(_edge_set(dump)),
    "checks": lambda dump: len(dump["checks"]),
    "blocking checks": lambda dump: sum(c["blocking"] for c in dump["checks"]),
    "partitioned assets": lambda dump: sum(a["partitions"] is not None for a in dump["assets"]),
    "assets retried": lambda dump: sum(a["retries"] is not None for a in dump["assets"]),
    "assets with an owner": lambda dump: sum(bool(a.get("owners")) for a in _made(dump)),
    "jobs": lambda dump: sum(not j.get("nested") and not is_trigger(j, dump) for j in dump["jobs"]),
    "schedules": lambda dump: len(dump["schedules"]),
    "sensors": lambda dump: len(dump["sensors"]),
}


def _with_flow_partitions(dagster: Dump, prefect: Dump) -> Dump:
    """Partitions of tasks that take no key, from the flow they run in (NORMALISED["unused partition"])."""
    partitioned = {asset["key"] for asset in dagster["assets"] if asset["partitions"] is not None}

    def given(asset: Dump) -> Any:
        inherited = asset.get("flow_partitions") if asset["key"] in partitioned else None
        return inherited if asset["partitions"] is None else asset["partitions"]

    return {**prefect, "assets": [{**asset, "partitions": given(asset)} for asset in prefect["assets"]]}


def _nothing(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    """Two empty projects are no proof: never a pass without anything compared."""
    if not any(dump[part] for dump in (dagster, prefect) for part in ("assets", "jobs")):
        yield Difference("asset", "(none)", "nothing deployed", "nothing found")


# ---- assets, edges, checks -------------------------------------------------------------------


def _assets(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    left, right = _by_key(dagster["assets"]), _by_key(prefect["assets"])
    read = {dep for a in dagster["assets"] for dep in a["deps"]} | {c["asset"] for c in dagster["checks"]}
    for key in sorted(left.keys() | right.keys()):
        mine, theirs = left.get(key), right.get(key)
        if mine is None or theirs is None:
            unread = bool(mine and mine["source"] and key not in read)
            why = NORMALISED["unread source"] if unread else ""
            yield Difference("asset", key, _presence(mine), _presence(theirs), why)
        else:
            yield from _asset(key, mine, theirs, dagster)
            yield from automation(key, mine, theirs, prefect)


def _presence(asset: Dump | None) -> str | None:
    return None if asset is None else "source" if asset["source"] else "made"


def _asset(key: str, mine: Dump, theirs: Dump, dagster: Dump) -> Iterator[Difference]:
    if mine["source"] != theirs["source"]:
        yield Difference("asset", key, _presence(mine), _presence(theirs))
        return
    if mine["partitions"] != theirs["partitions"]:
        shown = partition_sides(mine["partitions"], theirs["partitions"])
        yield Difference("partition", key, *shown)
    if not mine["source"] and mine["group"] != theirs["group"]:
        yield Difference("group", key, mine["group"], theirs["group"])
    yield from _promises(key, mine, theirs)
    for pool in unlimited(mine, theirs):
        yield Difference("pool", key, pool, None)
    jobs = [j.get("job_retries") for j in dagster["jobs"] if key in j["assets"]]
    expected = mine["retries"] or next((r for r in jobs if r), None)
    if retry_text(expected) != retry_text(theirs["retries"]):
        yield Difference("retry", key, retry_text(expected), retry_text(theirs["retries"]))


def _promises(key: str, mine: Dump, theirs: Dump) -> Iterator[Difference]:
    """Who answers for an asset, how fresh it is to be, and how a backfill makes it."""
    left, right = mine.get("owners") or [], theirs.get("owners") or []
    if not mine["source"] and left != right:
        yield Difference("owner", key, left, right)
    if mine.get("freshness") != theirs.get("freshness"):
        given, found = mine.get("freshness"), theirs.get("freshness")
        yield Difference(
            "freshness", key, given, found, NORMALISED["freshness"] if given and not found else ""
        )
    if mine.get("backfill") not in (None, 1):
        runs = f"{mine['backfill']} partitions a run" if mine["backfill"] else "all partitions in one run"
        yield Difference("backfill", key, runs, "one run a partition", NORMALISED["backfill"])


def _edge_set(dump: Dump) -> set[tuple[str, str]]:
    return {(dep, asset["key"]) for asset in dump["assets"] for dep in asset["deps"]}


def _edges(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    left, right = _edge_set(dagster), _edge_set(prefect)
    for above, below in sorted(left ^ right):
        here = (above, below) in left
        yield Difference("edge", f"{above} -> {below}", word(here, "depends"), word(not here, "depends"))


def _checks(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    left = {f"{c['asset']}:{c['name']}": c["blocking"] for c in dagster["checks"]}
    right = {f"{c['asset']}:{c['name']}": c["blocking"] for c in prefect["checks"]}
    words = {True: "blocking", False: "not blocking", None: None}
    for key in sorted(left.keys() | right.keys()):
        if left.get(key) != right.get(key):
            yield Difference("check", key, words[left.get(key)], words[right.get(key)])


def _wiring(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    """What the target declares but does not do; Dagster always does what is declared."""
    usual = {"edge": "waits", "check": "blocks"}
    for found in prefect.get("wiring", ()):
        where = f"{found['problem']} (flow {found['flow']})"
        yield Difference(found["what"], found["key"], usual[found["what"]], where)


def _made(dump: Dump) -> list[Dump]:
    return [asset for asset in dump["assets"] if not asset["source"]]


def _by_key(assets: list[Dump]) -> dict[str, Dump]:
    return {asset["key"]: asset for asset in assets}
