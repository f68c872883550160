"""What a name in a composition holds: a task's future, one for each item, or several by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrate.reading.units import Unit


@dataclass(frozen=True)
class Value:
    """What a name in a composition holds.

    `text` is its future; `over` says that there is one for each item, and `text` is what to go through.
    `unit` is the op of which single outputs can be taken, `parts` are a graph's outputs by name, `items`
    those of a list. `maybe` values may be missing: they come from optional outputs.
    """

    text: str
    over: bool = False
    unit: Unit | None = None
    parts: Mapping[str, Value] = field(default_factory=dict)
    items: tuple[Value, ...] | None = None
    maybe: bool = False
