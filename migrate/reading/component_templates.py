"""Templates in a component's YAML as the Python expressions they stand for."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

TEMPLATE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
OFFERED = ("AutomationCondition", "FreshnessPolicy", "PartitionsDefinition")
"""How the names of `dg` end that Dagster offers to templates."""


class Untold(Exception):
    """A component says something that has no Python form here; the message names it."""


@dataclass
class Scope:
    """What templates of a component may name.

    Args:
        root: the expression of the project's folder, made when asked for.
        names: what the component's class offers besides, as expressions.
        imports: import statements that what was read needs; added to.
    """

    root: Callable[[], str]
    names: Mapping[str, str] = field(default_factory=dict)
    imports: dict[str, None] = field(default_factory=dict)


def quoted(worth: Any) -> str:
    """A value of YAML as Python, as a formatter would spell it."""
    return json.dumps(worth, ensure_ascii=False) if isinstance(worth, str) else repr(worth)


def templated(text: str, scope: Scope) -> str:
    """A text of YAML as an expression: what a lone template is worth, else a text made of its parts.

    Raises:
        Untold: a template asks for what only Dagster has.
    """
    pieces = TEMPLATE.split(text)
    if len(pieces) == 3 and not pieces[0].strip() and not pieces[2].strip():
        return expression(pieces[1], scope)
    found = [
        f"str({expression(piece, scope)})" if place % 2 else quoted(piece)
        for place, piece in enumerate(pieces)
        if piece
    ]
    return " + ".join(found) or '""'


def expression(text: str, scope: Scope) -> str:
    """What stands within the braces of a template, as Python.

    Raises:
        Untold: as above.
    """
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as problem:
        raise Untold(f"the template {text}") from problem
    reader = _Reader(scope)
    changed = reader.visit(tree)
    if reader.untold:
        raise Untold(f"the template {text}")
    text = ast.unparse(ast.fix_missing_locations(changed))
    return text if '"' in text or "\\" in text else text.replace("'", '"')


class _Reader(ast.NodeTransformer):
    """Names of the template's scope become names of Python; one that has no meaning is told."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.untold = False

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """`env('NAME')`, with a default or without."""
        if isinstance(node.func, ast.Name) and node.func.id == "env":
            self._scope.imports["import os"] = None
            form = "os.environ[{}]" if len(node.args) == 1 else "os.environ.get({})"
            given = ", ".join(ast.unparse(a) for a in (*node.args, *(k.value for k in node.keywords)))
            return ast.parse(form.format(given), mode="eval").body
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """`env.NAME`, `context.project_root` and what `dg` offers."""
        if isinstance(node.value, ast.Name):
            base, name = node.value.id, node.attr
            if base == "env":
                self._scope.imports["import os"] = None
                return ast.parse(f"os.environ.get({name!r})", mode="eval").body
            if base == "context" and name == "project_root":
                return ast.parse(f"str({self._scope.root()})", mode="eval").body
            if base == "dg" and name.endswith(OFFERED):
                return node
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """A name by itself."""
        known = {"automation_condition": "dg.AutomationCondition", **self._scope.names}
        if node.id == "project_root":
            return ast.parse(f"str({self._scope.root()})", mode="eval").body
        if node.id in known:
            return ast.parse(known[node.id], mode="eval").body
        self.untold = self.untold or node.id not in ("True", "False", "None", "true", "false", "none")
        constant = {"true": "True", "false": "False", "none": "None"}.get(node.id, node.id)
        return ast.parse(constant, mode="eval").body
