"""The imports of a converted file: what is no longer used goes, what is needed comes, in isort's order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import is_

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.walking import rewritten_tree
from migrate.rewriting.import_order import Key, is_docstring, key, key_of, path_of, spaced
from migrate.rewriting.layout import width
from migrate.rewriting.used import used_names

Line = cst.SimpleStatementLine


def mend(
    module: cst.Module,
    before: Mapping[str, int],
    needed: Iterable[tuple[str, str]],
    is_dagster: Callable[[str], bool],
    is_own: Callable[[str], bool],
    gone: Callable[[str], bool] = lambda path: False,
) -> cst.Module:
    """Remove imports that the conversion left unused or that lead to Dagster; add those needed.

    Args:
        module: the converted module.
        before: how often names were used before the conversion.
        needed: pairs of module and name; an empty name imports the module itself.
        is_dagster: whether a module's dotted path is Dagster's.
        is_own: whether a module is one of the project's.
        gone: whether `module.name` is no longer there.
    """
    after = used_names(module)
    keep = _Keep(before, after, is_dagster, gone)
    module = module.with_changes(body=[s for part in module.body for s in _kept(part, keep)])
    nested = rewritten_tree(module, _Nested(keep))
    if nested is not module:
        after = keep.after = used_names(nested)
        module = nested.with_changes(body=[s for part in nested.body for s in _kept(part, keep)])
    wanted = sorted({w for w in needed if after.get(_bound(*w))})
    there = _there(module)
    return _add(module, [w for w in wanted if w not in there], is_own)


def _bound(path: str, name: str) -> str:
    """The name an import binds."""
    return name.rpartition(" ")[2] if name else path.split(".", maxsplit=1)[0]


class _Keep:
    def __init__(
        self,
        before: Mapping[str, int],
        after: Mapping[str, int],
        is_dagster: Callable[[str], bool],
        gone: Callable[[str], bool],
    ) -> None:
        self.before, self.after, self.is_dagster, self.gone = before, after, is_dagster, gone

    def alias(self, module: str, alias: cst.ImportAlias) -> bool:
        name = dotted(alias.name)
        bound = dotted(alias.asname.name) if alias.asname else name.split(".")[0]
        if self.is_dagster(module or name) or self.gone(f"{module}.{name}"):
            return False
        return not (self.before.get(bound) and not self.after.get(bound))


class _Nested(cst.CSTTransformer):
    """The same for imports inside functions and `if TYPE_CHECKING`."""

    def __init__(self, keep: _Keep) -> None:
        super().__init__()
        self._keep = keep

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.BaseSuite:
        body = [s for part in updated_node.body for s in _kept(part, self._keep)]
        if all(map(is_, body, updated_node.body)) and len(body) == len(updated_node.body):
            return updated_node
        if len(body) == len(updated_node.body):
            return updated_node.with_changes(body=body)
        return updated_node.with_changes(body=body or [cst.parse_statement("pass\n")])

    def leave_If(self, original_node: cst.If, updated_node: cst.If) -> cst.If | cst.RemovalSentinel:
        only_pass = all(
            isinstance(s, Line) and isinstance(s.body[0], cst.Pass) for s in updated_node.body.body
        )
        if only_pass and dotted(updated_node.test).endswith("TYPE_CHECKING") and not updated_node.orelse:
            return cst.RemoveFromParent()
        return updated_node


def _kept(statement: cst.CSTNode, keep: _Keep) -> list[cst.BaseStatement]:
    if not isinstance(statement, Line) or len(statement.body) != 1:
        return [statement]  # type: ignore[list-item]
    small = statement.body[0]
    if isinstance(small, cst.ImportFrom) and not isinstance(small.names, cst.ImportStar):
        module = "." * len(small.relative) + (dotted(small.module) if small.module else "")
        aliases = [a for a in small.names if keep.alias(module, a)]
        if len(aliases) == len(small.names):
            return [statement]
        return _relist(statement, small, aliases)
    if isinstance(small, cst.ImportFrom) and keep.is_dagster(dotted(small.module)):
        return []
    if isinstance(small, cst.Import):
        aliases = [a for a in small.names if keep.alias("", a)]
        if len(aliases) == len(small.names):
            return [statement]
        if aliases:
            aliases[-1] = aliases[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
            return [statement.with_changes(body=[small.with_changes(names=aliases)])]
        return []
    return [statement]


def _relist(
    statement: Line, small: cst.ImportFrom, aliases: list[cst.ImportAlias]
) -> list[cst.BaseStatement]:
    if not aliases:
        return []
    names = [_spelled(alias) for alias in aliases]
    lead = cst.Module([]).code_for_node(small).split(" import ")[0]
    fresh = _parsed(_from(lead, names))
    assert isinstance(fresh, Line)
    return [
        fresh.with_changes(
            leading_lines=statement.leading_lines, trailing_whitespace=statement.trailing_whitespace
        )
    ]


@lru_cache(maxsize=512)
def _parsed(code: str) -> cst.SimpleStatementLine | cst.BaseCompoundStatement:
    """An import statement; files import much the same, and trees never change."""
    return cst.parse_statement(code)


def _spelled(alias: cst.ImportAlias) -> str:
    name = dotted(alias.name)
    return f"{name} as {dotted(alias.asname.name)}" if alias.asname else name


def _from(lead: str, names: list[str]) -> str:
    ordered = sorted(names, key=_by_type)
    flat = f"{lead} import {', '.join(ordered)}"
    if len(flat) <= width():
        return flat + "\n"
    return f"{lead} import (\n" + "".join(f"    {name},\n" for name in ordered) + ")\n"


def _by_type(name: str) -> tuple[int, str]:
    plain = name.split(" as ", maxsplit=1)[0]
    rank = 0 if plain.isupper() and len(plain) > 1 else 1 if plain[:1].isupper() else 2
    return rank, plain


def top(body: Sequence[cst.CSTNode]) -> int:
    """Where the first function or class stands: it may need what is imported only below it."""
    places = (n for n, s in enumerate(body) if isinstance(s, cst.FunctionDef | cst.ClassDef))
    return next(places, len(body))


def _there(module: cst.Module) -> set[tuple[str, str]]:
    """What a module's top imports already, as pairs of module and name; no name for a module itself."""
    found = set()
    for statement in module.body[: top(module.body)]:
        for small in statement.body if isinstance(statement, Line) else ():
            if isinstance(small, cst.ImportFrom) and not isinstance(small.names, cst.ImportStar):
                found |= {(path_of(small), _spelled(alias)) for alias in small.names}
            elif isinstance(small, cst.Import):
                found |= {(dotted(alias.name), "") for alias in small.names if not alias.asname}
    return found


def _add(module: cst.Module, wanted: list[tuple[str, str]], is_own: Callable[[str], bool]) -> cst.Module:
    body: list[cst.BaseStatement] = list(module.body)
    by_module: dict[str, list[str]] = {}
    for path, name in wanted:
        by_module.setdefault(path, []).append(name)
    merged = _merge(body, by_module)
    order = _Order(body, is_own)
    for path, names in sorted(by_module.items()):
        plain = [n for n in names if n]
        if "" in names:
            order.insert(path, f"import {path}\n", False)
        if plain and path not in merged:
            order.insert(path, _from(f"from {path}", plain), True)
    return spaced(module.with_changes(body=body), is_own)


def _merge(body: list[cst.BaseStatement], by_module: Mapping[str, list[str]]) -> set[str]:
    """Put names into the first statement that imports from their module; the modules that had one."""
    merged = set()
    for place, statement in enumerate(body[: top(body)]):
        if not isinstance(statement, Line) or len(statement.body) != 1:
            continue
        small = statement.body[0]
        if not isinstance(small, cst.ImportFrom) or isinstance(small.names, cst.ImportStar):
            continue
        path = path_of(small)
        names = [name for name in by_module.get(path, ()) if name]
        if not names or path in merged:
            continue
        fresh = _parsed(_from(f"from {path}", sorted({*(_spelled(a) for a in small.names), *names})))
        assert isinstance(fresh, Line)
        body[place] = fresh.with_changes(
            leading_lines=statement.leading_lines, trailing_whitespace=statement.trailing_whitespace
        )
        merged.add(path)
    return merged


class _Order:
    """Puts imports into their places among those that a body starts with."""

    def __init__(self, body: list[cst.BaseStatement], is_own: Callable[[str], bool]) -> None:
        self._body, self._is_own = body, is_own
        self._start = 1 if body and is_docstring(body[0]) else 0
        self._highest: list[Key] = []
        for statement in body[self._start :]:
            found = key_of(statement, is_own)
            if found is None:
                break
            self._highest.append(max(found, self._highest[-1]) if self._highest else found)

    def insert(self, path: str, code: str, is_from: bool) -> None:
        """Before the first import that comes after it in the order."""
        mine = key(path, is_from, self._is_own)
        place = bisect_right(self._highest, mine)
        self._highest.insert(place, mine)
        self._body.insert(self._start + place, _parsed(code))
