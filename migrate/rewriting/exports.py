"""`__all__`: the names a module hands on, and how some are taken out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import libcst as cst

from migrate.reading.names import dotted
from migrate.rewriting.used import used_names


def exported(module: cst.Module) -> Counter[str]:
    """The names in `__all__`, as often as they stand there."""
    return Counter(name for small in _lists(module) for name in _names(small))


def without_exports(module: cst.Module, names: set[str]) -> cst.Module:
    """The module whose `__all__` does not hold these names; an empty one is left out."""
    body: list[cst.BaseStatement] = []
    for statement in module.body:
        kept = _kept(statement, names)
        body += [kept] if kept is not None else []
    return module.with_changes(body=body)


def without_listed(module: cst.Module, names: set[str]) -> tuple[cst.Module, set[str]]:
    """The module whose lists do not hold these names, and the names of the lists that are gone with them."""
    if not names:
        return module, set()
    body: list[cst.BaseStatement] = []
    lost: set[str] = set()
    used = used_names(module)
    for statement in module.body:
        assert isinstance(statement, cst.BaseStatement)
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        name, value = _list(small)
        if value is None or names.isdisjoint(dotted(e.value) for e in value.elements):
            body.append(statement)
            continue
        stay = [e for e in value.elements if dotted(e.value) not in names]
        if not stay and used.get(name, 0) < 2:  # its own target
            lost.add(name)
        else:
            body.append(statement.with_deep_changes(value, elements=stay))
    return module.with_changes(body=body), lost


def _list(small: cst.CSTNode | None) -> tuple[str, cst.List | None]:
    """The name and the list of an assignment of one."""
    value = small.value if isinstance(small, cst.Assign) else None
    if not isinstance(small, cst.Assign) or not isinstance(value, cst.List):
        return "", None
    return dotted(small.targets[0].target), value


def _kept(statement: cst.CSTNode, names: set[str]) -> cst.BaseStatement | None:
    assert isinstance(statement, cst.BaseStatement)
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return statement
    small = statement.body[0]
    value = small.value if isinstance(small, cst.Assign) and _is_list(small) else None
    if not isinstance(value, cst.List | cst.Tuple) or names.isdisjoint(_names(small)):
        return statement
    stay = [e for e in value.elements if _text(e.value) not in names]
    if not stay:
        return None
    if value.elements[-1] is not stay[-1]:
        stay[-1] = stay[-1].with_changes(comma=value.elements[-1].comma)
    listed = value.with_changes(elements=stay)
    return statement.with_changes(body=[small.with_changes(value=listed)])


def _lists(module: cst.Module) -> Iterator[cst.BaseSmallStatement]:
    for statement in module.body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from (small for small in statement.body if _is_list(small))


def _is_list(small: cst.CSTNode) -> bool:
    named = isinstance(small, cst.Assign) and dotted(small.targets[0].target) == "__all__"
    return named and isinstance(small.value, cst.List | cst.Tuple)  # type: ignore[attr-defined]


def _names(small: cst.CSTNode) -> Iterator[str]:
    value = getattr(small, "value", None)
    for element in value.elements if isinstance(value, cst.List | cst.Tuple) else ():
        if text := _text(element.value):
            yield text


def _text(node: cst.CSTNode) -> str:
    return str(node.evaluated_value) if isinstance(node, cst.SimpleString) else ""
