"""What the parameters of a Dagster function are: context, resources, config, or values of assets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import libcst as cst

from migrate.reading.constructs import Construct, root_base
from migrate.reading.names import External, NameIndex, dotted

Role = Literal["context", "resource", "config", "input"]
CONFIGS = ("dagster.Config", "dagster.PermissiveConfig")
VALUES = ("String", "Int", "Float", "Bool", "Any", "Nothing", "DagsterType", "MaterializeResult", "AssetKey")
TYPES = frozenset(f"dagster.{name}" for name in VALUES)
"""Dagster's own types that an argument may have and no resource has."""
CONTEXT_NAMES = ("context", "_context", "_", "__", "ctx", "init_context", "_init_context")


@dataclass(frozen=True)
class Parameter:
    """One parameter; `annotation` is its source text without quotes, `default` likewise."""

    name: str
    role: Role
    annotation: str
    default: str


def annotation_of(param: cst.Param) -> cst.BaseExpression | None:
    """The annotation, unwrapped from quotes and `ResourceParam[...]`."""
    node = param.annotation.annotation if param.annotation else None
    if isinstance(node, cst.SimpleString):
        try:
            node = cst.parse_expression(str(node.evaluated_value))
        except cst.ParserSyntaxError:
            return None
    return node


def parameters(names: NameIndex, construct: Construct, tree: cst.Module) -> tuple[Parameter, ...]:
    """The parameters of a decorated function, in order, with the role Dagster gives each."""
    function = construct.node
    if not isinstance(function, cst.FunctionDef):
        return ()
    params = function.params
    given = [*params.posonly_params, *params.params, *params.kwonly_params]
    found = []
    for place, param in enumerate(given):
        node = annotation_of(param)
        text = tree.code_for_node(node) if node else ""
        default = tree.code_for_node(param.default) if param.default else ""
        role = _role(names, construct.module.removesuffix(" (shadowed)"), param.name.value, node, place)
        found.append(Parameter(param.name.value, role, text, default))
    return tuple(found)


def _role(
    names: NameIndex, module: str, name: str, annotation: cst.BaseExpression | None, place: int
) -> Role:
    if isinstance(annotation, cst.Subscript):
        wrapper = names.resolve(module, dotted(annotation.value)) if dotted(annotation.value) else None
        if isinstance(wrapper, External) and wrapper.path.endswith(".ResourceParam"):
            return "resource"
        generic = dotted(annotation.value)
        annotation = annotation.value if generic and _is_resource(names, module, generic) else None
    path = dotted(annotation)
    root = root_base(names, module, path) if path else ""
    if root.endswith("Context") or (place == 0 and name in CONTEXT_NAMES):
        return "context"
    if root in CONFIGS:
        return "config"
    if root and root not in TYPES:
        return "resource"
    return "input"


def _is_resource(names: NameIndex, module: str, path: str) -> bool:
    """Whether a class that takes types in brackets is a resource."""
    return "Resource" in root_base(names, module, path)
