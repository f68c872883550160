"""The assets and checks that a selection means to the one who asks: those of its own code location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from migrate.reading.ordering import in_order
from migrate.reading.selection import Selector
from migrate.reading.units import Unit, check_of

if TYPE_CHECKING:
    from migrate.model import Model


def selected_units(model: Model, selection: Any, asked: str = "") -> tuple[list[Unit], bool]:
    """The units a selection means to who stands at `asked`, in order, and whether it could be told."""
    selected = Selector(model).resolve(selection)
    parts = {part.step for part in selected.parts}
    apart = model.holdings.apart
    chosen = [
        u
        for u in model.deployed_units
        if (u.does == "check" and check_of(u) in selected.checks)
        or {*u.keys, u.stand_in} & selected.keys
        or u.identity in parts
    ]
    return in_order([u for u in chosen if apart.together(u.identity, asked)]), selected.exact
