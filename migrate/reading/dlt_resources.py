"""The resources of a dlt source, and the keys of their assets, as far as reading tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.loaded_keys import LoadedKey, Translator, translator_of
from migrate.reading.names import External, Internal, dotted
from migrate.reading.scope import Scope
from migrate.reading.units import key_of
from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.constructs import Construct

KNOWN = {"rest_api_source": "rest_api", "sql_database": "sql_database", "filesystem": "filesystem"}
"""Sources that dlt brings, by the names they give themselves."""


@dataclass(frozen=True)
class Source:
    """A source's name and those of its resources; None for those that only running tells."""

    name: str
    resources: tuple[str, ...] | None = None


def dlt_keys(model: Model, construct: Construct) -> list[LoadedKey] | None:
    """The assets of a source's resources; None when they cannot be told."""
    naming = translator_of(model, construct, "dagster_dlt_translator")
    node = construct.argument("dlt_source")
    if naming is None or node is None or "get_asset_spec" in naming.methods:
        return None
    source = _Reader(model).source(construct.module, node)
    if source is None or not source.resources or "get_deps_asset_keys" in naming.methods:
        return None
    keys = [_key(model, naming, source.name, name) for name in source.resources]
    if not all(keys):
        return None
    deps = [(f"{source.name}_{name}",) for name in source.resources]
    return [LoadedKey(key, dep, naming.group) for key, dep in zip(keys, deps, strict=True)]


def _key(model: Model, naming: Translator, source: str, resource: str) -> str:
    method = naming.methods.get("get_asset_key")
    if method is None:
        return f"dlt_{source}_{resource}"
    last = method.body.body[-1]
    small = last.body[0] if isinstance(last, cst.SimpleStatementLine) else None
    if len(method.params.params) != 2 or not isinstance(small, cst.Return) or small.value is None:
        return ""
    if len(method.body.body) > 1 and not method.get_docstring():
        return ""
    given = method.params.params[1].name.value
    spelled = cst.Module([]).code_for_node(small.value)
    for name, worth in (("source_name", source), ("name", resource)):
        spelled = re.sub(rf"\b{given}\.{name}\b", repr(worth), spelled)
    try:
        told = cst.parse_expression(spelled)
    except cst.ParserSyntaxError:
        return ""
    return key_of(model.project.evaluator.value(told, Scope(naming.module, {})))


class _Reader:
    def __init__(self, model: Model) -> None:
        self._model, self._names = model, model.project.names

    def source(self, module: str, node: cst.BaseExpression, depth: int = 0) -> Source | None:
        """What an expression says of the source it makes."""
        if depth > 5:
            return None
        if isinstance(node, cst.Name):
            meaning = self._names.resolve(module, node.value)
            bound = self._bound(meaning)
            value = getattr(bound, "value", None)
            there = meaning.module if isinstance(meaning, Internal) else module
            return self.source(there, value, depth + 1) if isinstance(value, cst.BaseExpression) else None
        if not isinstance(node, cst.Call):
            return None
        func = node.func
        if isinstance(func, cst.Attribute) and func.attr.value == "with_resources":
            inner = self.source(module, func.value, depth + 1)
            chosen = tuple(self._text(module, a.value) for a in node.args)
            return Source(inner.name, chosen) if inner and chosen and all(chosen) else None
        path = dotted(func)
        meaning = self._names.resolve(module, path) if path else None
        if isinstance(meaning, External):
            return self._library(module, meaning.path, node)
        bound = self._bound(meaning)
        if isinstance(bound, cst.FunctionDef) and isinstance(meaning, Internal):
            return self._written(meaning.module, bound)
        return None

    def _bound(self, meaning: Any) -> cst.CSTNode | None:
        if not isinstance(meaning, Internal) or meaning.rest:
            return None
        nodes = self._names.modules[meaning.module].nodes.get(meaning.name, ())
        return nodes[-1] if len(nodes) == 1 else None

    def _text(self, module: str, node: cst.BaseExpression | None) -> str:
        value = self._model.project.evaluator.value(node, Scope(module, {})) if node else ""
        return value if isinstance(value, str) else ""

    def _library(self, module: str, path: str, call: cst.Call) -> Source | None:
        """A source that dlt brings."""
        own = KNOWN.get(path.rpartition(".")[2]) if path.startswith("dlt.") else None
        if own is None:
            return None
        given = {a.keyword.value if a.keyword else str(i): a.value for i, a in enumerate(call.args)}
        name = self._text(module, given.get("name")) or own
        config = self._value(module, given.get("config", given.get("0")))
        listed = config.get("resources") if own == "rest_api" and isinstance(config, dict) else None
        names = [r.get("name") if isinstance(r, Mapping) else r for r in listed or ()]
        told = tuple(n for n in names if isinstance(n, str))
        return Source(name, told if told and len(told) == len(names) else None)

    def _value(self, module: str, node: cst.BaseExpression | None) -> Any:
        return self._model.project.evaluator.value(node, Scope(module, {})) if node else None

    def _written(self, module: str, function: cst.FunctionDef) -> Source | None:
        """A function below `@dlt.source`."""
        decorator = self._decorator(module, function, "source")
        if decorator is None:
            return None
        name = self._named(module, decorator) or function.name.value
        inside = {p.name.value: p for p in function.body.body if isinstance(p, cst.FunctionDef)}
        handed = list(_handed(function))
        told = [self._resource(module, node, inside) for node in handed]
        return Source(name, tuple(told) if told and all(told) else None)

    def _decorator(self, module: str, function: cst.FunctionDef, last: str) -> cst.BaseExpression | None:
        for decorator in function.decorators:
            node = decorator.decorator
            path = dotted(node.func if isinstance(node, cst.Call) else node)
            meaning = self._names.resolve(module, path) if path else None
            if isinstance(meaning, External) and meaning.path.startswith("dlt."):
                return node if meaning.path.rpartition(".")[2] == last else None
        return None

    def _named(self, module: str, node: cst.BaseExpression) -> str:
        args = node.args if isinstance(node, cst.Call) else ()
        return next(
            (self._text(module, a.value) for a in args if a.keyword and a.keyword.value == "name"), ""
        )

    def _resource(self, module: str, node: cst.BaseExpression, inside: Mapping[str, cst.FunctionDef]) -> str:
        """The name of the resource that an expression is; empty when it cannot be told."""
        if isinstance(node, cst.Call) and dotted(node.func) == "dlt.resource":
            return self._named(module, node)
        name = dotted(node.func if isinstance(node, cst.Call) else node)
        bound = inside.get(name) or self._bound(self._names.resolve(module, name) if name else None)
        if not isinstance(bound, cst.FunctionDef):
            return ""
        decorator = self._decorator(module, bound, "resource")
        if decorator is None:
            return ""
        spelled = [a for a in getattr(decorator, "args", ()) if a.keyword and a.keyword.value == "name"]
        return self._named(module, decorator) or ("" if spelled else bound.name.value)


class _Handed(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.BaseExpression | None] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_For(self, node: cst.For) -> bool:
        self.found.append(None)
        return False

    def visit_If(self, node: cst.If) -> bool:
        self.found.append(None)
        return False

    def visit_Return(self, node: cst.Return) -> None:
        self.found.append(node.value)

    def visit_Yield(self, node: cst.Yield) -> None:
        self.found.append(node.value if isinstance(node.value, cst.BaseExpression) else None)


def _handed(function: cst.FunctionDef) -> Iterator[cst.BaseExpression]:
    """What a source hands over, lists laid out; a node that tells nothing where only running tells."""
    visitor = _Handed()
    look(function.body, visitor)
    for node in visitor.found:
        parts: Sequence[cst.BaseExpression | None] = (node,)
        if isinstance(node, cst.List | cst.Tuple):
            parts = [e.value for e in node.elements]
        for part in parts:
            yield part if part is not None else cst.Name("None")
