"""Partitions and retry policies."""

from __future__ import annotations

from typing import Any

from ..year import YEAR, combined


def partition_keys(definition: Any) -> list[str] | None:
    """All keys there are; of time windows those up to the end of the simulated year."""
    if definition is None:
        return None
    name = getattr(definition, "name", None)
    if type(definition).__name__ == "DynamicPartitionsDefinition":
        return [f"<dynamic:{name}>"]
    dimensions = getattr(definition, "partitions_defs", None)
    if dimensions:  # of several dimensions; sorted by name, as Dagster does
        parts = {d.name: partition_keys(d.partitions_def) or [] for d in dimensions}
        return combined(parts)
    try:
        return list(definition.get_partition_keys(current_time=YEAR[1]))
    except TypeError:  # a kind of the user's own, or one that takes no moment
        return list(definition.get_partition_keys())


def retries(policy: Any) -> dict[str, Any] | None:
    """A retry policy, with the delays it gives before each attempt, jitter left out."""
    if policy is None or policy.max_retries == 0:
        return None
    still = policy._replace(jitter=None)
    return {
        "max": policy.max_retries,
        "delay": policy.delay,
        "backoff": policy.backoff.value if policy.backoff else None,
        "jitter": policy.jitter.value if policy.jitter else None,
        "delays": [float(still.calculate_delay(n)) for n in range(1, policy.max_retries + 1)],
    }
