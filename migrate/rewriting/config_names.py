"""What a run config calls a step, where the parameter of its flow is called otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.rewriting.wiring import op_names

if TYPE_CHECKING:
    from migrate.model import Model


def configured_names(model: Model) -> dict[str, str]:
    """`raw__orders`, as Dagster calls the asset `raw/orders`, to the name that its config's parameter has."""
    units = [
        u for u in model.units.values() if u.config_model or any(p.role == "config" for p in u.parameters)
    ]
    return {word: unit.name for unit in units for word in op_names(unit) if word != unit.name}
