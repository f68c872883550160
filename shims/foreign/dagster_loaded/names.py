"""What the names at the top of the project's modules hold of all that is deployed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ..dagster_probe.operations import op_defs
from ..project import loaded_below

if TYPE_CHECKING:
    from pathlib import Path

SEVERAL = (list, tuple, set, frozenset)


def names_of(repository: Any, steps: dict[int, int], root: Path) -> dict[str, dict[str, Any]]:
    """Module → name → `{"job": …}`, `{"schedule": …}`, `{"sensor": …}` or `{"steps": [number, …]}`,
    with `single` for one that is no list, `keys` for a dictionary.

    `steps` are the numbers of the deployed definitions of assets and checks by the `id` of their ops.
    """
    found: dict[str, dict[str, Any]] = {}
    for module, _ in loaded_below(root):
        for name, value in list(vars(sys.modules[module]).items()):
            told = {} if name.startswith("__") else held(value, steps)
            if told:
                found.setdefault(module, {})[name] = told
    return found


def held(value: Any, steps: dict[int, int]) -> dict[str, Any]:
    """What one value is."""
    kinds = {c.__name__ for c in type(value).__mro__ if c.__module__.startswith("dagster.")}
    if kinds & {"JobDefinition", "UnresolvedAssetJobDefinition"}:
        return {"job": value.name}
    if kinds & {"ScheduleDefinition", "UnresolvedPartitionedAssetScheduleDefinition"}:
        return {"schedule": value.name}
    if "SensorDefinition" in kinds:
        return {"sensor": value.name}
    if (number := number_of(value, steps)) is not None:
        return {"steps": [number], "single": True}
    inner = list(value.values()) if type(value) is dict else list(value) if type(value) in SEVERAL else []
    numbers = [number_of(one, steps) for one in inner]
    if not inner or None in numbers:
        return {}
    return {"steps": numbers, "keys": [repr(k) for k in value]} if type(value) is dict else {"steps": numbers}


def number_of(value: Any, steps: dict[int, int]) -> int | None:
    """The number of the step that a definition of assets or checks is."""
    if not any(c.__name__ == "AssetsDefinition" for c in type(value).__mro__):
        return None
    ops = op_defs(value)
    return steps.get(id(ops[0])) if len(ops) == 1 else None
