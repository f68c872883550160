"""What a name means: followed through imports, aliases and re-exports, never guessed from its spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import libcst as cst

from migrate.reading.custom import is_taught
from migrate.reading.star_names import is_brought

DAGSTER = ("dagster", "dagster_")


ALONE = "dagster_pipes"
"""A package of its own: programs speak through it to whatever started them."""


@dataclass(frozen=True)
class External:
    """A name of a module outside the project, as a dotted path: `dagster.asset`."""

    path: str

    @property
    def is_dagster(self) -> bool:
        """True for Dagster itself and its integrations."""
        top = self.path.split(".")[0]
        own = top == "dagster" or (top.startswith("dagster_") and top != ALONE)
        return own or is_taught(self.path)


@dataclass(frozen=True)
class Internal:
    """A name defined at the top of one of the project's modules; `rest` are attributes of it."""

    module: str
    name: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModuleRef:
    """One of the project's own modules."""

    module: str


Meaning = External | Internal | ModuleRef


@dataclass
class ModuleNames:
    """The names bound at the top of a module: imports by what they lead to, the others by their nodes.

    `body` is the module's statements.
    """

    module: str
    package: bool
    imports: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, list[cst.CSTNode]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    body: Sequence[cst.CSTNode] = ()


def dotted(node: cst.BaseExpression | cst.CSTNode | None) -> str:
    """`a.b.c` for names and attributes, the empty string for anything else."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr.value}" if left else ""
    return ""


def canonical(path: str) -> str:
    """Dagster's public name for a path: `dagster._core.definitions.asset` is `dagster.asset`."""
    parts = path.split(".")
    if len(parts) > 2 and (parts[1].startswith("_") or parts[1] in ("core", "preview", "components")):
        first = next((place for place, part in enumerate(parts) if place and part[:1].isupper()), -1)
        tail = parts[first:]
        return ".".join([parts[0], *tail])
    if len(parts) > 2 and parts[0].startswith("dagster_") and parts[1].islower():
        return ".".join([parts[0], parts[-1]])
    return path


def imports_of(node: cst.Import | cst.ImportFrom, module: str, package: bool) -> Iterator[tuple[str, str]]:
    """Pairs of bound name and dotted target; `*` is the bound name of a star import."""
    if isinstance(node, cst.Import):
        for alias in node.names:
            target = dotted(alias.name)
            if alias.asname:
                yield dotted(alias.asname.name), target
            else:
                yield target.split(".")[0], target.split(".")[0]
        return
    base = absolute(node, module, package)
    if isinstance(node.names, cst.ImportStar):
        yield "*", base
        return
    for alias in node.names:
        name = dotted(alias.name)
        bound = dotted(alias.asname.name) if alias.asname else name
        yield bound, f"{base}.{name}" if base else name


def absolute(node: cst.ImportFrom, module: str, package: bool) -> str:
    """The absolute module of a `from … import`."""
    name = dotted(node.module) if node.module else ""
    level = len(node.relative)
    if not level:
        return name
    parts = module.split(".") if module else []
    keep = len(parts) - level + (1 if package else 0)
    return ".".join([*parts[: max(keep, 0)], *([name] if name else [])])


def collect(tree: cst.Module, module: str, package: bool) -> ModuleNames:
    """The names a module binds at its top, those inside `if`, `try` and `with` included."""
    found = ModuleNames(module, package, body=tree.body)
    for statement in _top(tree.body):
        for name, node in bound_by(statement):
            found.nodes.setdefault(name, []).append(node)
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if isinstance(small, cst.Import | cst.ImportFrom):
                    for name, target in imports_of(small, module, package):
                        if name == "*":
                            found.stars.append(target)
                        else:
                            found.imports.setdefault(name, target)
    return found


@lru_cache(maxsize=1)
def collected(tree: cst.Module, module: str, package: bool) -> ModuleNames:
    """The same, worked out once for passes that ask one after another and change nothing of it."""
    return collect(tree, module, package)


def _top(body: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    for statement in body:
        yield statement
        if isinstance(statement, cst.If | cst.Try | cst.With | cst.Else | cst.ExceptHandler | cst.For):
            yield from _top(statement.body.body)
            if isinstance(statement, cst.If | cst.Try) and statement.orelse:
                yield from _top([statement.orelse])
            if isinstance(statement, cst.Try):
                yield from _top(statement.handlers)


def bound_by(statement: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    """Names one statement binds by definition or assignment, with the node that says so."""
    if isinstance(statement, cst.FunctionDef | cst.ClassDef):
        yield statement.name.value, statement
    elif isinstance(statement, cst.SimpleStatementLine):
        for small in statement.body:
            if isinstance(small, cst.Assign):
                for target in small.targets:
                    for name in names_in(target.target):
                        yield name, small
            elif isinstance(small, cst.AnnAssign | cst.AugAssign) and isinstance(small.target, cst.Name):
                yield small.target.value, small


def names_in(target: cst.BaseExpression) -> Iterator[str]:
    """The plain names that a target of an assignment or a loop binds."""
    if isinstance(target, cst.Name):
        yield target.value
    elif isinstance(target, cst.Tuple | cst.List):
        for element in target.elements:
            yield from names_in(element.value)


@dataclass(frozen=True)
class NameIndex:
    """All modules of a project by dotted name; `asked` remembers what functions ask of their contexts."""

    modules: Mapping[str, ModuleNames]
    asked: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def is_dagster(self, path: str) -> bool:
        """Whether a module's path is Dagster's: a project may be called `dagster_something` itself."""
        top = path.split(".", maxsplit=1)[0]
        own = path in self.modules or top in self.modules or top in getattr(self.modules, "bare_packages", ())
        return is_taught(path) or (not own and External(path).is_dagster)

    def resolve(self, module: str, path: str, seen: frozenset[str] = frozenset()) -> Meaning | None:
        """What a dotted path means at the top of `module`; None when nothing is known of it."""
        if f"{module}:{path}" in seen or module not in self.modules:
            return None
        seen = seen | {f"{module}:{path}"}
        names = self.modules[module]
        first, *rest = path.split(".")
        if first in names.nodes:
            if is_taught(f"{module}.{path}"):
                return External(f"{module}.{path}")
            return Internal(module, first, tuple(rest))
        if first in names.imports:
            return self.follow(".".join([names.imports[first], *rest]), seen)
        for star in names.stars:
            if star in self.modules:
                found = self.resolve(star, path, seen)
                if found:
                    return found
            elif External(star).is_dagster and is_brought(star, first):
                return External(canonical(f"{star}.{path}"))
        if f"{module}.{first}" in self.modules and names.package:
            return self.follow(f"{module}.{path}", seen)
        return None

    def follow(self, path: str, seen: frozenset[str] = frozenset()) -> Meaning | None:
        """What an absolute dotted path means."""
        if path in getattr(self.modules, "bare_packages", ()):
            return ModuleRef(path)
        parts = path.split(".")
        for cut in range(len(parts), 0, -1):
            module = ".".join(parts[:cut])
            if module in self.modules:
                if cut == len(parts):
                    return self._hidden(module, seen) or ModuleRef(module)
                return self.resolve(module, ".".join(parts[cut:]), seen)
        for cut in range(1, len(parts)):  # `src.shop.orders`, from the folder above, of `shop.orders`
            if (".".join(parts[:cut]), parts[cut]) in getattr(self.modules, "around", ()):
                return self.follow(".".join(parts[cut:]), seen)
        return External(canonical(path))

    def _hidden(self, module: str, seen: frozenset[str]) -> Meaning | None:
        """What a package binds under the name of one of its modules: it is found in the module's place."""
        above, _, name = module.rpartition(".")
        if above not in self.modules or not self.modules[above].package:
            return None
        names = self.modules[above]
        imported = names.imports.get(name, "").startswith(f"{module}.")
        own = name in names.nodes and any(i.startswith(f"{module}.") for i in names.imports.values())
        return self.resolve(above, name, seen) if imported or own else None
