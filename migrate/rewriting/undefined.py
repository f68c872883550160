"""No converted file may read a name that nothing binds: what would do so raises, and says which name.

Python finds such a name only when the line runs. Names that were undefined in the source already stay as
they were.
"""

from __future__ import annotations

import builtins
import re
import symtable
from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from migrate.rewriting.leftovers import Refusing
from migrate.rewriting.used import used_names

ALWAYS = frozenset(
    {*dir(builtins), "WindowsError", "__file__", "__path__", "__annotations__", "__module__", "__qualname__"}
)
"""Names that every module and class body has."""
LATER = re.compile(r"^from __future__ import [^\n]*\bannotations\b[^\n]*$", re.MULTILINE)
STAR = re.compile(r"^\s*from\s.*\simport\s+\*", re.MULTILINE)
REMEDY = "Write by hand what it stood for."


def undefined_in(code: str) -> frozenset[str]:
    """Names that a module reads and nothing binds.

    None for a module with a star import, and for syntax newer than this Python: nobody can tell there.
    """
    table = table_of(code)
    return undefined(table, code) if table else frozenset()


def table_of(code: str) -> symtable.SymbolTable | None:
    """The names of a module as Python sees them; None when this Python cannot read it."""
    try:
        return symtable.symtable(LATER.sub("", code), "module", "exec")
    except (SyntaxError, ValueError):
        return None


def undefined(top: symtable.SymbolTable, code: str) -> frozenset[str]:
    """The same as `undefined_in`, of a module whose names have been looked at."""
    if STAR.search(code):
        return frozenset()
    bound = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    read: set[str] = set()
    waiting = [top]
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_declared_global() and symbol.is_assigned():
                bound.add(symbol.get_name())
            elif symbol.is_referenced() and (symbol.is_global() or table is top):
                read.add(symbol.get_name())
    return frozenset(read - bound - ALWAYS)


@dataclass(frozen=True)
class RefusingUndefined(Refusing):
    """Definitions and statements that read one of `names` raise instead."""

    names: frozenset[str] = frozenset()

    def _spoken(self, node: cst.CSTNode) -> list[str]:
        return [name for name in used_names(node) if name in self.names]

    def _message(self, name: str, spoken: Sequence[str]) -> str:
        names = ", ".join(f"`{one}`" for one in spoken)
        self.found(name, names)
        return f"{self.place(name)}: nothing here is called {names} any more. {REMEDY}"
