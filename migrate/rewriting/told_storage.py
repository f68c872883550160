"""What a task tells a storage class beside the value: what the class asks its contexts for, and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.folding import literal
from migrate.reading.sources import of_source
from migrate.reading.units import Out, Unit
from migrate.reading.values import Called
from migrate.rewriting.layout import quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.references import partitions_variable
from migrate.rewriting.storage_asks import METADATA, PARTITIONS, UPSTREAM, Asks, asks
from migrate.rewriting.tabled import NAMING

if TYPE_CHECKING:
    from migrate.rewriting.signature import Load
    from migrate.rewriting.work import Work

CONFIG = "step_context.op_config"
RESULT = "result"
"""What Dagster calls the only output of a step, and what `store` does unless it is told."""
RESULTS = re.compile(r"^(?:\w+\.)?(?:Output|MaterializeResult|DynamicOutput)\[(.*)\]$", re.DOTALL)
MANY = re.compile(r"^(?:\w+\.)?(?:Iterator|Iterable|Generator|Optional|Union|Tuple|tuple)\b")
SPELL = "Write the metadata out in the decorator, or store the value in the task."


def told_of_output(work: Work, unit: Unit, out: Out, name: str = "") -> list[str]:
    """What `store` is told: keyword arguments, spelled; so is `name`, that of the output."""
    asked = asks(work.model, out.store)
    told = []
    if asked.any_of("name") and out.name != RESULT:
        told += _named("name", name or quoted(out.name))
    if asked.any_of(*METADATA):
        told += _named("metadata", _metadata(work, unit, out, asked.table))
    if asked.any_of("dagster_type"):
        told += _named("kind", _kind(_returns(work, unit)) if len(unit.outs) == 1 else "")
    return [*told, *_common(work, unit, unit, asked)]


def told_of_load(work: Work, unit: Unit, load: Load) -> list[str]:
    """What `load` is told: keyword arguments, spelled."""
    asked = asks(work.model, load.store)
    maker = work.model.made_by.get(load.key)
    told = []
    if asked.any_of("name"):
        told += _named("name", quoted(load.name))
    if maker and asked.any_of("upstream_output.name"):
        made = next(o for o in maker.outs if o.key == load.key).name
        told += _named("upstream_name", quoted(made) if made != RESULT else "")
    if asked.any_of(*METADATA):
        declared = work.model.project.value(unit.construct, "ins")
        given = declared.get(load.name) if isinstance(declared, dict) else None
        own = given.get("metadata") if isinstance(given, Called) else None
        told += _named("metadata", _spelled(work, unit, own, asked.table))
    if maker and asked.any_of(*UPSTREAM):
        out = next(o for o in maker.outs if o.key == load.key)
        told += _named("upstream", _metadata(work, maker, out, asked.table))
    elif load.key in work.model.sources and asked.any_of(*UPSTREAM):
        said = of_source(work.model.sources[load.key], "metadata")
        told += _named("upstream", _spelled(work, unit, said, asked.table))
    if asked.any_of("dagster_type"):
        annotation = next((p.annotation for p in unit.parameters if p.name == load.name), "")
        told += _named("kind", _kind(annotation))
    return [*told, *_common(work, unit, maker, asked)]


def _common(work: Work, unit: Unit, maker: Unit | None, asked: Asks) -> list[str]:
    """The asset's partitions, and the config and the resources of the task."""
    told = []
    if maker and maker.partitions is not None and asked.any_of(*PARTITIONS):
        held = partitions_variable(work, maker.partitions) if isinstance(maker.partitions, Called) else ""
        if not held and work.frame:
            what = f"partitions of {maker.keys[0]} that no variable holds, which its storage class asks for,"
            work.unsupported(work.frame.function, what, "Keep the definition in a variable of a module.")
        told += _named("partitions", held)
    if asked.any_of(CONFIG):
        told += _named("config", next((p.name for p in unit.parameters if p.role == "config"), ""))
    needed = [p.split(".")[1] for p in sorted(asked.paths) if p.startswith("resources.")]
    names = ", ".join(f'"{key}": {key}' for key in dict.fromkeys(needed))
    return [*told, *_named("resources", f"{{{names}}}" if needed else "")]


def _named(name: str, text: str) -> list[str]:
    return [f"{name}={text}"] if text else []


def _metadata(work: Work, unit: Unit, out: Out, table: bool) -> str:
    declared = out.declared
    value = declared.get("metadata") if isinstance(declared, Called) else None
    if value is None and len(unit.outs) == 1:
        value = work.model.project.value(unit.construct, "metadata", None, unit.scope)
        node = unit.construct.argument("metadata")
        here = unit.construct.module == work.file.module and not unit.construct.within
        if node is not None and here and not _plain(value):
            return rewritten(work, node)
    return _spelled(work, unit, value, table)


def _spelled(work: Work, unit: Unit, value: Any, table: bool) -> str:
    """A dictionary of plain values; of a table's only what names its place."""
    if value is None:
        return ""
    if table and isinstance(value, dict):
        value = {name: worth for name, worth in value.items() if name in NAMING}
    if not isinstance(value, dict) or not _plain(value) or (unit.construct.within and value):
        if work.frame:
            work.unsupported(
                work.frame.function, "metadata that reading cannot tell, of what it stores,", SPELL
            )
        return ""
    return _written(value) if value else ""


def _written(value: Any) -> str:
    """A plain value as code, with double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_written(k)}: {_written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    return cst.Module([]).code_for_node(literal(value))


def _plain(value: Any) -> bool:
    """Whether a value can be written out."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and _plain(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return all(map(_plain, value))
    return value is None or isinstance(value, str | int | float | bool)


def _returns(work: Work, unit: Unit) -> str:
    node = unit.construct.node
    assert isinstance(node, cst.FunctionDef)
    return work.text(node.returns.annotation) if node.returns else ""


def _kind(annotation: str) -> str:
    """The type that an annotation names, without Dagster's results around it; empty when it says none."""
    text = annotation.strip("\"'")
    inner = RESULTS.match(text)
    text = inner.group(1) if inner else text
    return "" if MANY.match(text) or text in ("", "Any") else text
