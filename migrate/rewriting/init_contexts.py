"""What a `@resource` function asks of its context: its config and other resources."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted
from migrate.rewriting.context_remedies import RESOURCE, remedy
from migrate.rewriting.layout import Group, lay
from migrate.rewriting.schemas import fields_of, resource_schema
from migrate.rewriting.work import Frame, Work, expression

RESOURCES = ("dagster.resource", "dagster.io_manager")
ANEW = "the resource it needs is made anew where it asks for it"


def init_attribute(
    work: Work, frame: Frame, node: cst.Attribute, parts: list[str]
) -> cst.BaseExpression | None:
    """The counterpart of `init_context.x`; None leaves it to what stands around it."""
    if parts[1] == "resources" and len(parts) == 3:
        resource = work.model.resources.get(parts[2])
        if resource is not None and resource.function:
            frame.differences.append(ANEW)
            maker = resource.function
            if resource.module != work.file.module:
                maker = f"{work.own_module(resource.module)}.{maker}"
            return expression(f"{maker}()")
    if parts[1:] == ["log"]:
        return expression(f"{work.need('prefect_support.validations', 'run_logger')}()")
    if parts[1:] == ["run_id"]:
        return expression(f"{work.need('prefect.runtime', 'flow_run')}.id")
    if parts[1:] == ["resource_config"]:
        return _whole_config(work, frame, node)
    if parts[1:] == ["resources"] or parts[1:] == ["resource_config", "get"]:
        return None
    if len(parts) == 2 or parts[1] == "resources":
        work.unsupported(node, f"{'.'.join(parts)} of a resource", remedy(RESOURCE, parts[1]))
    return None


def init_subscript(frame: Frame, node: cst.Subscript) -> cst.BaseExpression | None:
    """`init_context.resource_config["name"]` is the parameter `name`."""
    if dotted(node.value) != f"{frame.context}.resource_config":
        return None
    part = node.slice[0].slice
    return _named(part.value) if isinstance(part, cst.Index) else None


def _whole_config(work: Work, frame: Frame, node: cst.Attribute) -> cst.BaseExpression | None:
    """The config as a dictionary of the parameters; what was not given and has no default is not in it."""
    assert frame.construct
    schema = resource_schema(frame.construct)
    fields = [field_name(field) for field in fields_of(work, frame.construct)]
    if not isinstance(schema, cst.Dict) or len(fields) != len(schema.elements):
        work.unsupported(node, "context.resource_config without fields", remedy(RESOURCE, "resource_config"))
        return None
    every = lay(Group("{", tuple(f'"{name}": {name}' for name in fields), "}"), 4, 16)
    if not any(field.endswith(" = None") for field in fields_of(work, frame.construct)):
        return expression(every)
    return expression(f"{{key: value for key, value in {every}.items() if value is not None}}")


def init_call(work: Work, frame: Frame, original: cst.Call) -> cst.BaseExpression | None:
    """`init_context.resource_config.get("name")` is the parameter `name`."""
    if dotted(original.func) != f"{frame.context}.resource_config.get" or not original.args:
        return None
    named, default = _named(original.args[0].value), original.args[1:2]
    fields = fields_of(work, frame.construct) if frame.construct else []
    if not isinstance(named, cst.Name) or not default:
        return named
    if not any(f.endswith(" = None") and field_name(f) == named.value for f in fields):
        return named
    return expression(f"{named.value} if {named.value} is not None else {work.text(default[0].value)}")


def field_name(field: str) -> str:
    """The name of a parameter that is spelled out."""
    return field.partition(":")[0]


def _named(node: cst.BaseExpression) -> cst.BaseExpression | None:
    name = str(node.evaluated_value) if isinstance(node, cst.SimpleString) else ""
    return cst.Name(name) if name.isidentifier() else None
