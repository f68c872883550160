"""The modules that become one file: their trees, their scopes, and what each name at their top stands for."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import libcst as cst
from libcst.metadata import GlobalScope, MetadataWrapper, Scope, ScopeProvider

from migrate.reading.names import absolute, dotted, imports_of
from migrate.rewriting.import_order import is_docstring

Import = cst.Import | cst.ImportFrom


@dataclass(frozen=True)
class Own:
    """A name that a member binds at its top."""

    module: str
    name: str


@dataclass(frozen=True)
class External:
    """A name that an import from elsewhere binds; `name` is empty where the module itself is imported."""

    path: str
    name: str
    bound: str


@dataclass(frozen=True)
class Inner:
    """A module of the project, or a package above one."""

    module: str


Meaning = Own | External | Inner


@dataclass
class Member:
    """One module to merge, without its `if __name__ == "__main__":`; `kept` imports stay where they are."""

    path: str
    module: str
    package: bool
    tree: cst.Module = field(repr=False)
    kept: set[int] = field(default_factory=set, repr=False)
    started: bool = False

    def __post_init__(self) -> None:
        body = [s for s in self.tree.body if not is_main(s)]
        self.started = len(body) < len(self.tree.body)
        self.tree = self.tree.with_changes(body=body)

    @cached_property
    def scopes(self) -> Mapping[cst.CSTNode, Scope | None]:
        """The scope each node stands in."""
        found: Mapping[cst.CSTNode, Scope | None] = MetadataWrapper(self.tree, unsafe_skip_copy=True).resolve(
            ScopeProvider
        )
        return found

    @cached_property
    def top(self) -> GlobalScope:
        """The scope of the module's own names."""
        found = next(s for s in self.scopes.values() if s is not None).globals
        assert isinstance(found, GlobalScope)
        return found

    @cached_property
    def has_names(self) -> bool:
        """Whether anything stands in it but comments."""
        return bool(self.tree.body)

    @cached_property
    def defined(self) -> frozenset[str]:
        """Names that something else than an import at its very top binds."""
        if not self.has_names:
            return frozenset()
        hoisted = {id(node) for node in self.hoisted()}
        return frozenset(
            a.name
            for a in self.top.assignments
            if "." not in a.name and not (isinstance(node_of(a), Import) and id(node_of(a)) in hoisted)
        )

    def hoisted(self) -> Iterator[Import]:
        """Imports that can move to the top of the merged file: before anything happens, or for types only."""
        for statement, _ in self.imports():
            for small in statement.body:
                if isinstance(small, Import):
                    yield small

    def imports(self) -> Iterator[tuple[cst.SimpleStatementLine, bool]]:
        """Import statements at the top, and whether they stand in `if TYPE_CHECKING`."""
        for statement in self.tree.body:
            if isinstance(statement, cst.SimpleStatementLine) and self.goes(statement):
                yield statement, False
            elif isinstance(statement, cst.If) and is_typing_only(statement):
                for inner in statement.body.body:
                    assert isinstance(inner, cst.SimpleStatementLine)
                    yield inner, True

    def goes(self, statement: cst.CSTNode) -> bool:
        """Whether a statement is made of imports that do not stay where they are."""
        return bool(imports_of_line(statement)) and not self.kept & {
            id(s) for s in imports_of_line(statement)
        }

    @cached_property
    def meanings(self) -> dict[str, str]:
        """Bound name → dotted target, of imports at the top."""
        return {
            bound: target
            for node in self.hoisted()
            for bound, target in imports_of(node, self.module, self.package)
            if bound != "*"
        }

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules of star imports at the top."""
        return tuple(
            absolute(node, self.module, self.package)
            for node in self.hoisted()
            if isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar)
        )

    def settle(self, leads_in: Callable[[str], bool]) -> None:
        """Find the imports that stand after code that does something: they stay where they are.

        Args:
            leads_in: whether an import of a dotted path takes something from the project; it goes anyway.
        """
        quiet = True
        for statement in self.tree.body:
            smalls = imports_of_line(statement)
            targets = [t for small in smalls for _, t in imports_of(small, self.module, self.package)]
            if smalls and not quiet and not all(map(leads_in, targets)):
                self.kept |= {id(s) for s in smalls}
            elif not (smalls or is_quiet(statement) or is_typing_only(statement)):
                quiet = False

    def leave_to(self, early: Container[External]) -> None:
        """Imports that another module makes at its top are no longer kept where they are."""
        for statement in self.tree.body:
            smalls = imports_of_line(statement)
            if smalls and all(s in early for small in smalls for s in externals(small, self)):
                self.kept -= {id(small) for small in smalls}


def externals(node: Import, member: Member) -> Iterator[External]:
    """What an import takes from elsewhere, as if all of it were."""
    for bound, target in imports_of(node, member.module, member.package):
        if isinstance(node, cst.Import):
            yield External(target, "", bound)
        else:
            path, _, name = target.rpartition(".")
            yield External(target, "*", "*") if bound == "*" else External(path, name, bound)


def node_of(assignment: object) -> cst.CSTNode | None:
    """The node that binds a name."""
    found = getattr(assignment, "node", None)
    return found if isinstance(found, cst.CSTNode) else None


def imports_of_line(statement: cst.CSTNode) -> list[Import]:
    """The imports of a line that is made of imports only, else nothing."""
    small = list(statement.body) if isinstance(statement, cst.SimpleStatementLine) else []
    found = [s for s in small if isinstance(s, Import)]
    return found if len(found) == len(small) else []


def is_typing_only(statement: cst.CSTNode) -> bool:
    """Whether it is `if TYPE_CHECKING:` over imports and nothing else."""
    return (
        isinstance(statement, cst.If)
        and statement.orelse is None
        and dotted(statement.test).rpartition(".")[2] == "TYPE_CHECKING"
        and all(map(imports_of_line, statement.body.body))
    )


def is_main(statement: cst.CSTNode) -> bool:
    """Whether it is `if __name__ == "__main__":`."""
    if not isinstance(statement, cst.If) or not isinstance(statement.test, cst.Comparison):
        return False
    return "__name__" in {
        dotted(n) for n in (statement.test.left, *(c.comparator for c in statement.test.comparisons))
    }


def is_quiet(statement: cst.CSTNode) -> bool:
    """Whether imports may pass it: a definition, a docstring, an assignment without a call."""
    if isinstance(statement, cst.FunctionDef | cst.ClassDef) or is_docstring(statement):
        return True
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    return all(
        isinstance(small, Import | cst.Pass)
        or (
            isinstance(small, cst.Assign | cst.AnnAssign)
            and small.value is not None
            and not any(True for _ in _calls(small))
        )
        for small in statement.body
    )


def _calls(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for child in node.children:
        if isinstance(child, cst.Call | cst.Subscript):
            yield child
        yield from _calls(child)
