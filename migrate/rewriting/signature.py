"""The parameters of a converted task: resources and stores, config and values, the partition last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from migrate.reading.signatures import Parameter
from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.storage_asks import resources_asked
from migrate.rewriting.stored_at import FILES, kept_at

if TYPE_CHECKING:
    from migrate.model import Model

EVERYWHERE = ("AllPartitionMapping", "LastPartitionMapping", "SpecificPartitionsPartitionMapping")
"""Mappings to partitions that are the same for every run."""
Source = Literal["resource", "config", "input", "partition"]


@dataclass(frozen=True)
class TaskParameter:
    """One parameter: where its argument comes from, and the legacy parameter it was, if it was one."""

    name: str
    source: Source
    of: str = ""
    legacy: Parameter | None = None


@dataclass(frozen=True)
class Load:
    """A value that the task reads from a store at its start."""

    name: str
    key: str
    store: str
    partitioned: bool
    partitions: Any = None
    mapping: Any = None

    @property
    def asks(self) -> bool:
        """Whether the run's own partition says which of the upstream ones are read."""
        short = self.mapping.short if isinstance(self.mapping, Called) else ""
        return self.partitioned and short not in EVERYWHERE


def loads(model: Model, unit: Unit) -> tuple[Load, ...]:
    """The inputs that come through a storage class."""
    found = []
    for given in unit.inputs:
        store, partitions = kept_at(model, unit, given)
        if store:
            parted = partitions is not None
            found.append(Load(given.name, given.key, store, parted, partitions, given.mapping))
    return tuple(found)


def task_parameters(model: Model, unit: Unit) -> tuple[TaskParameter, ...]:
    """The parameters of the task that a unit becomes, in order."""
    loaded = loads(model, unit)
    resources = [
        TaskParameter(p.name, "resource", p.name, p) for p in unit.parameters if p.role == "resource"
    ]
    uses = model.uses(unit.construct, unit.context)
    stores = [out.store for out in unit.outs if out.store and out.value] + [load.store for load in loaded]
    stores = [store for store in stores if store != FILES]
    told = [key for store in dict.fromkeys(stores) for key in resources_asked(model, store)]
    for key in dict.fromkeys([*unit.required, *uses.resources, *stores, *told]):
        if key not in [p.name for p in resources]:
            resources.append(TaskParameter(key, "resource", key))
    values = []
    for p in unit.parameters:
        if p.role == "config":
            values.append(TaskParameter(p.name, "config", p.annotation, p))
        elif p.role == "input" and p.name not in [load.name for load in loaded]:
            key = next((i.key for i in unit.inputs if i.name == p.name), "")
            values.append(TaskParameter(p.name, "input", key, p))
    if uses.attributes & {"op_config", "solid_config"} and unit.config_model:
        values.insert(0, TaskParameter("config", "config", unit.config_model))
    read = loaded if unit.partitions is not None else ()
    own = unit.partitions is not None and any(
        (out.store or out.key in model.kept) and out.value for out in unit.outs
    )
    if uses.partition or unit.partitioned or own or any(load.asks for load in read):
        values.append(TaskParameter("partition_key", "partition"))
    defaulted = [
        v for v in values if unit.does == "op" and v.source == "input" and v.legacy and v.legacy.default
    ]
    return (*resources, *(v for v in values if v not in defaulted), *defaulted)


def asks_whether_partitioned(model: Model, unit: Unit) -> bool:
    """Whether a step without partitions asks if its run has one, and so does without."""
    return (
        unit.partitions is None and "has_partition_key" in model.uses(unit.construct, unit.context).attributes
    )


def default_flow_config(unit: Unit) -> str:
    """The name of the flow parameter that holds a unit's config."""
    return f"{unit.name}_config"
