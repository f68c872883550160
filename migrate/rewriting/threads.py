"""Functions that a task hands to threads: a new thread has no run, so they take theirs along."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from migrate.reading.names import External, dotted
from migrate.reading.walking import look
from migrate.rewriting.work import Frame, Work, expression

POOLS = frozenset(
    {
        *("concurrent.futures.ThreadPoolExecutor", "concurrent.futures.thread.ThreadPoolExecutor"),
        *("multiprocessing.pool.ThreadPool", "multiprocessing.dummy.Pool"),
    }
)
METHODS = frozenset(
    {
        *("submit", "map", "apply", "apply_async", "map_async", "starmap", "starmap_async"),
        *("imap", "imap_unordered"),
    }
)
STARTS = {"threading.Thread": ("target", 1), "threading.Timer": ("function", 1)}
"""Classes of threads: the argument with the function, by name and by place."""


def in_threads(work: Work, original: cst.Call, updated: cst.Call) -> cst.Call | None:
    """The call with the function in its run, where it or what it is handed speaks of the context."""
    frame = work.frame
    place = _place(work, frame, original) if frame and frame.context else None
    if place is None or frame is None or not _speaks(frame, original, original.args[place].value):
        return None
    known = work.need("prefect_support.threads", "in_run")
    args = list(updated.args)
    args[place] = args[place].with_changes(value=expression(f"{known}({work.text(args[place].value)})"))
    return updated.with_changes(args=args)


def _place(work: Work, frame: Frame, call: cst.Call) -> int | None:
    """Which argument of a call is a function that a thread will run."""
    meaning = work.scopes.meaning(call.func)
    start = STARTS.get(meaning.path) if isinstance(meaning, External) else None
    if start is not None:
        found = [p for p, a in enumerate(call.args) if a.keyword and a.keyword.value == start[0]]
        plain = len(call.args) > start[1] and not any(a.keyword for a in call.args[: start[1] + 1])
        return found[0] if found else start[1] if plain else None
    if not isinstance(call.func, cst.Attribute) or not call.args:
        return None
    if call.func.attr.value == "run_in_executor":
        return 1 if len(call.args) > 1 else None
    if call.func.attr.value not in METHODS or call.args[0].keyword or call.args[0].star:
        return None
    return 0 if _is_pool(work, frame, call.func.value) else None


def _is_pool(work: Work, frame: Frame, node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.Name):
        visitor = _Bound(node.value)
        look(frame.function.body, visitor)
        return any(_makes_pool(work, made) for made in visitor.found)
    return _makes_pool(work, node)


def _makes_pool(work: Work, node: cst.BaseExpression) -> bool:
    meaning = work.scopes.meaning(node.func) if isinstance(node, cst.Call) else None
    return isinstance(meaning, External) and meaning.path in POOLS


def _speaks(frame: Frame, call: cst.Call, handed: cst.BaseExpression) -> bool:
    """Whether the context is among what the function is handed, or in it or a function beside it."""
    inner = _Defined()
    look(frame.function.body, inner)
    waiting: list[cst.CSTNode] = [handed, *(arg.value for arg in call.args)]
    seen = set[str]()
    while waiting:
        spoken = set(_names(waiting.pop()))
        if frame.context in spoken:
            return True
        waiting += [inner.found[name].body for name in spoken - seen if name in inner.found]
        seen |= spoken
    return False


def _names(node: cst.CSTNode) -> Iterator[str]:
    visitor = _Spoken()
    look(node, visitor)
    yield from visitor.found


class _Spoken(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def visit_Name(self, node: cst.Name) -> None:
        self.found.append(node.value)


class _Defined(cst.CSTVisitor):
    """The functions within a function."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, cst.FunctionDef] = {}

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.found[node.name.value] = node


class _Bound(cst.CSTVisitor):
    """What a variable of a function is: what is assigned to it, or stands in its `with`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.found = name, list[cst.BaseExpression]()

    def visit_WithItem(self, node: cst.WithItem) -> None:
        if node.asname and dotted(node.asname.name) == self._name:
            self.found.append(node.item)

    def visit_Assign(self, node: cst.Assign) -> None:
        if any(dotted(target.target) == self._name for target in node.targets):
            self.found.append(node.value)
