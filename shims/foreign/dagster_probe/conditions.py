"""Conditions that sensors give to assets that have none of their own."""

from __future__ import annotations

from typing import Any

from .keys import path


def with_defaults(assets: list[dict[str, Any]], repository: Any) -> list[dict[str, Any]]:
    """The assets, each with the condition of the sensor that looks after it where it has none."""
    for sensor in repository.sensor_defs:
        default = getattr(sensor, "default_condition", None)
        if default is None:  # older Dagsters have no such sensors
            continue
        keys = {path(key) for key in sensor.asset_selection.resolve(repository.asset_graph)}
        for one in assets:
            if one["key"] in keys and not one["source"]:
                one["automation"] = one["automation"] or str(default)
    return assets
