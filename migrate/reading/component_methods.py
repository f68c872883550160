"""The methods of a component's class as plain functions: what YAML says stands in the place of `self`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import libcst as cst

from migrate.reading.component_templates import Untold
from migrate.reading.folding import Folds
from migrate.reading.names import dotted
from migrate.reading.walking import rewrite

PROPERTIES = ("property", "cached_property", "functools.cached_property")
HERE = "Path(__file__).parent"


@dataclass
class Laid:
    """What is being laid out.

    Args:
        prefix: what the names of the functions start with.
        given: the expressions of the fields.
        methods: the class's methods, each with its module.
        models: the models that the expressions make.
        root: the expression of the project's folder, made when asked for.
    """

    prefix: str
    given: Mapping[str, str]
    methods: Mapping[str, tuple[str, cst.FunctionDef]]
    models: Mapping[str, tuple[str, str]]
    root: Callable[[], str]
    contexts: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    imports: dict[str, None] = field(default_factory=dict)

    def function(self, name: str) -> str:
        """The name of a method's function, which is laid out later."""
        if name not in self.waiting:
            self.waiting.append(name)
        return f"{self.prefix}_{name.strip('_')}"

    def kind(self, name: str) -> str:
        """`property`, `static` or `method`."""
        decorators = [dotted(d.decorator) for d in self.methods[name][1].decorators]
        if not decorators:
            return "method"
        if len(decorators) == 1 and decorators[0] in PROPERTIES:
            return "property"
        if decorators in (["staticmethod"], ["classmethod"]):
            return "static" if decorators == ["staticmethod"] else "method"
        raise Untold(f"the decorator of {name}")


def laid_out(laid: Laid, name: str, context: str = "") -> cst.FunctionDef:
    """A method as a function: `self` and what `context` the loader hands over are gone.

    Raises:
        Untold: it asks for what only Dagster's loader has.
    """
    node = laid.methods[name][1]
    if any(True for p in (node.params.star_arg, node.params.star_kwarg) if isinstance(p, cst.Param)):
        raise Untold(f"{name} with stars")
    static = laid.kind(name) == "static"
    params = list(node.params.params)
    own = "" if static or not params else params[0].name.value
    kept = [p for p in params[0 if static else 1 :] if p.name.value != context]
    block, names = _without_aliases(node.body, context)
    selfless = _Selfless(laid, own, names)
    body = rewrite(block, selfless)
    if selfless.untold:
        raise Untold(selfless.untold)
    fresh = node.with_changes(
        name=cst.Name(laid.function(name)) if name != "build_defs" else node.name,
        params=node.params.with_changes(params=kept),
        body=body,
        decorators=[],
        leading_lines=[cst.EmptyLine(), cst.EmptyLine()],
    )
    folded = rewrite(fresh, Folds(laid.models))
    assert isinstance(folded, cst.FunctionDef)
    return folded


def _without_aliases(block: cst.BaseSuite, context: str) -> tuple[cst.BaseSuite, tuple[str, ...]]:
    """A body without `other = context`, and the names that the loader's context has in it."""
    if not context or not isinstance(block, cst.IndentedBlock):
        return block, (context,) if context else ()
    kept: list[cst.BaseStatement] = []
    names = [context]
    for statement in block.body:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if isinstance(small, cst.Assign) and dotted(small.value) in names:
            names += [dotted(target.target) for target in small.targets]
        else:
            kept.append(statement)
    return block.with_changes(body=kept), tuple(names)


class _Selfless(cst.CSTTransformer):
    def __init__(self, laid: Laid, own: str, context: tuple[str, ...]) -> None:
        super().__init__()
        self._laid, self._own, self._context = laid, own, context
        self._hidden: list[set[str]] = []
        self._met: set[int] = set()
        self.untold = ""

    def _is(self, node: cst.CSTNode, *names: str) -> bool:
        if not isinstance(node, cst.Name) or node.value not in names:
            return False
        return bool(node.value) and not any(node.value in hidden for hidden in self._hidden)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """The parameters of a function within hide names."""
        given = node.params
        every = [*given.posonly_params, *given.params, *given.kwonly_params, given.star_arg, given.star_kwarg]
        self._hidden.append({p.name.value for p in every if isinstance(p, cst.Param)})

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        """Out of it again."""
        self._hidden.pop()
        return updated_node

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """A field, a method or what the context is asked for: no bare name."""
        if self._is(node.value, self._own) or self._is(node.value, *self._context):
            self._met.add(id(node.value))

    def visit_Call(self, node: cst.Call) -> None:
        """The loader's context, handed on to a method, is left out on both sides."""
        for arg in self._handed(node):
            self._met.add(id(arg.value))

    def _handed(self, node: cst.Call) -> list[cst.Arg]:
        func = node.func
        if not isinstance(func, cst.Attribute) or not self._is(func.value, self._own):
            return []
        name = func.attr.value
        if name not in self._laid.methods:
            return []
        params = self._laid.methods[name][1].params.params[0 if self._laid.kind(name) == "static" else 1 :]
        found = []
        for place, arg in enumerate(node.args):
            if self._is(arg.value, *self._context):
                told = arg.keyword.value if arg.keyword else params[place].name.value
                self._laid.contexts[name] = told
                found.append(arg)
        return found

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """As above."""
        gone = self._handed(original_node)
        kept = [
            new for old, new in zip(original_node.args, updated_node.args, strict=True) if old not in gone
        ]
        return updated_node.with_changes(args=kept) if gone else updated_node

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """What stands in the place of `self.name` or `context.name`."""
        name = original_node.attr.value
        if self._is(original_node.value, self._own):
            if name in self._laid.given:
                return atom(cst.parse_expression(self._laid.given[name]))
            if name in self._laid.methods:
                function: cst.BaseExpression = cst.Name(self._laid.function(name))
                return cst.Call(function) if self._laid.kind(name) == "property" else function
            self.untold = self.untold or f"self.{name}"
        elif self._is(original_node.value, *self._context):
            if name == "path":
                self._laid.imports["from pathlib import Path"] = None
                return cst.parse_expression(HERE)
            if name == "project_root":
                return cst.parse_expression(f"({self._laid.root()})")
            self.untold = self.untold or f"context.{name}"
        return updated_node

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """`self` or the context by itself."""
        for name in (self._own, *self._context):
            if self._is(original_node, name) and id(original_node) not in self._met:
                self.untold = self.untold or f"{name} handed on"
        return updated_node


def atom(node: cst.BaseExpression) -> cst.BaseExpression:
    """An expression as it may stand before a point or an operator."""
    plain = cst.SimpleString | cst.Name | cst.Call | cst.List | cst.Dict | cst.Attribute | cst.Subscript
    if isinstance(node, plain | cst.Integer | cst.Float) or node.lpar:
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
