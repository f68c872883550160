"""Which modules a flow needs, in the order in which Python would have finished importing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import libcst as cst

from migrate.reading.names import imports_of
from migrate.single.members import Import, Member, is_typing_only

Load = Callable[[str], Member | None]


def in_order(entries: Iterable[str], load: Load) -> dict[str, Member]:
    """The members that the entry modules reach, those first that must be first.

    Imports that run later (inside functions) or never (for types only) put nothing before anything.

    Args:
        entries: dotted names of modules.
        load: a member by its dotted name; None for what is not the project's.
    """
    found: dict[str, Member] = {}
    seen: set[str] = set()
    waiting = list(entries)
    while waiting:
        later: list[str] = []
        for module in waiting:
            _visit(module, load, found, seen, later)
        waiting = [m for m in later if m not in seen]
    return found


def _visit(module: str, load: Load, found: dict[str, Member], seen: set[str], later: list[str]) -> None:
    if module in seen:
        return
    if "." in module:  # its package comes first, and may import it
        _visit(module.rpartition(".")[0], load, found, seen, later)
        if module in seen:
            return
    seen.add(module)
    member = load(module)
    if member is None:
        return
    for target, now in _wanted(member):
        if now:
            _visit(target, load, found, seen, later)
        else:
            later.append(target)
    found[module] = member


def _wanted(member: Member) -> Iterator[tuple[str, bool]]:
    """Dotted names that the imports of a module lead to, and whether they are needed when it is imported."""
    for node, now in imports_in(member.tree):
        if isinstance(node, cst.Import):
            for alias in node.names:
                yield cst.Module([]).code_for_node(alias.name), now
            continue
        for bound, target in imports_of(node, member.module, member.package):
            yield (target if bound == "*" else target.rpartition(".")[0]), now
            yield target, now


def imports_in(tree: cst.Module) -> list[tuple[Import, bool]]:
    """Every import of a module, and whether importing the module runs it."""
    finder = _Imports()
    for statement in tree.body:
        finder.depth = int(is_typing_only(statement))
        statement.visit(finder)
    return finder.found


class _Imports(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.found: list[tuple[Import, bool]] = []

    def visit_Import(self, node: cst.Import) -> bool:
        """LibCST calls this on the way in."""
        self.found.append((node, not self.depth))
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        """LibCST calls this on the way in."""
        self.found.append((node, not self.depth))
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """LibCST calls this on the way in."""
        self.depth += 1

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        """LibCST calls this on the way out."""
        self.depth -= 1

    def visit_SimpleString(self, node: cst.SimpleString) -> bool:
        """LibCST calls this on the way in."""
        return False
