"""What a name means across modules: followed through imports and re-exports to where it is bound."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst
from libcst.metadata import GlobalScope, Scope

from migrate.reading.names import imports_of
from migrate.single.members import External, Import, Inner, Meaning, Member, Own, node_of


class Meanings:
    """The members by module, and the packages above them."""

    def __init__(self, members: Mapping[str, Member]) -> None:
        self.members = members
        self.above = {m.rsplit(".", n)[0] for m in members for n in range(1, m.count(".") + 1)}

    def is_inner(self, path: str) -> bool:
        """Whether a dotted path is a module of the project or a package above one."""
        return path in self.members or path in self.above

    def leads_in(self, path: str) -> bool:
        """Whether an import of this path takes something from the project."""
        return self.is_inner(path) or self.is_inner(path.rpartition(".")[0])

    def at_top(
        self, module: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()
    ) -> Meaning | None:
        """What `module.name` means; None when there is no such name."""
        if (module, name) in seen:
            return None
        seen = seen | {(module, name)}
        member = self.members.get(module)
        if member and member.has_names:
            if name in member.defined:
                return Own(module, name)
            if name in member.meanings:
                return self.target(member.meanings[name], name, self._import(member, name), seen)
            for star in member.stars:
                found = self.at_top(star, name, seen) if self.is_inner(star) else None
                if found and not name.startswith("_"):
                    return found
        return Inner(f"{module}.{name}") if self.is_inner(f"{module}.{name}") else None

    def target(
        self, path: str, bound: str, node: Import, seen: frozenset[tuple[str, str]] = frozenset()
    ) -> Meaning | None:
        """What an import of a dotted path means."""
        if isinstance(node, cst.ImportFrom):
            module, _, name = path.rpartition(".")
            if self.is_inner(module):
                return self.at_top(module, name, seen)
            return Inner(path) if self.is_inner(path) else External(module, name, bound)
        return Inner(path) if self.is_inner(path) else External(path, "", bound)

    def _import(self, member: Member, name: str) -> Import:
        for node in member.hoisted():
            if any(bound == name for bound, _ in imports_of(node, member.module, member.package)):
                return node
        raise LookupError(name)

    def of(self, member: Member, scope: Scope, name: str) -> Meaning | None:
        """What a name means at a place of a member; None when it is local, a builtin or unknown."""
        found = scope[name]
        if not found:
            return next((m for s in member.stars if self.is_inner(s) and (m := self.at_top(s, name))), None)
        first = next(iter(found))
        if isinstance(first.scope, GlobalScope):
            return self.at_top(member.module, name)
        node = node_of(first)
        if isinstance(node, Import):  # an import inside a function
            for bound, path in imports_of(node, member.module, member.package):
                if bound == name and self.leads_in(path):
                    return self.target(path, name, node)
        return None
