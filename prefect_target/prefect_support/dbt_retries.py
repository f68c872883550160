"""Running again, after a pause, the dbt nodes that failed for a transient reason, and only those.

Written by `migrate convert`; yours to edit.

A node that failed on a lock, a lost connection or memory pressure is run again together with what dbt
skipped because of it. A failed test, wrong SQL, and whatever is downstream of these stay as they are.

Upstream: https://docs.getdbt.com/reference/node-selection/methods#fqn
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

RETRIED_COMMANDS = frozenset({"build", "run", "seed", "snapshot", "test"})
_SELECTING = frozenset(
    {"--select", "-s", "--models", "--model", "-m", "--exclude", "--selector", "--resource-type"}
)


def pause(attempt: int, delay: float) -> float:
    """Seconds before retry `attempt` (1, 2, …): delay, 2 × delay, 4 × delay …, plus up to a quarter more."""
    planned: float = delay * 2 ** (attempt - 1)
    return planned * (1 + random.random() / 4)  # noqa: S311, RUF100 (no secret)


def to_run_again(
    failed: Mapping[str, bool], skipped: Collection[str], upstream: Mapping[str, Sequence[str]]
) -> list[str]:
    """Unique ids to run again: transient failures, and what was skipped because of nothing else.

    Args:
        failed: unique id → whether the failure is transient, for each failed node.
        skipped: unique ids dbt skipped.
        upstream: unique id → unique ids it reads.
    """
    transient = {key for key, passes in failed.items() if passes}
    held_up = set(failed) - transient
    waiting = True
    while waiting:  # whatever is downstream of a permanent failure stays skipped
        more = {key for key in skipped if key not in held_up and held_up.intersection(upstream.get(key, ()))}
        held_up |= more
        waiting = bool(more)
    return sorted(transient | (set(skipped) - held_up)) if transient else []


def narrowed(args: Iterable[str], again: Iterable[str], manifest: Any) -> list[str]:
    """The same call for these nodes only: what selected before is taken out, each node named by its path."""
    kept, dropping = list[str](), False
    for text in args:
        if text.startswith("-"):
            dropping = text.split("=")[0] in _SELECTING
            if dropping:
                continue
        if not dropping:
            kept.append(text)
    names = ["fqn:" + ".".join(manifest.nodes[key].fqn) for key in again]
    return [*kept, "--select", *names]
