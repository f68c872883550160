"""What a `@resource` function asks of its context: its config and other resources."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted
from migrate.rewriting.work import Frame, Work, expression

RESOURCES = ("dagster.resource", "dagster.io_manager")
ANEW = "the resource it needs is made anew where it asks for it"
HAND = "Make it a parameter of the function."


def init_attribute(
    work: Work, frame: Frame, node: cst.Attribute, parts: list[str]
) -> cst.BaseExpression | None:
    """The counterpart of `init_context.x`; None leaves it to what stands around it."""
    if parts[1] == "resources" and len(parts) == 3:
        resource = work.model.resources.get(parts[2])
        if resource is not None:
            frame.differences.append(ANEW)
            maker = resource.function
            if resource.module != work.file.module:
                maker = f"{work.own_module(resource.module)}.{maker}"
            return expression(f"{maker}()")
    if parts[1:] == ["log"]:
        return expression(f"{work.need('prefect_support.validations', 'run_logger')}()")
    if parts[1:] == ["run_id"]:
        return expression(f"{work.need('prefect.runtime', 'flow_run')}.id")
    if parts[1] in ("resource_config", "resources") and (len(parts) == 2 or parts[2] == "get"):
        return None
    if len(parts) == 2 or parts[1] == "resources":
        work.unsupported(node, f"{'.'.join(parts)} of a resource", HAND)
    return None


def init_subscript(frame: Frame, node: cst.Subscript) -> cst.BaseExpression | None:
    """`init_context.resource_config["name"]` is the parameter `name`."""
    if dotted(node.value) != f"{frame.context}.resource_config":
        return None
    part = node.slice[0].slice
    return _named(part.value) if isinstance(part, cst.Index) else None


def init_call(frame: Frame, original: cst.Call) -> cst.BaseExpression | None:
    """`init_context.resource_config.get("name")` is the parameter `name`."""
    if dotted(original.func) != f"{frame.context}.resource_config.get" or not original.args:
        return None
    return _named(original.args[0].value)


def _named(node: cst.BaseExpression) -> cst.BaseExpression | None:
    name = str(node.evaluated_value) if isinstance(node, cst.SimpleString) else ""
    return cst.Name(name) if name.isidentifier() else None
