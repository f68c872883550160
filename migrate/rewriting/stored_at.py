"""Where the value that a task reads was stored: by a resource, in Dagster's default files, or nowhere.

Dagster reads every value through an IO manager, that of who makes it; what nobody makes, or dbt does, has the
one named `io_manager` unless it says another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from migrate.reading.names import Internal
from migrate.reading.sources import of_source, store_of_source
from migrate.reading.units import Input, Unit, text
from migrate.reading.values import Called

if TYPE_CHECKING:
    from migrate.model import Model

WINDOWS = ("Hourly", "Daily", "Weekly", "Monthly", "TimeWindow")
MULTI = "MultiPartitionsDefinition"
FILES = "PickledFiles()"
"""Stands for Dagster's default store: a task calls it itself, no flow hands it over."""
DEFAULT = "io_manager"


def kept_at(model: Model, unit: Unit, given: Input) -> tuple[str, Any]:
    """The store that a task loads an input from and the partitions it has there; empty for an argument."""
    maker = model.made_by.get(given.key)
    if unit.does == "op":
        return given.loader, None
    if maker is None:
        return _of_source(model, unit, given)
    out = next(o for o in maker.outs if o.key == given.key)
    if out.value or out.store:
        store = given.loader or out.store or (FILES if in_other_partitions(model, unit, given) else "")
        return store, maker.partitions
    return given.loader or _unvalued(model, maker), maker.partitions


def _of_source(model: Model, unit: Unit, given: Input) -> tuple[str, Any]:
    spec = model.sources.get(given.key)
    store = given.loader or store_of_source(spec) or (DEFAULT if DEFAULT in model.resources else "")
    if not store and (spec is not None or _surely_unmade(model, unit, given)):
        store = FILES
    return store, of_source(spec, "partitions_def")


def _surely_unmade(model: Model, unit: Unit, given: Input) -> bool:
    """Whether nothing declares a key and nothing makes it, as far as everything deployed was read.

    What is named like a resource or a config, or has a type of the project, may be something else.
    """
    parameter = next((p for p in unit.parameters if p.name == given.name), None)
    if parameter is None or given.key in model.resources or given.name == "config":
        return False
    words = re.findall(r"[\w.]+", parameter.annotation)
    names, module = model.project.names, unit.construct.module
    if any(isinstance(names.resolve(module, word), Internal) for word in words):
        return False
    if not model.holdings.all_known or model.project.component_folders:
        return False
    return not any(u.stand_in or u.unknown for u in model.deployed_units)


def _unvalued(model: Model, maker: Unit) -> str:
    """The store of what dbt makes, or is only looked at: its table or file is read by an IO manager."""
    if maker.does != "dbt" and "observable" not in maker.construct.kind:
        return ""
    said = text(model.project.value(maker.construct, "io_manager_key", None, maker.scope))
    return said or (DEFAULT if DEFAULT in model.resources else "")


def in_other_partitions(model: Model, unit: Unit, given: Input) -> bool:
    """Whether a run reads more of a value in Dagster's default store than the run that makes it hands on."""
    maker = model.made_by.get(given.key)
    if maker is None or maker.partitions is None or not in_default_store(model, given.key):
        return False
    if unit.partitions is None or given.mapping is not None:
        return True
    return repr(maker.partitions) != repr(unit.partitions) and related(maker.partitions, unit.partitions)


def related(one: Any, other: Any) -> bool:
    """Whether keys of one partitioning can be keys of the other: a time window is no static key."""
    shorts = [p.short if isinstance(p, Called) else "" for p in (one, other)]
    return MULTI in shorts or len({short.startswith(WINDOWS) for short in shorts}) == 1


def in_default_store(model: Model, key: str) -> bool:
    """Whether who makes a key leaves its value with Dagster's default IO manager."""
    maker = model.made_by.get(key)
    if maker is None or maker.does != "asset" or not model.is_deployed(maker.construct):
        return False
    out = next(o for o in maker.outs if o.key == key)
    if out.store or not out.value or DEFAULT in model.resources or maker.construct.place in model.bridged:
        return False
    return not _names_one(model, maker)


def _names_one(model: Model, maker: Unit) -> bool:
    """Whether its decorator names an IO manager that reading did not follow."""
    from migrate.rewriting.kept import decorator_text  # it asks for flows

    return "io_manager" in decorator_text(model, maker)
