"""Which output a result speaks of: one that reading can tell, or one that is chosen while the task runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from migrate.reading.scope import Scope
from migrate.reading.units import Out, key_of
from migrate.reading.values import Unknown
from migrate.rewriting import keys
from migrate.rewriting.layout import Group, lay, quoted
from migrate.rewriting.work import Frame, Work

PLACES = "an output chosen while it runs, of outputs that are kept in different ways,"
TELL = "Write the output's name out where it is yielded."


@dataclass(frozen=True)
class Named:
    """An output: `out` itself, or one that stands for all it may be; how its name and its key are spelled."""

    out: Out
    name: str
    key: Callable[[], str]
    chosen: bool = False


def known(work: Work, frame: Frame, out: Out) -> Named:
    """An output that reading can tell."""
    return Named(out, quoted(out.name), lambda: keys.own_key(work, frame, out.key) if out.key else "")


def named(work: Work, frame: Frame, given: dict[str, cst.BaseExpression]) -> Named | None:
    """The output that the arguments of a result name; None for one that the step does not have."""
    unit = frame.unit
    assert unit
    node, asset = given.get("output_name") or given.get("1"), given.get("asset_key")
    if node is not None and work.text(node) != "None":
        return _by_name(work, frame, node)
    if asset is not None and work.text(asset) != "None":
        return _by_key(work, frame, asset)
    return known(work, frame, unit.outs[0]) if unit.outs else None


def _by_name(work: Work, frame: Frame, node: cst.BaseExpression) -> Named | None:
    unit = frame.unit
    assert unit
    told = _told(work, node)
    if isinstance(told, str):
        found = next((known(work, frame, out) for out in unit.outs if out.name == told), None)
        if found is None and unit.outs:
            work.unsupported(node, f"the output {told}, which it does not have,", TELL)
        return found
    if len(unit.outs) == 1:
        return known(work, frame, unit.outs[0])
    spelled = work.text(node)
    return _chosen(work, frame, node, spelled, lambda: _looked_up(work, frame, spelled, by_name=True))


def _by_key(work: Work, frame: Frame, node: cst.BaseExpression) -> Named | None:
    unit = frame.unit
    assert unit
    spelled = work.text(node)
    key = spelled.strip("\"'").removeprefix("asset://")
    told = key_of(_told(work, node))
    found = next((o for o in unit.outs if o.key in (key, told) or (o.name == key and o.key)), None)
    if found:
        return known(work, frame, found)
    if not unit.outs or isinstance(node, cst.SimpleString):
        return None
    name = _looked_up(work, frame, keys.any_key(work, node), by_name=False)
    return _chosen(work, frame, node, name, lambda: keys.any_key(work, node))


def _told(work: Work, node: cst.BaseExpression) -> Any:
    """What an expression is worth, if it asks nothing of the function around it."""
    asked: list[cst.CSTNode] = [node]
    while asked:
        part = asked.pop()
        if isinstance(part, cst.Name) and work.scopes.meaning(part) is None:
            return Unknown()
        asked += [part.value] if isinstance(part, cst.Attribute) else part.children
    return work.model.project.evaluator.value(node, Scope(work.file.module, {}))


def _chosen(
    work: Work, frame: Frame, node: cst.BaseExpression, name: str, key: Callable[[], str]
) -> Named | None:
    """An output that only running tells: they must all be kept in one way."""
    unit = frame.unit
    assert unit
    if not unit.outs:  # its outputs cannot be told: the step itself is refused
        return None
    kept = {(out.store, out.key in work.model.kept, out.value, out.dynamic) for out in unit.outs}
    if len(kept) > 1 or (unit.construct.within and unit.outs[0].key):
        work.unsupported(node, PLACES, TELL)
        return None
    return Named(unit.outs[0], name, key, chosen=True)


def _looked_up(work: Work, frame: Frame, spelled: str, *, by_name: bool) -> str:
    """The key of a name, or the name of a key, out of a dictionary of all outputs."""
    unit = frame.unit
    assert unit
    pairs = [(quoted(out.name), keys.literal(out.key)) for out in unit.outs if out.key]
    if not pairs:
        return ""
    if by_name and all(out.key == out.name for out in unit.outs):
        return f'f"asset://{{{spelled}}}"' if spelled.isidentifier() else f'"asset://" + {spelled}'
    items = tuple(f"{name}: {key}" if by_name else f"{key}: {name}" for name, key in pairs)
    return f"{lay(Group('{', items, '}'), 0, 30)}[{spelled}]"


def each_of(
    frame: Frame, original: cst.BaseExpression, fresh: cst.BaseExpression, valued: Sequence[Out]
) -> list[tuple[cst.BaseExpression, cst.BaseExpression]] | None:
    """What each output is in a returned tuple or, from a graph, in a dictionary of them by name."""
    if isinstance(original, cst.Tuple) and isinstance(fresh, cst.Tuple):
        found = [(b.value, a.value) for b, a in zip(original.elements, fresh.elements, strict=True)]
        return found if len(found) == len(valued) else None
    of_a_graph = frame.construct is not None and frame.construct.kind == "graph_multi_asset"
    if of_a_graph and isinstance(original, cst.Dict) and isinstance(fresh, cst.Dict):
        parts = zip(original.elements, fresh.elements, strict=True)
        named = {_key(before): (before.value, after.value) for before, after in parts}
        return [named[o.name] for o in valued] if set(named) == {o.name for o in valued} else None
    return None


def _key(element: cst.BaseDictElement) -> str:
    key = element.key if isinstance(element, cst.DictElement) else None
    return str(key.evaluated_value) if isinstance(key, cst.SimpleString) else ""
