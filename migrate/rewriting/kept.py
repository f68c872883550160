"""Values without an IO manager that one flow makes and another reads: Dagster's default store, in the open.

Inside a flow they are arguments. Who makes one also keeps it, in the file Dagster kept it in; a flow that
reads it without making it loads it from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.units import Unit
from migrate.rewriting.keys import literal
from migrate.rewriting.selected_units import selected_units
from migrate.rewriting.stored_at import in_default_store, in_other_partitions
from migrate.rewriting.targeted import selection_of
from migrate.rewriting.wiring import units_of_job

if TYPE_CHECKING:
    from migrate.model import Model

STARTING = ("ScheduleDefinition", "schedule", "sensor")


def kept_keys(model: Model) -> frozenset[str]:
    """The keys of values that some flow reads without making them, and that Dagster's default store held."""
    found = set()
    for units in _flows(model):
        made = {key for unit in units for key in unit.keys}
        for unit in units:
            read = {i.key for i in unit.inputs} - made
            found |= {key for key in read if can_be_kept(model, unit, key)}
    for unit in model.deployed_units:
        found |= {i.key for i in unit.inputs if in_other_partitions(model, unit, i)}
    return frozenset(found)


def _flows(model: Model) -> Iterator[list[Unit]]:
    from migrate.implicit import groups  # it wires flows itself

    for job in model.jobs.values():
        if job.construct.kind == "define_asset_job" and model.is_deployed(job.construct):
            yield units_of_job(model, job)[0]
    for construct in model.project.constructs.values():
        if construct.kind in STARTING and selection_of(construct):
            value = model.project.value(construct, selection_of(construct))
            yield selected_units(model, value, construct.place)[0]
    if model.definitions:
        yield from (list(group.units) for group in groups(model))


def can_be_kept(model: Model, reader: Unit, key: str) -> bool:
    """Whether Dagster's default store holds the value, one file for what the reader wants of it."""
    maker = model.made_by.get(key)
    if (
        maker is None
        or not in_default_store(model, key)
        or "partition_mapping" in decorator_text(model, reader)
    ):
        return False
    return maker.partitions is None or repr(maker.partitions) == repr(reader.partitions)


def decorator_text(model: Model, maker: Unit) -> str:
    """The decorators of a unit's function as they are spelled."""
    node, tree = maker.construct.node, model.project.file_of(maker.construct).tree
    decorators = node.decorators if isinstance(node, cst.FunctionDef) else ()
    return "".join(tree.code_for_node(d) for d in decorators)


def arguments(model: Model, key: str) -> list[str]:
    """What `load` is told of a kept value: its key, and its partition."""
    maker = model.made_by[key]
    return [literal(key), *(["partition_key"] if maker.partitions is not None else [])]
