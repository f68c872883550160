"""The steps of a flow that Dagster runs: what they wait for, and the values that they are handed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from migrate.reading.units import Unit
from migrate.rewriting.layout import quoted
from migrate.rewriting.references import identifier, task_reference
from migrate.rewriting.signature import TaskParameter
from migrate.rewriting.wiring import Step, Wiring, argument
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.model import Model


def bridged_step(
    work: Work, unit: Unit, maker: dict[str, Unit], blocking: Mapping[str, Sequence[str]], wiring: Wiring
) -> Step:
    """A step that Dagster runs: it is given its partition and what Dagster lacks, and waits for the rest.

    Args:
        maker: asset key → the unit of this flow that makes it.
        blocking: asset key → futures of the checks that stop what is downstream.
        wiring: notes the partition, and values that this flow can neither make nor load.
    """
    arguments = []
    judged = [maker[check.asset] for check in unit.checks if check.asset in maker]
    if any(one.partitions is not None for one in (unit, *judged)):
        wiring.partition = wiring.partition or "str"
        arguments.append("partition_key=partition_key")
    handed = handed_over(work.model, unit)
    if handed:
        given = {key: argument(work, unit, TaskParameter("", "input", key), maker, wiring) for key in handed}
        arguments.append(f"values={{{', '.join(f'{quoted(key)}: {code}' for key, code in given.items())}}}")
    needed = [key for key in unit.upstream if key in maker and key not in handed]
    waits = [f"{identifier(maker[key].name)}_future" for key in needed]
    if unit.does != "check":
        waits += [future for key in unit.upstream for future in blocking.get(key, ())]
    return Step(unit.name, task_reference(work, unit, wiring), arguments, list(dict.fromkeys(waits)))


def handed_over(model: Model, unit: Unit) -> list[str]:
    """The keys whose values a bridged step takes and no storage class keeps: Dagster lacks them."""
    found = []
    for key in dict.fromkeys(given.key for given in unit.inputs):
        maker = model.made_by.get(key)
        if maker is None or maker.construct.place in model.bridged:
            continue
        if any(out.key == key and out.value and not out.store for out in maker.outs):
            found.append(key)
    return found
