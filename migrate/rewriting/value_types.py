"""Types of the project at a task's edge: what it takes and gives is checked there, as Dagster did."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.reading.walking import rewrite
from migrate.rewriting.layout import call, lay
from migrate.rewriting.work import Work

MODULE = "prefect_support.value_types"
TYPES = ("dagster.DagsterType", "dagster.PythonObjectDagsterType")
HAND = "Check the value in the function, before it is handed over."
UNCHECKED = "its dagster_type, which is no type of the project's own, is not checked"
CARRIERS = ("In", "Out", "AssetIn", "AssetOut")


def is_type(work: Work, node: cst.BaseExpression) -> bool:
    """Whether an expression is one of the project's own types."""
    value = work.model.project.evaluator.value(node, Scope(work.file.module, {}))
    return isinstance(value, Called) and value.name in TYPES


def typed(work: Work, own: Unit, done: cst.FunctionDef) -> cst.FunctionDef:
    """The task with a check of what it takes and gives, if its decorator names types of the project."""
    given, taken = _given(work, own), _taken(work, own)
    inside = _Inside(work, given if any(o.store or o.key in work.model.kept for o in own.outs) else "", taken)
    checked = rewrite(done, inside) if inside.given or taken else done
    assert isinstance(checked, cst.FunctionDef)
    left = {name: text for name, text in taken.items() if name not in inside.loaded}
    texts = [] if inside.stores or not given else [given]
    texts += [f"{name}={text}" for name, text in left.items()]
    if not texts:
        return checked
    decorator = cst.Decorator(cst.parse_expression(lay(call(work.need(MODULE, "typed"), *texts), 0, 1)))
    return checked.with_changes(decorators=[*checked.decorators, decorator])


def _given(work: Work, own: Unit) -> str:
    """The type of the one value it gives, as it is spelled; empty without one."""
    construct = own.construct
    out = construct.argument("out") or construct.argument("dagster_type")
    several = out.elements if isinstance(out, cst.Dict) else ()
    outs = [e.value for e in several if isinstance(e, cst.DictElement)] or ([out] if out is not None else [])
    kinds = [kind for kind in (_kind(work, o) for o in outs) if kind is not None]
    if construct.argument("dagster_type") is not None and not kinds and work.frame:
        work.frame.differences.append(UNCHECKED)
    if kinds and (len(outs) > 1 or any(o.optional or o.dynamic or not o.value for o in own.outs)):
        work.unsupported(kinds[0], "the type of one of several outputs", HAND)
    return work.text(kinds[0]) if kinds else ""


def _taken(work: Work, own: Unit) -> dict[str, str]:
    """The types of what it takes, by the name of the argument."""
    named = {p.name for p in own.parameters if p.role == "input"}
    ins, found = own.construct.argument("ins"), {}
    for element in ins.elements if isinstance(ins, cst.Dict) else ():
        key = element.key if isinstance(element, cst.DictElement) else None
        name = str(key.evaluated_value) if isinstance(key, cst.SimpleString) else ""
        kind = _kind(work, element.value)
        if kind is not None and name in named:
            found[name] = work.text(kind)
    return found


class _Inside(cst.CSTTransformer):
    """Checks a value before it is stored, and after it is loaded, where the function does that itself."""

    def __init__(self, work: Work, given: str, taken: Mapping[str, str]) -> None:
        super().__init__()
        self._store, self._load = (work.need("prefect_support.io", name) for name in ("store", "load"))
        self.given, self._taken = given, taken
        self.loaded: set[str] = set()
        self.stores = False

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        if not self.given or dotted(original_node.func) != self._store or len(updated_node.args) < 3:
            return updated_node
        self.stores = True
        args = list(updated_node.args)
        args[2] = args[2].with_changes(value=_demanded(self.given, args[2].value))
        return updated_node.with_changes(args=args)

    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign:
        """LibCST calls this on the way out."""
        name = dotted(original_node.targets[0].target)
        value = original_node.value
        if name not in self._taken or not isinstance(value, cst.Call) or dotted(value.func) != self._load:
            return updated_node
        self.loaded.add(name)
        checked = _demanded(self._taken[name], updated_node.value, f"input {name}")
        return updated_node.with_changes(value=checked)


def _demanded(kind: str, value: cst.BaseExpression, place: str = "") -> cst.Call:
    where = [cst.Arg(cst.SimpleString(f'"{place}"'))] if place else []
    return cst.Call(cst.parse_expression(f"{kind}.demanded"), [cst.Arg(value), *where])


def _kind(work: Work, node: cst.BaseExpression) -> cst.BaseExpression | None:
    """The type that `In(…)`, `Out(…)` or the argument itself names, if it is one of the project's."""
    if isinstance(node, cst.Call) and dotted(node.func).rpartition(".")[2] in CARRIERS:
        given = [a.value for a in node.args if not a.keyword or a.keyword.value == "dagster_type"]
        return _kind(work, given[0]) if given else None
    return node if not isinstance(node, cst.Call) and is_type(work, node) else None


def only_names(work: Work, decorator: cst.Decorator) -> bool:
    """Whether a class's decorator only makes it known to Dagster as a type."""
    node = decorator.decorator
    func = node.func if isinstance(node, cst.Call) else node
    loaded = isinstance(node, cst.Call) and any(a.keyword and a.keyword.value == "loader" for a in node.args)
    return work.scopes.dagster(func) == "dagster.usable_as_dagster_type" and not loaded
