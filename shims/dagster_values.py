"""Values that go through Dagster's default IO manager: handed to Prefect's part of a run, and taken back.

An IO manager of the project's own keeps its paths under Prefect, and the converted task calls it. The default
one stays Dagster's: a stand-in loads what its function took and stores what Prefect made, so that whoever
comes next, on either side, finds it.

Read within the legacy interpreter: plain enough for Python 3.8, from Dagster 1.7 on.

Upstream: https://docs.dagster.io/api/dagster/io-managers
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shims.proxy_way import path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shims.proxy_way import Way

DEFAULT = "io_manager"


@dataclass(frozen=True)
class Value:
    """An asset's value: the output it is, and whether its function returns its outputs by name."""

    key: Any
    output: str
    several: bool
    partitions: Any = None

    @property
    def told(self) -> dict[str, Any]:
        """What Prefect's side is told of it."""
        return {"output": self.output, "several": self.several}


def inputs_of(definition: Any) -> dict[str, Any]:
    """The inputs that its function takes as values: name → asset key."""
    declared = getattr(getattr(definition, "node_def", None), "input_defs", ())
    valued = {given.name for given in declared if not given.dagster_type.is_nothing}
    return {name: key for name, key in definition.keys_by_input_name.items() if name in valued}


def default_values(definitions: Iterable[Any], checks: Iterable[Any], resources: Any) -> dict[Any, Value]:
    """Key → every value that some function takes and Dagster's default IO manager keeps.

    Args:
        definitions: the assets with a function.
        checks: those that stand alone: they take values, too.
        resources: those of the `Definitions`, which may replace the default IO manager.
    """
    if DEFAULT in (resources or {}):
        return {}
    found, listed = {}, list(definitions)
    taken = {key for one in (*listed, *checks) for key in inputs_of(one).values()}
    for definition in listed:
        keys = definition.keys_by_output_name
        outs = [definition.node_def.output_def_named(name) for name in keys]
        valued = [out for out in outs if not out.dagster_type.is_nothing]
        several = len(valued) > 1 or any(not out.is_required for out in valued)
        for out in valued:
            if keys[out.name] in taken and out.io_manager_key == DEFAULT:
                value = Value(keys[out.name], out.name, several, definition.partitions_def)
                found[value.key] = value
    return found


def ins_of(definition: Any, values: Mapping[Any, Value]) -> dict[str, Value]:
    """The inputs of a stand-in that Dagster loads for Prefect: whole assets, or the run's own partition."""
    mapped = getattr(definition, "_partition_mappings", None) or {}
    return {
        name: values[key]
        for name, key in inputs_of(definition).items()
        if key in values
        and key not in definition.keys
        and key not in mapped
        and values[key].partitions in (None, definition.partitions_def)
    }


def refuse_lost(definitions: Iterable[Any], values: Mapping[Any, Value], way: Way) -> None:
    """See that whoever Dagster starts finds the values it takes; before anything runs.

    Raises:
        ValueError: a value is made where Dagster's default IO manager never gets it.
    """
    listed = list(definitions)
    maker = {key: one for one in listed for key in one.keys}
    for reader in listed:
        states = {way.state(reader, key) for key in reader.keys}
        if "retired" in states or way.deployment(reader):
            continue
        given = {value.key for value in ins_of(reader, values).values()}
        for key in inputs_of(reader).values():
            if key not in values or key in reader.keys or path(key) in way.handover:
                continue
            state, deployment = way.state(maker[key], key), way.deployment(maker[key])
            why = "which Prefect alone makes (it is retired)" if state == "retired" else ""
            if state == "prefect" and deployment:
                why = f"which the deployment {deployment} makes"
            elif "prefect" in states and key not in given:
                why = "in other partitions than its own, which nobody hands to Prefect"
            if why:
                readers = ", ".join(sorted(path(own) for own in reader.keys))
                raise ValueError(
                    f"{readers} takes the value of {path(key)}, {why}: route both alike, or leave {readers} "
                    f"to Dagster, or say in [handover] of routing.toml how it gets at {path(key)}"
                )
