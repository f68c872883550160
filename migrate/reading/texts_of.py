"""Texts that Dagster's objects have: the name of a job, an asset's key as a text or as an identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from migrate.reading.units import key_of
from migrate.reading.values import Called, Decorated

if TYPE_CHECKING:
    from migrate.reading.evaluation import Evaluator

NAMED = ("define_asset_job", "ScheduleDefinition", "SensorDefinition", "to_job", "JobDefinition")
OF_KEYS = (".to_python_identifier", ".to_user_string")


def text_of(reader: Evaluator, value: Any) -> Any:
    """The text that a part of a Dagster object is, where it can be told; else the value itself."""
    if not isinstance(value, Called) or not value.args:
        return value
    told = _name(reader, value.args[0]) if value.name == ".name" else None
    if value.name in OF_KEYS and len(value.args) == 1:
        told = _key(reader, value.name, value.args[0])
    return value if told is None else told


def _name(reader: Evaluator, value: Any) -> str | None:
    if isinstance(value, Decorated):
        construct = reader.project.constructs[value.place]
        return construct.name if construct.kind in ("job", "graph", "op") else None
    told = value.get("name", 0) if isinstance(value, Called) and value.short in NAMED else None
    return told if isinstance(told, str) else None


def _key(reader: Evaluator, how: str, value: Any) -> str | None:
    if isinstance(value, Called) and value.name == ".key" and isinstance(value.args[0], Decorated):
        keys = reader.keys_of(value.args[0])
        key = keys[0] if len(keys) == 1 else ""
    else:
        key = key_of(value)
    if not key:
        return None
    return key if how == ".to_user_string" else key.replace("/", "__").replace("-", "_").replace(".", "_")
