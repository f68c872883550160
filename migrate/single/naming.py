"""What each name is called in the one file: its own name, unless two meet or one would be hidden."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import libcst as cst
from libcst.metadata import FunctionScope, Scope

from migrate.single.members import External, Member, Own, node_of
from migrate.single.sites import Sites, sees

Symbol = Own | External


@dataclass
class Names:
    """The final name of each symbol; `local` renames variables of functions that would hide one.

    `making_way` is what such variables are called now, by name.
    """

    final: dict[Symbol, str] = field(default_factory=dict)
    local: dict[tuple[int, str], str] = field(default_factory=dict)
    making_way: dict[str, str] = field(default_factory=dict)


def named(
    members: Mapping[str, Member], seen: Mapping[str, Sites], first: Sequence[Symbol], more: Iterable[Symbol]
) -> Names:
    """Decide on all names.

    Args:
        members: the modules, in their order.
        seen: what each of them speaks of.
        first: symbols that keep their names before all others.
        more: symbols that the file needs beside those of the modules.
    """
    names, words = Names(), _words(members)
    free = {word for sites in seen.values() for word in sites.free}
    taken: set[str] = set()
    for symbol in dict.fromkeys([*first, *_symbols(members, seen, more)]):
        wanted = symbol.bound if isinstance(symbol, External) else symbol.name
        own_free = wanted in free and not wanted.startswith("__")
        if wanted in taken or own_free or not _visible(symbol, wanted, seen, words, names):
            wanted = _fresh(symbol, wanted, words)
        names.final[symbol] = wanted
        taken.add(wanted)
    return names


def _words(members: Mapping[str, Member]) -> set[str]:
    """Every word of the sources: a name that is none of them can hide nothing."""
    return {word for m in members.values() for word in re.findall(r"[^\W\d]\w*", m.tree.code)}


def _symbols(
    members: Mapping[str, Member], seen: Mapping[str, Sites], more: Iterable[Symbol]
) -> list[Symbol]:
    """Imports first, then what is decorated, then other functions and classes, then variables."""
    found: list[Symbol] = [*more]
    found += dict.fromkeys(
        s.meaning for sites in seen.values() for s in sites.found if isinstance(s.meaning, External)
    )
    ranked: list[tuple[int, Own]] = []
    for member in members.values():
        nodes = {a.name: node_of(a) for a in member.top.assignments} if member.has_names else {}
        for name in sorted(member.defined, key=list(nodes).index):
            node = nodes[name]
            decorated = isinstance(node, cst.FunctionDef) and bool(node.decorators)
            rank = 0 if decorated else 1 if isinstance(node, cst.FunctionDef | cst.ClassDef) else 2
            ranked.append((rank, Own(member.module, name)))
    return [*found, *(own for _, own in sorted(ranked, key=lambda pair: pair[0]))]


def _visible(symbol: Symbol, wanted: str, seen: Mapping[str, Sites], words: set[str], names: Names) -> bool:
    """Whether every place that speaks of a symbol would see it by this name; hiding variables make way."""
    fresh: dict[tuple[int, str], str] = {}
    for sites in seen.values():
        for site in sites.found:
            if site.meaning != symbol or site.spoken == wanted:
                continue
            for scope in sees(site.scope, wanted):
                if not _can_make_way(scope, wanted):
                    return False
                if wanted not in names.making_way:
                    names.making_way[wanted] = _unused(f"the_{wanted}", words)
                fresh[id(scope), wanted] = names.making_way[wanted]
    names.local.update(fresh)
    return True


def _can_make_way(scope: Scope, name: str) -> bool:
    """Whether a name is a plain variable of one function, which nobody else speaks of."""
    bindings = [a for a in scope.assignments if a.name == name]
    return isinstance(scope, FunctionScope) and all(isinstance(node_of(a), cst.Name) for a in bindings)


def _fresh(symbol: Symbol, wanted: str, words: set[str]) -> str:
    """A name that occurs nowhere, told by the module."""
    stem = (symbol.path if isinstance(symbol, External) else symbol.module).rpartition(".")[2] or "top"
    bare = wanted.strip("_")
    private = "_" if wanted.startswith("_") else ""
    if isinstance(symbol, External) and not symbol.name:
        found = f"{bare}_module"
    elif bare.isupper():
        found = f"{private}{stem.upper()}_{bare}"
    elif bare[:1].isupper():
        found = private + "".join(part.title() for part in stem.split("_")) + bare
    else:
        found = f"{private}{stem}_{bare}"
    return _unused(found, words)


def _unused(wanted: str, words: set[str]) -> str:
    found, number = wanted, 1
    while found in words or keyword.iskeyword(found):
        number += 1
        found = f"{wanted}_{number}"
    words.add(found)
    return found
