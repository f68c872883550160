"""A fact that is not the same on both sides, and what is only written differently.

What differs only in how the two tools write the same thing is normalised, each in one place, with its
reason in `NORMALISED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Dump = Mapping[str, Any]
"""A graph dump, or a part of one (`migrate/schemas/graph.schema.json`)."""

NORMALISED = {
    "names": "Prefect writes a flow's name with hyphens by default where Dagster has underscores.",
    "unread source": "A source that no deployed asset and no check reads runs nothing: no place in Prefect.",
    "unused partition": "A task that does not use its partition's key gets none; its flow runs once a key.",
    "inner flow": "A flow that only other flows or a deployment's trigger call is a graph or sensor, no job.",
    "no job": "Dagster starts an asset that no job selects by hand or by its condition; here a flow does.",
    "order": "An op may wait in Prefect for more steps than in Dagster, if those come before it anyway.",
    "same moments": "Two spellings of a schedule that tick at the same moments of a simulated year.",
    "pools": "A pool is a tag in Prefect: a concurrency limit of that tag holds for every task that has it.",
    "dbt profiles": "A dbt project without a profiles folder of its own looks in the project's folder.",
    "automation": "An event or the same cron line starts its flow; conditions beside it Prefect has not.",
    "freshness": "Prefect watches no asset's freshness; in Dagster a policy starts nothing, it reports.",
    "backfill": "The target's backfill starts one run a partition, in order: the same partitions, more runs.",
    "idle": "It stands in the code of both sides, and neither deploys it.",
    "chosen": "Requests that choose assets start a flow over them; Dagster takes a part of the job.",
    "event": "An event of Prefect's starts it: there is no interval at which it looks.",
    "in memory": "Values of ops stay in memory in Prefect's flow: what a run says of their store is dropped.",
    "clock change": "Around a clock change Dagster and Prefect move a skipped or doubled hour differently.",
}


@dataclass(frozen=True)
class Difference:
    """One fact that is not the same on both sides.

    `explained` is why it may stay, else empty; `refused` the refusal that it comes from, which leaves it a
    difference, else empty.
    """

    what: str
    key: str
    dagster: Any
    prefect: Any
    explained: str = ""
    refused: str = ""


def word(here: bool, text: str) -> str | None:
    """The text for a side that has it, None for the one that has not."""
    return text if here else None


def plain_name(name: str | None) -> str:
    """A name as both tools could spell it (`NORMALISED["names"]`)."""
    return (name or "").replace("-", "_").replace(" ", "_")


def unlimited(mine: Dump, theirs: Dump) -> list[str]:
    """Pools of Dagster that no tag of the target's task stands for (NORMALISED["pools"])."""
    tags = {tag.removeprefix("pool:") for tag in (*theirs.get("tags", ()), *theirs.get("pools", ()))}
    return [pool for pool in mine.get("pools", ()) if pool not in tags]


def by_name(items: Iterable[Dump]) -> dict[str, Dump]:
    """Items by their name, as both tools could spell it."""
    return {plain_name(item["name"]): item for item in items}


def retry_text(policy: Dump | None) -> str | None:
    """How often and after how many seconds: what a policy does, whatever it is made of."""
    if policy is None:
        return None
    delays = ", ".join(f"{delay:g}" for delay in policy["delays"])
    jitter = f", jitter {policy['jitter']}" if policy["jitter"] else ""
    return f"{policy['max']} retries, after {delays} s{jitter}"


def partition_sides(mine: list[str] | None, theirs: list[str] | None) -> tuple[Any, Any]:
    """Both lists of keys; of long ones only what the other side has not."""
    if mine is None or theirs is None or max(len(mine), len(theirs)) <= 12:
        return mine, theirs
    if set(mine) == set(theirs):
        return "the same keys", "in another order"
    return (
        {"keys": len(mine), "only here": [k for k in mine if k not in set(theirs)][:12]},
        {"keys": len(theirs), "only here": [k for k in theirs if k not in set(mine)][:12]},
    )
