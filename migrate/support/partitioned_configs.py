"""The config that a run's partition decides: what a function says of a window or a key, step by step.

Written by `migrate convert`; yours to edit.

    run_config = stated(config_of_a_day(*days.window(partition_key)), ["load", "report"])
    load.submit(step_config(run_config, "load", LoadConfig))

Upstream: https://docs.prefect.io/v3/concepts/flows#specify-flow-parameters
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel

Config = TypeVar("Config", bound=BaseModel)
RunConfig = Mapping[str, Any]


def stated(run_config: RunConfig, steps: Sequence[str], resources: Sequence[str] = ()) -> RunConfig:
    """Return `run_config`; raise ValueError when it speaks of a step or resource that the flow does not set.

    A step of a graph is `graph.step`. What it says of executors and loggers is left to the flow.
    """
    unknown = set(run_config) - {"ops", "resources", "execution", "loggers"}
    unknown |= set(run_config.get("resources", {})) - set(resources)
    unknown |= set(_spoken_of(run_config.get("ops", {}), "")) - set(steps)
    if unknown:
        raise ValueError(f"the partition's config says something of {', '.join(sorted(unknown))}")
    return run_config


def _spoken_of(ops: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, said in ops.items():
        if isinstance(said, Mapping) and "ops" in said:
            yield from _spoken_of(said["ops"], f"{prefix}{name}.")
        elif said:
            yield f"{prefix}{name}"
        if isinstance(said, Mapping):
            yield from (f"{prefix}{name}: {what}" for what in set(said) - {"ops", "config"})


def step_config(run_config: RunConfig, step: str, kind: type[Config]) -> Config:
    """The config of a step as a `kind`, which fills in what is left out; raises for what does not fit it."""
    said: Any = run_config
    for name in step.split("."):
        said = said.get("ops", {}).get(name, {})
    return kind.model_validate(_fields(said))


def resource_config(run_config: RunConfig, key: str) -> dict[str, Any]:
    """What is said of a resource, as the arguments that make it."""
    return _fields(run_config.get("resources", {}).get(key, {}))


def _fields(said: Any) -> dict[str, Any]:
    """The fields that are given: by a model, or by what stands below `config`."""
    given = said.get("config", {}) if isinstance(said, Mapping) else said
    if isinstance(given, BaseModel):
        return {name: getattr(given, name) for name in given.model_fields_set}
    return dict(given)
