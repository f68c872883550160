"""Methods that make a construct of another one: `graph.to_job(…)`, `op.configured(…)`."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import External, Internal, NameIndex, dotted

METHODS = {
    ("dagster.graph", "to_job"): "dagster.GraphDefinition.to_job",
    ("dagster.op", "configured"): "dagster.OpDefinition.configured",
    ("dagster.resource", "configured"): "dagster.ResourceDefinition.configured",
    ("dagster.io_manager", "configured"): "dagster.ResourceDefinition.configured",
}


def method_path(names: NameIndex, module: str, func: cst.BaseExpression) -> str:
    """The canonical name of a method called on a decorated function; empty for any other call."""
    if not isinstance(func, cst.Attribute) or func.attr.value not in ("to_job", "configured"):
        return ""
    return METHODS.get((decorator_of(names, module, dotted(func.value)), func.attr.value), "")


def decorator_of(names: NameIndex, module: str, path: str, seen: frozenset[Internal] = frozenset()) -> str:
    """Dagster's decorator of the function that a name leads to; the empty string for anything else."""
    meaning = names.resolve(module, path) if path else None
    if not isinstance(meaning, Internal) or meaning.rest or meaning in seen:  # `x = x.configured(…)`
        return ""
    node = names.modules[meaning.module].nodes[meaning.name][-1]
    if isinstance(node, cst.Assign) and isinstance(node.value, cst.Call):
        func = node.value.func
        if isinstance(func, cst.Attribute) and func.attr.value == "configured":
            return decorator_of(names, meaning.module, dotted(func.value), seen | {meaning})
    for decorator in node.decorators if isinstance(node, cst.FunctionDef) else ():
        expression = decorator.decorator
        name = dotted(expression.func if isinstance(expression, cst.Call) else expression)
        found = names.resolve(meaning.module, name) if name else None
        if isinstance(found, External) and found.is_dagster:
            return found.path
    return ""
