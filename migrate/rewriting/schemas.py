"""`config_schema={...}` as a Pydantic model: the same names, types, defaults, descriptions and comments."""

from __future__ import annotations

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.units import Unit
from migrate.rewriting.layout import Item, Pair, call, lay
from migrate.rewriting.work import Work, led, statements

TYPES = {
    "String": "str",
    "Int": "int",
    "Float": "float",
    "Bool": "bool",
    "StringSource": "str",
    "IntSource": "int",
}


def model_class(
    work: Work, construct: Construct, unit: Unit, updated: cst.FunctionDef
) -> list[cst.BaseStatement]:
    """The class of an op's config; empty when it has no schema."""
    node = construct.argument("config_schema")
    if not unit.config_model or not isinstance(node, cst.Dict):
        return []
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
            lines.append(_field(work, str(element.key.evaluated_value), element.value))
    return led(statements("\n".join(lines) + "\n"), updated.leading_lines)


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


def _field(work: Work, name: str, value: cst.BaseExpression) -> str:
    if not isinstance(value, cst.Call):
        return f"    {name}: {_type(work, value)}"
    given = {a.keyword.value if a.keyword else str(i): a.value for i, a in enumerate(value.args)}
    kind = _type(work, given.get("0") or given.get("config") or cst.Name("str"))
    default = given.get("default_value")
    optional = given.get("is_required")
    spelled = work.text(default) if default is not None else ""
    if not spelled and optional is not None and work.text(optional) == "False":
        kind, spelled = f"{kind} | None", "None"
    description = given.get("description")
    if description is None:
        return f"    {name}: {kind}" + (f" = {spelled}" if spelled else "")
    work.need("pydantic", "Field")
    items: list[Item] = [Pair("default", spelled)] if spelled else []
    start = f"    {name}: {kind} = "
    return start + lay(call("Field", *items, Pair("description", work.text(description))), 4, len(start))


def _type(work: Work, node: cst.BaseExpression) -> str:
    path = work.scopes.dagster(node)
    if path:
        return TYPES.get(path.rsplit(".", 1)[-1], work.need("typing", "Any"))
    if isinstance(node, cst.List) and len(node.elements) == 1:
        return f"list[{_type(work, node.elements[0].value)}]"
    if isinstance(node, cst.Dict):
        return f"dict[str, {work.need('typing', 'Any')}]"
    return work.text(node)
