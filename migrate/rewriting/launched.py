"""`Resource.configure_at_launch()`: what a run says of it is a parameter of the flow."""

from __future__ import annotations

import libcst as cst

from migrate.reading.deployed_resources import Resource
from migrate.reading.names import dotted
from migrate.rewriting.work import Work, statements

METHOD = ".configure_at_launch"


def launched_class(value: cst.CSTNode | None) -> str:
    """How the class of a resource is spelled that is given its values at the launch of a run."""
    path = dotted(value.func) if isinstance(value, cst.Call) else ""
    return path.removesuffix(METHOD) if path.endswith(METHOD) else ""


def is_launched(work: Work, resource: Resource) -> bool:
    """Whether a run gives a resource of the project's its values."""
    node: cst.CSTNode | None = resource.node
    if node is None:
        bound = work.model.project.names.modules[resource.module].nodes.get(resource.function, [None])[-1]
        node = bound.value if isinstance(bound, cst.Assign | cst.AnnAssign) else None
    return ":" in resource.type_path and bool(launched_class(node))


def launched(work: Work, name: str, kind: str, value: cst.Call) -> list[cst.BaseStatement]:
    """The function that makes it of what the run says."""
    any_ = work.need("typing", "Any")
    body = f"return {of_config(work, value, 'config')}"
    return statements(f"\n\ndef {name}(**config: {any_}) -> {kind}:\n    {body}\n")


def of_config(work: Work, value: cst.Call, config: str) -> str:
    """The call of the class, with what a run says in place of what was said before."""
    said = [f'"{a.keyword.value}": {work.text(a.value)}' for a in value.args if a.keyword]
    given = f"{{{', '.join([*said, f'**{config}'])}}}" if said else config
    return f"{launched_class(value)}(**{given})"
