"""What is invoked in a composition: an op or a graph, under its own name or another, with options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import External, Internal, dotted
from migrate.reading.scope import Scope
from migrate.reading.units import Unit
from migrate.reading.values import Called, Decorated, Named, Unknown, flat, known
from migrate.rewriting.config_classes import config_class
from migrate.rewriting.layout import quoted
from migrate.rewriting.work import Work
from migrate.rules import rule_for

GRAPHS = ("dagster.graph",)
HOOKS = {"dagster.success_hook": "on_completion", "dagster.failure_hook": "on_failure"}


@dataclass(frozen=True)
class Invoked:
    """An op (`unit`) or a graph (`graph`) with the name and options it is invoked under."""

    construct: Construct
    name: str
    unit: Unit | None = None
    options: tuple[str, ...] = ()
    hooks: tuple[tuple[str, str], ...] = ()
    config: Any = None

    @property
    def graph(self) -> cst.FunctionDef | None:
        """The graph's function."""
        node = self.construct.node
        return node if self.unit is None and isinstance(node, cst.FunctionDef) else None


class Invocations:
    """Reads the expressions that name an op or graph in one module."""

    def __init__(self, work: Work, module: str, local: dict[str, Any]) -> None:
        self._work, self._module, self._local = work, module, local

    def value(self, node: cst.BaseExpression) -> Any:
        """What an expression is worth in this module."""
        return self._work.model.project.evaluator.value(node, Scope(self._module, dict(self._local)))

    def of(self, node: cst.BaseExpression) -> Invoked | None:
        """The op or graph an expression is, or None."""
        if isinstance(node, cst.Call):
            return self._changed(node) or self._made(node)
        if not dotted(node):
            return None
        meaning = self._work.model.project.names.resolve(self._module, dotted(node))
        if not isinstance(meaning, Internal) or meaning.rest:
            return None
        bound = self._work.model.project.names.modules[meaning.module].nodes[meaning.name][-1]
        assigned = bound.value if isinstance(bound, cst.Assign | cst.AnnAssign) else None
        if isinstance(assigned, cst.Call):
            there = Invocations(self._work, meaning.module, {}).of(assigned)
            if there:
                return there
        found = self._work.model.project.evaluator.of_module(meaning.module, meaning.name)
        return self._decorated(found) if isinstance(found, Decorated) else None

    def _made(self, node: cst.Call) -> Invoked | None:
        """The op or graph that a factory makes, where it is called in the composition."""
        found = self.value(node) if dotted(node.func) else None
        return self._decorated(found) if isinstance(found, Decorated) and found.scope else None

    def _decorated(self, found: Decorated) -> Invoked | None:
        model = self._work.model
        construct = model.project.constructs[found.place]
        if construct.path in GRAPHS:
            return Invoked(construct, self._name(construct))
        rule = rule_for(construct.path)
        if construct.kind != "op" or rule is None or rule.rule.unit is None:
            return None
        unit = model.unit_of(construct) if not found.scope else None
        unit = unit or rule.rule.unit(model, construct, found.scope)
        return Invoked(construct, unit.name, unit)

    def _name(self, construct: Construct) -> str:
        given = self._work.model.project.value(construct, "name")
        return given if isinstance(given, str) else construct.name

    def _changed(self, node: cst.Call) -> Invoked | None:
        """`.alias`, `.tag`, `.with_hooks`, `.with_retry_policy`, `.configured`, `configured(op)(…)`."""
        func = node.func
        if isinstance(func, cst.Call) and self._is_configured(func.func) and func.args:
            base = self.of(func.args[0].value)
            return self._configured(base, node.args[:1], func.args[1:]) if base else None
        if not isinstance(func, cst.Attribute):
            return None
        base = self.of(func.value)
        if base is None:
            return None
        if func.attr.value == "configured":
            return self._configured(base, node.args[:1], node.args[1:])
        change = {
            "alias": self._alias,
            "tag": self._tag,
            "with_hooks": self._with_hooks,
            "with_retry_policy": self._with_retry_policy,
        }.get(func.attr.value)
        return change(base, node) if change and node.args else None

    def _is_configured(self, node: cst.BaseExpression) -> bool:
        path = dotted(node)
        meaning = self._work.model.project.names.resolve(self._module, path) if path else None
        return isinstance(meaning, External) and meaning.path == "dagster.configured"

    def _alias(self, base: Invoked, node: cst.Call) -> Invoked | None:
        name = self.value(node.args[0].value)
        return replace(base, name=name) if isinstance(name, str) else None

    def _tag(self, base: Invoked, node: cst.Call) -> Invoked | None:
        tags = self.value(node.args[0].value)
        if not isinstance(tags, dict) or not known(tags):
            return None
        spelled = ", ".join(quoted(f"{k}:{v}") for k, v in tags.items())
        return replace(base, options=(*base.options, f"tags=[{spelled}]"))

    def _with_retry_policy(self, base: Invoked, node: cst.Call) -> Invoked | None:
        from migrate.rules.retry_policy import spelled

        given = node.args[0].value
        options = spelled(self._work, given)
        if not options and isinstance(self.value(given), Called):
            options = [f"**{self._work.text(given)}"]
        return replace(base, options=(*base.options, *options)) if options else None

    def _with_hooks(self, base: Invoked, node: cst.Call) -> Invoked | None:
        found = hooks_in(self._work, self.value(node.args[0].value))
        return None if found is None else replace(base, hooks=(*base.hooks, *found))

    def _configured(
        self, base: Invoked | None, given: Sequence[cst.Arg], more: Sequence[cst.Arg]
    ) -> Invoked | None:
        named = {a.keyword.value if a.keyword else "name": a.value for a in more}
        config = self.value(given[0].value) if given else None
        if base is None or config is None or not known(config):
            return None
        name = self.value(named["name"]) if "name" in named else base.name
        return replace(base, config=config, name=name) if isinstance(name, str) else None


def hooks_in(work: Work, value: Any) -> tuple[tuple[str, str], ...] | None:
    """Pairs of a task's option and the spelled hook; None when one of them cannot be told."""
    found = []
    for hook in flat(value):
        construct = work.model.project.constructs.get(hook.place) if isinstance(hook, Decorated) else None
        if construct is None or construct.path not in HOOKS or construct.within:
            return None
        assert isinstance(construct.node, cst.FunctionDef)
        name = work.own(construct.module, construct.node.name.value)
        found.append((HOOKS[construct.path], name))
    return tuple(found)


def spelled_value(value: Any) -> str:
    """A value that reading could tell, as Python; the empty string when there is no literal for it."""
    if isinstance(value, Called) and value.short == "EnvVar" and value.args:
        return f"os.environ[{value.args[0]!r}]"
    if isinstance(value, dict):
        pairs = [(spelled_value(k), spelled_value(v)) for k, v in value.items()]
        return "{" + ", ".join(f"{k}: {v}" for k, v in pairs) + "}" if all(k and v for k, v in pairs) else ""
    if isinstance(value, list | tuple):
        items = [spelled_value(item) for item in value]
        return f"[{', '.join(items)}]" if all(items) else ""
    if isinstance(value, str):
        return quoted(value)
    return "" if isinstance(value, Called | Named | Decorated | Unknown) else repr(value)


def config_text(work: Work, unit: Unit, annotation: str, value: Any) -> str:
    """A config model made of a known dictionary, as Python; empty when there is no literal for it."""
    if not isinstance(value, dict):
        return ""
    kind, _ = config_class(work, unit, annotation)
    fields = [(key, spelled_value(item)) for key, item in value.items()]
    if not all(isinstance(key, str) and key.isidentifier() and item for key, item in fields):
        return ""
    if any("os.environ" in item for _, item in fields):
        work.need("os")
    return f"{kind}({', '.join(f'{key}={item}' for key, item in fields)})"
