"""Conditions that a sensor gives to the assets it looks after, where they have none of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from migrate.reading.selection import Selector
from migrate.reading.values import Called, Decorated

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.constructs import Construct

SENSOR = "dagster.AutomationConditionSensorDefinition"
RECONCILIATION = "dagster.build_asset_reconciliation_sensor"
"""The older one always starts what is behind its parents."""
TARGETS = {SENSOR: ("target", "asset_selection"), RECONCILIATION: ("asset_selection",)}
EAGER = Called("dagster.AutomationCondition.eager", ())
_KNOWN: WeakKeyDictionary[Model, list[tuple[frozenset[str] | None, Any]]] = WeakKeyDictionary()


def default_of(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Any:
    """The condition as a value; None when no sensor has one for this asset."""
    if model not in _KNOWN:
        _KNOWN[model] = []  # what reads a selection may ask for conditions in turn
        _KNOWN[model] = [
            (keys, condition)
            for other in model.project.constructs.values()
            if other.path in TARGETS and model.is_deployed(other)
            for condition in [given(model, other)]
            if condition is not None
            for told, keys in [looked_after(model, other)]
            if told
        ]
    own = frozenset(model.keys_of(Decorated(construct.place, scope)))
    return next((value for keys, value in _KNOWN[model] if keys is None or own & keys), None)


def given(model: Model, sensor: Construct) -> Any:
    """The condition that a sensor gives; None when it only evaluates those of the assets."""
    if sensor.path == RECONCILIATION:
        return EAGER
    return model.project.value(sensor, "default_condition")


def looked_after(model: Model, sensor: Construct) -> tuple[bool, frozenset[str] | None]:
    """Whether the assets of a sensor can be told, and their keys; None stands for all there are."""
    places = (0,) if sensor.path == RECONCILIATION else (1, 1)
    for name, place in zip(TARGETS[sensor.path], places, strict=False):
        if sensor.argument(name, place) is None:
            continue
        value = model.project.value(sensor, name, place)
        if value == "*" or (isinstance(value, Called) and value.name.endswith("AssetSelection.all")):
            return True, None
        found = Selector(model).resolve(value)
        return found.exact, found.keys
    return False, frozenset()
