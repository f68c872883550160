"""Partitions as source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .spelling import Unsayable, spelled

if TYPE_CHECKING:
    from pathlib import Path


def partitions(definition: Any, root: Path) -> dict[str, str]:
    """`{"text": …}`, `{"refused": …}`, or {} where there are none."""
    if definition is None:
        return {}
    try:
        return {"text": source(definition, root)}
    except Unsayable as why:
        return {"refused": str(why)}


def source(definition: Any, root: Path) -> str:
    """One partitions definition; raises Unsayable for a kind of the project's own."""
    kind = type(definition).__name__
    if kind == "StaticPartitionsDefinition":
        return f"dagster.StaticPartitionsDefinition({list(definition.get_partition_keys())!r})"
    if kind == "DynamicPartitionsDefinition" and definition.name:
        return f"dagster.DynamicPartitionsDefinition(name={definition.name!r})"
    if kind == "MultiPartitionsDefinition":
        parts = [f"{d.name!r}: {source(d.partitions_def, root)}" for d in definition.partitions_defs]
        return "dagster.MultiPartitionsDefinition({" + ", ".join(parts) + "})"
    names = {c.__name__ for c in type(definition).__mro__}
    if "TimeWindowPartitionsDefinition" in names:
        return windows(definition, root)
    raise Unsayable(f"partitions of {type(definition).__module__}.{kind}")


def windows(definition: Any, root: Path) -> str:
    """Time windows by their cron line, as Dagster keeps all of them."""
    zone = definition.timezone or "UTC"
    given = {
        "start": definition.start.strftime(definition.fmt),
        "cron_schedule": definition.cron_schedule,
        "fmt": definition.fmt,
        "timezone": zone,
    }
    if definition.end is not None:
        given["end"] = definition.end.strftime(definition.fmt)
    if definition.end_offset:
        given["end_offset"] = definition.end_offset
    spelled_out = ", ".join(f"{name}={spelled(value, root)}" for name, value in given.items())
    return f"dagster.TimeWindowPartitionsDefinition({spelled_out})"
