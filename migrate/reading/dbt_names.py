"""The keys that a project's own dbt translator gives models and sources, as far as reading tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.bodies import Body
from migrate.reading.dbt import DbtKeys
from migrate.reading.names import Internal, dotted
from migrate.reading.scope import Scope, Stop
from migrate.reading.units import key_of, prefixed
from migrate.reading.values import Called
from migrate.reading.walking import rewrite

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.constructs import Construct

PARENT, NODE = "the_class_above", "the_node"
SAME = (".replace_attributes", ".merge_attributes", ".key")


def translated(model: Model, construct: Construct) -> DbtKeys | None:
    """The keys of the dbt project as a translator says them; None when not all can be told."""
    own, node = model.dbt, construct.argument("dagster_dbt_translator")
    value = model.project.evaluator.value(node, Scope(construct.module, {})) if node is not None else None
    if value is None or (isinstance(value, Called) and value.name.startswith("dagster_dbt.")):
        return own
    if not isinstance(value, Called) or ":" not in value.name:
        return None
    module, _, name = value.name.rpartition(":")
    names = _Names(model)
    if not names.renames(module, name):
        return own
    try:
        renamed = {key: names.key(module, name, key, own.nodes.get(key, {})) for key in own.every_key}
    except Stop:
        return None
    return replace(
        own,
        makes=frozenset(renamed[key] for key in own.makes),
        reads=tuple(sorted({renamed[key] for key in own.reads})),
        lineage={renamed[key]: tuple(renamed[k] for k in above) for key, above in own.lineage.items()},
        nodes={renamed[key]: node for key, node in own.nodes.items() if key in renamed},
    )


@dataclass(frozen=True)
class Translator:
    """A class of the project that says how dbt's nodes are called and grouped."""

    model: Model
    module: str
    name: str

    @classmethod
    def of(cls, model: Model, construct: Construct) -> Translator | None:
        """That of a dbt step; None when it has Dagster's own."""
        node = construct.argument("dagster_dbt_translator")
        value = model.project.evaluator.value(node, Scope(construct.module, {})) if node is not None else None
        if not isinstance(value, Called) or ":" not in value.name:
            return None
        module, _, name = value.name.rpartition(":")
        return cls(model, module, name)

    def method(self, name: str) -> tuple[str, cst.FunctionDef] | None:
        """One of its methods and the module it stands in, its own or that of a class above it."""
        found = _Names(self.model)._method(self.module, self.name, name)
        return (found[0], found[2]) if found else None


class _Given(cst.CSTTransformer):
    """`super()` and the node of the manifest as names that the evaluator is told the values of."""

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        func = updated_node.func
        if isinstance(func, cst.Attribute) and func.attr.value == "get_resource_props":
            return cst.Name(NODE)
        return cst.Name(PARENT) if dotted(func) == "super" else updated_node


class _Names:
    """Runs the methods of a translator's class, and those of the classes it is made of."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def renames(self, module: str, name: str) -> bool:
        """Whether anything in the class says a key."""
        return any(self._method(module, name, m) is not None for m in ("get_asset_key", "get_asset_spec"))

    def key(self, module: str, name: str, default: str, node: Mapping[str, Any]) -> str:
        """The key of one node, whose default is known.

        Raises:
            Stop: it cannot be told.
        """
        said = Called(".get_asset_spec", (Called("self", (module, name)), {}, "", None))
        found = self._key(said, default, node)
        if not found:
            raise Stop("a key of the translator is unknown")
        return found

    def _key(self, value: Any, default: str, node: Mapping[str, Any]) -> str:
        if not isinstance(value, Called):
            return key_of(value)
        if value.name == ".with_prefix":
            return prefixed(self._key(value.args[0], default, node), value.get("prefix", 1))
        if value.name in SAME:
            told = value.kwargs.get("key") or value.args[0]
            return self._key(told, default, node)
        of = value.args[0] if value.name.startswith(".") and value.args else None
        if isinstance(of, Called) and of.name in ("self", PARENT):
            return self._asked(value.name[1:], of, value.args[1:], default, node)
        return key_of(value)

    def _asked(
        self, name: str, of: Called, args: tuple[Any, ...], default: str, node: Mapping[str, Any]
    ) -> str:
        """What a method of the class, or of what it is made of, answers."""
        start = of.args[:2]
        found = self._method(start[0], start[1], name, above=of.name == PARENT)
        if found is None:
            if name == "get_asset_spec":  # Dagster's own asks the class for the key
                return self._asked(
                    "get_asset_key", Called("self", of.args[2:] or start), (node,), default, node
                )
            return default if name == "get_asset_key" else ""
        module, cls, method = found
        outer = of.args[2:] or start
        given = [p.name.value for p in method.params.params]
        local: dict[str, Any] = dict(zip(given[1:], args, strict=False))
        local |= {given[0]: Called("self", outer), PARENT: Called(PARENT, (module, cls, *outer)), NODE: node}
        fresh = rewrite(method, _Given())
        assert isinstance(fresh, cst.FunctionDef)
        return self._key(Body(self._model.project.evaluator, module, local).run(fresh), default, node)

    def _method(
        self, module: str, name: str, method: str, above: bool = False
    ) -> tuple[str, str, cst.FunctionDef] | None:
        """Where a method is, looked for in the class and then in the project's own classes above it."""
        nodes = self._model.project.names.modules[module].nodes.get(name, ())
        definition = nodes[-1] if nodes else None
        if not isinstance(definition, cst.ClassDef):
            return None
        for part in () if above else definition.body.body:
            if isinstance(part, cst.FunctionDef) and part.name.value == method:
                return module, name, part
        for base in definition.bases:
            meaning = self._model.project.names.resolve(module, dotted(base.value) or "?")
            if isinstance(meaning, Internal) and not meaning.rest:
                return self._method(meaning.module, meaning.name, method)
        return None
