"""How a flow spells what other modules hold: tasks, partitions, resources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.names import Internal
from migrate.reading.units import Unit, identity
from migrate.reading.values import Called, Decorated
from migrate.rewriting.parts import rewritten
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.reading.constructs import Construct
    from migrate.rewriting.wiring import Wiring


def identifier(name: str) -> str:
    """A name as a Python identifier: an asset's may begin with a digit."""
    return re.sub(r"^(?=\d)|\W", "_", name)


def camel(name: str) -> str:
    """`simulation_years` is `SimulationYears`, `YEARS` is `Years`: never the name itself."""
    joined = "".join(part[:1].upper() + part[1:] for part in re.split(r"[_\W]+", name) if part)
    return joined if joined != name else name.capitalize() if name.capitalize() != name else f"{name}Key"


def task_reference(work: Work, unit: Unit, wiring: Wiring) -> str:
    """The expression of a unit's task in the flow's file, imported."""
    construct = unit.construct
    if not construct.within:
        assert isinstance(construct.node, cst.FunctionDef)
        return work.own(construct.module, construct.node.name.value)
    wanted = unit.identity
    model = work.model
    told = getattr(model.project.names.modules, "loaded", {})  # some of them do not mention Dagster
    for module in [construct.module, *[f.module for f in model.project.python.values()], *list(told)]:
        for name in model.project.names.modules[module].nodes:
            value = model.project.evaluator.of_module(module, name)
            if isinstance(value, Decorated) and identity(value) == wanted:
                return work.own(module, name)
            for place, item in enumerate(value if isinstance(value, list) else ()):
                if isinstance(item, Decorated) and identity(item) == wanted:
                    return f"{work.own(module, name)}[{place}]"
            for key, item in value.items() if isinstance(value, dict) else ():
                if isinstance(item, Decorated) and identity(item) == wanted:
                    return f"{work.own(module, name)}[{key!r}]"
    wiring.problems.append(f"{unit.name} is made by a factory and kept in no variable of a module")
    return "None"


def partitions_variable(work: Work, partitions: Called) -> str:
    """The variable that holds a definition of partitions, imported; the empty string when there is none."""
    construct = work.model.project.constructs.get(partitions.place)
    name = _variable(work, construct)
    return work.own(construct.module, name) if construct and name else ""


def _variable(work: Work, construct: Construct | None) -> str:
    if construct is None:
        return ""
    held = work.model.project.names.modules[construct.module].nodes
    here = (n for n, nodes in held.items() if any(getattr(v, "value", None) is construct.node for v in nodes))
    return next(here, "")


def partition_alias(work: Work, partitions: Any) -> str:
    """The annotation of the partition parameter."""
    if not isinstance(partitions, Called):
        return "str"
    construct = work.model.project.constructs.get(partitions.place)
    name = _variable(work, construct)
    if construct and name:
        return work.own(construct.module, camel(name))
    if construct and construct.module == work.file.module and isinstance(construct.node, cst.Call):
        return f"{work.need('typing', 'Annotated')}[str, {rewritten(work, construct.node)}]"
    return "str"


def local_name(work: Work, key: str) -> str:
    """The variable that holds a resource in a flow: not a name that the module has at its top.

    Nor one that it imports from the project, nor that of a function which makes a resource here.
    """
    here = (work.file.module, key)
    names = work.model.project.names
    top = names.modules[work.file.module]
    own = any(r.key == key and (r.module, r.function) == here for r in work.model.every_resource)
    made = {r.function for r in work.model.resources.values() if r.module == work.file.module}
    from_project = {name for name, path in top.imports.items() if isinstance(names.follow(path), Internal)}
    taken = {*top.nodes, *from_project, *made, *([key] if own else [])}
    found = key if key not in taken else f"{key}_resource"
    while found in taken:
        found = f"{found}_"
    return found
