"""What a job is called: by the variable that holds it, and by the graph it is made of."""

from __future__ import annotations

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.project import Project
from migrate.reading.values import Decorated


def graph_name(project: Project, construct: Construct) -> str:
    """The name of the graph that `to_job` makes a job of, which is the job's, too; else empty."""
    func = construct.node.func if isinstance(construct.node, cst.Call) else None
    if construct.kind != "to_job" or not isinstance(func, cst.Attribute):
        return ""
    value = project.evaluator.value(func.value, project.scope_of(construct))
    graph = project.constructs.get(value.place) if isinstance(value, Decorated) else None
    named = project.value(graph, "name") if graph else None
    return named if isinstance(named, str) else graph.name if graph else ""


def bound_to(project: Project, construct: Construct) -> str:
    """The name at the top of its module that is the construct; empty when there is none."""
    if isinstance(construct.node, cst.FunctionDef):
        return construct.node.name.value
    for name, nodes in project.names.modules[construct.module].nodes.items():
        for node in nodes:
            if isinstance(node, cst.Assign | cst.AnnAssign) and node.value is construct.node:
                return name
    return ""
