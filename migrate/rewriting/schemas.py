"""`config_schema={...}` as a Pydantic model: the same names, types, defaults, descriptions and comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.signatures import Parameter
from migrate.reading.units import Unit
from migrate.reading.walking import look
from migrate.rewriting.layout import Item, Pair, call, lay
from migrate.rewriting.references import camel
from migrate.rewriting.work import Work, led, statements

if TYPE_CHECKING:
    from migrate.model import Model

TYPES = {
    "String": "str",
    "Int": "int",
    "Float": "float",
    "Bool": "bool",
    "StringSource": "str",
    "IntSource": "int",
    "BoolSource": "bool",
    "Any": "Any",
}


def model_class(
    work: Work, construct: Construct, unit: Unit, updated: cst.FunctionDef
) -> list[cst.BaseStatement]:
    """The class of an op's config; empty when it has no schema."""
    node = construct.argument("config_schema")
    if not unit.config_model:
        return []
    if not isinstance(node, cst.Dict):
        return _free_class(work, construct, unit, updated)
    work.need("pydantic", "BaseModel")
    lines = [
        f'class {unit.config_model}(BaseModel, extra="forbid"):',
        f'    """Config of `{unit.name}`."""',
        "",
    ]
    comments = _comments(node)
    for place, element in enumerate(node.elements):
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
            lines += [f"    {comment}" for comment in comments.get(place, ())]
            lines.append(field_line(work, str(element.key.evaluated_value), element.value))
    return led(statements("\n".join(lines) + "\n"), updated.leading_lines)


def _free_class(
    work: Work, construct: Construct, unit: Unit, updated: cst.FunctionDef
) -> list[cst.BaseStatement]:
    """The class of a config that may hold anything: no schema says what, and no run is refused for it."""
    lines = [
        f'class {unit.config_model}({work.need("pydantic", "BaseModel")}, extra="allow"):',
        f'    """Config of `{unit.name}`: whatever a run gives it."""',
    ]
    return led(statements("\n".join(lines) + "\n"), updated.leading_lines)


def unchecked(work: Work, construct: Construct) -> list[str]:
    """What is no longer checked of a schema: fields within its fields, which become plain dictionaries."""
    node = construct.argument("config_schema")
    found = []
    for element in node.elements if isinstance(node, cst.Dict) else ():
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
            inner = _Inner(work)
            look(element.value, inner)
            found += [str(element.key.evaluated_value)] if inner.found else []
    if not found:
        return []
    names = ", ".join(f"`{name}`" for name in found)
    return [f"the fields within {names} are not checked before the run, and their defaults not filled in"]


class _Inner(cst.CSTVisitor):
    """Whether fields are named within a field's type; its default is no type."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work, self.found = work, False

    def visit_Arg(self, node: cst.Arg) -> bool:
        return node.keyword is None or node.keyword.value in ("config", "fields", "inner_type", "schema")

    def visit_Call(self, node: cst.Call) -> None:
        kind = self._work.scopes.dagster(node.func).rpartition(".")[2]
        self.found = self.found or (kind == "Selector" and bool(node.args))

    def visit_Dict(self, node: cst.Dict) -> None:
        self.found = self.found or bool(node.elements)


def resource_schema(construct: Construct) -> cst.BaseExpression | None:
    """The config schema of a resource, which may come first without its name."""
    return construct.argument("config_schema", 0)


def fields_of(work: Work, construct: Construct) -> list[str]:
    """The fields of a resource's config as parameters: those without a default first."""
    node = resource_schema(construct)
    found = []
    for element in node.elements if isinstance(node, cst.Dict) else ():
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
            bare = _undescribed(element.value)
            found.append(field_line(work, str(element.key.evaluated_value), bare).strip())
    return sorted(found, key=lambda field: " = " in field)


def _undescribed(node: cst.BaseExpression) -> cst.BaseExpression:
    """A field without its description: a parameter has no place for one."""
    if not isinstance(node, cst.Call):
        return node
    args = [a for a in node.args if not (a.keyword and a.keyword.value == "description")]
    return node.with_changes(args=args)


def _comments(node: cst.Dict) -> dict[int, list[str]]:
    """Comments before an element, by its place: LibCST keeps them behind the comma before it."""
    found: dict[int, list[str]] = {}
    spaces = [node.lbrace.whitespace_after]
    spaces += [getattr(e.comma, "whitespace_after", None) for e in node.elements]  # type: ignore[misc]
    for place, space in enumerate(spaces):
        for line in getattr(space, "empty_lines", ()):
            if line.comment:
                found.setdefault(place, []).append(line.comment.value)
    return found


def field_line(work: Work, name: str, value: cst.BaseExpression) -> str:
    """One field of a schema as an indented line of a model."""
    if not isinstance(value, cst.Call) or not work.scopes.dagster(value.func).endswith(".Field"):
        return f"    {name}: {_type(work, value)}" + (" = None" if _noneable(work, value) else "")
    given = {a.keyword.value if a.keyword else str(i): a.value for i, a in enumerate(value.args)}
    kind = _type(work, given.get("0") or given.get("config") or cst.Name("str"))
    default = given.get("default_value")
    optional = given.get("is_required")
    spelled = work.text(default) if default is not None else ""
    if not spelled and optional is not None and work.text(optional) == "False":
        kind, spelled = kind if kind.endswith("| None") else f"{kind} | None", "None"
    if not spelled and kind.endswith("| None") and (optional is None or work.text(optional) == "False"):
        spelled = "None"
    description = given.get("description")
    if description is None:
        return f"    {name}: {kind}" + (f" = {spelled}" if spelled else "")
    work.need("pydantic", "Field")
    items: list[Item] = [Pair("default", spelled)] if spelled else []
    start = f"    {name}: {kind} = "
    return start + lay(call("Field", *items, Pair("description", work.text(description))), 4, len(start))


def _noneable(work: Work, node: cst.BaseExpression) -> bool:
    """Whether a value may be left out: Dagster takes None for it then."""
    return isinstance(node, cst.Call) and work.scopes.dagster(node.func).endswith(".Noneable")


def _type(work: Work, node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Call):
        return _called(work, node)
    path = work.scopes.dagster(node)
    if path:
        return TYPES.get(path.rsplit(".", 1)[-1], work.need("typing", "Any"))
    if isinstance(node, cst.List) and len(node.elements) == 1:
        return f"list[{_type(work, node.elements[0].value)}]"
    if isinstance(node, cst.Dict):
        return f"dict[str, {work.need('typing', 'Any')}]"
    return work.text(node)


def _called(work: Work, node: cst.Call) -> str:
    """`Noneable(x)`, `Array(x)`, `Map(k, v)` and the like."""
    name = work.scopes.dagster(node.func).rpartition(".")[2]
    args = [arg.value for arg in node.args]
    if name == "Noneable" and args:
        return f"{_type(work, args[0])} | None"
    if name == "Array" and args:
        return f"list[{_type(work, args[0])}]"
    if name == "Map" and len(args) > 1:
        return f"dict[{_type(work, args[0])}, {_type(work, args[1])}]"
    if name in ("Shape", "Permissive", "Selector", "PermissiveDict"):
        return f"dict[str, {work.need('typing', 'Any')}]"
    if name == "Enum" and len(args) > 1 and isinstance(args[1], cst.List):
        values = [_member(work, element.value) for element in args[1].elements]
        if all(values):
            return f"{work.need('typing', 'Literal')}[{', '.join(values)}]"
    return work.need("typing", "Any")


def _member(work: Work, node: cst.BaseExpression) -> str:
    """The text of an `EnumValue`; empty when it stands for a value of its own."""
    if not isinstance(node, cst.Call) or len(node.args) != 1:
        return ""
    value = node.args[0].value
    return work.text(value) if isinstance(value, cst.SimpleString) else ""


def below(function: cst.FunctionDef, moved: bool) -> list[cst.BaseStatement]:
    """The function; comments above it have moved to the model that stands before it."""
    if not moved:
        return [function]
    empty = cst.EmptyLine(indent=False)
    return [function.with_changes(leading_lines=[empty, empty])]


def model_name(model: Model, construct: Construct, parameters: Sequence[Parameter]) -> str:
    """The name of the model that a config schema written out becomes, or one that is used and is not there.

    Empty for any other schema.
    """
    schema = construct.argument("config_schema")
    if isinstance(schema, cst.Dict) or (schema is None and _asks(model, construct, parameters)):
        return f"{camel(construct.name)}Config"
    return ""


def _asks(model: Model, construct: Construct, parameters: Sequence[Parameter]) -> bool:
    """Whether a function without a schema, whose arguments are all told, asks for its config."""
    if any(p.role == "config" for p in parameters) or any(a.name == "**" for a in construct.arguments):
        return False
    context = next((p.name for p in parameters if p.role == "context"), "")
    return bool(context and model.uses(construct, context).attributes & {"op_config", "solid_config"})
