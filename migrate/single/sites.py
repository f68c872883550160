"""Every place of a module that speaks of a name at the top of some module, and what cannot be merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import BuiltinScope, ClassScope, FunctionScope, GlobalScope, Scope

from migrate.reading.names import dotted, imports_of
from migrate.single.meaning import Meanings
from migrate.single.members import (
    External,
    Import,
    Inner,
    Meaning,
    Member,
    Own,
    is_typing_only,
)

OF_ITS_FILE = ("__package__", "__path__", "__spec__", "__loader__")
BY_NAME = ("import_module", "__import__", "run_module")
WORD = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")


@dataclass(frozen=True)
class Site:
    """A node that stands for `meaning`, which it calls `spoken`; `now` when importing the module runs it."""

    node: cst.CSTNode
    meaning: Own | External
    spoken: str
    scope: Scope
    now: bool


@dataclass(frozen=True)
class Problem:
    """What stands in the way of one file, with the text of the line it is about."""

    member: Member
    text: str
    cause: str
    remedy: str


class Sites(cst.CSTVisitor):
    """Walks a member; afterwards `found`, `strings`, `files`, `free` and `problems` say what was seen."""

    def __init__(self, member: Member, meanings: Meanings) -> None:
        super().__init__()
        self.member, self.meanings = member, meanings
        self.found: list[Site] = []
        self.strings: list[tuple[cst.SimpleString, Scope]] = []
        self.files: list[cst.Name] = []
        self.mentioned: set[Own | External] = set()
        self.free: set[str] = set()
        self.problems: list[Problem] = []
        self._annotations = 0

    def walk(self) -> Sites:
        """Look at all statements that are merged."""
        for statement in self.member.tree.body:
            if not is_typing_only(statement):
                statement.visit(self)
        return self

    def problem(self, node: cst.CSTNode, cause: str, remedy: str) -> None:
        """Note what cannot be merged."""
        text = cst.Module([]).code_for_node(node).strip().splitlines()[0]
        self.problems.append(Problem(self.member, text, cause, remedy))

    def visit_Import(self, node: cst.Import) -> bool:
        """LibCST calls this on the way in."""
        self._import(node)
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        """LibCST calls this on the way in."""
        self._import(node)
        return False

    def _import(self, node: Import) -> None:
        hoisted = any(node is other for other in self.member.hoisted())
        at_top = any(
            a.scope is self.member.top for a in self.member.top.assignments if node is getattr(a, "node", 0)
        )
        inner = [
            t
            for _, t in imports_of(node, self.member.module, self.member.package)
            if self.meanings.leads_in(t)
        ]
        if inner and at_top and not hoisted:
            remedy = "Import it at the top of the module, without a condition."
            self.problem(node, f"{inner[0]} is imported under a condition", remedy)

    def visit_Annotation(self, node: cst.Annotation) -> None:
        """LibCST calls this on the way in."""
        self._annotations += 1

    def leave_Annotation(self, original_node: cst.Annotation) -> None:
        """LibCST calls this on the way out."""
        self._annotations -= 1

    def visit_SimpleString(self, node: cst.SimpleString) -> bool:
        """LibCST calls this on the way in."""
        scope = self.member.scopes.get(node)
        if self._annotations and scope is not None:
            self.strings.append((node, scope))
            for word in WORD.findall(node.raw_value):
                meaning = self.meanings.of(self.member, scope, word.split(".")[0])
                if isinstance(meaning, Own | External):
                    self.mentioned.add(meaning)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        """LibCST calls this on the way in."""
        node.value.visit(self)
        return False

    def visit_Global(self, node: cst.Global) -> bool:
        """LibCST calls this on the way in."""
        for item in node.names:
            self._name(item.name, self.member.top)
        return False

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        """LibCST calls this on the way in."""
        self._assigned(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        """LibCST calls this on the way in."""
        self._assigned(node.target)

    def _assigned(self, target: cst.BaseExpression) -> None:
        if isinstance(target, cst.Attribute) and self._chain(target):
            self.problem(
                target,
                f"{dotted(target)} sets a name of another module",
                "Set it by a function of that module.",
            )

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        if dotted(node.func).rpartition(".")[2] in BY_NAME and node.args:
            value = node.args[0].value
            name = value.evaluated_value if isinstance(value, cst.SimpleString) else None
            if isinstance(name, str) and self.meanings.is_inner(name):
                self.problem(node, f"{name} is imported by its name", "Import it at the top of the module.")

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in."""
        found = self._chain(node)
        if found is None:
            node.value.visit(self)
            return False
        if isinstance(found, Site):
            self.found.append(found)
        return False

    def _chain(self, node: cst.Attribute) -> Site | Problem | None:
        """The place where a dotted name that starts at a module arrives; None when it starts elsewhere."""
        chain: list[cst.Attribute] = [node]
        while isinstance(chain[-1].value, cst.Attribute):
            chain.append(chain[-1].value)
        root = chain[-1].value
        scope = self.member.scopes.get(root)
        if not isinstance(root, cst.Name) or scope is None:
            return None
        meaning: Meaning | None = self.meanings.of(self.member, scope, root.value)
        if not isinstance(meaning, Inner):
            return None
        for part in reversed(chain):
            step = self.meanings.at_top(meaning.module, part.attr.value)
            if step is None:
                self.problem(node, f"{meaning.module} has no {part.attr.value}", "Mend the name.")
                return self.problems[-1]
            if not isinstance(step, Inner):
                return Site(part, step, dotted(part), scope, self._now(scope))
            meaning = step
        self.problem(
            node, f"the module {meaning.module} is used as a value", "Import the names it is used for."
        )
        return self.problems[-1]

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        scope = self.member.scopes.get(node)
        if scope is not None:
            self._name(node, scope)

    def _name(self, node: cst.Name, scope: Scope) -> None:
        if node.value == "__file__":
            self.files.append(node)
            return
        if node.value in OF_ITS_FILE:
            self.problem(node, f"{node.value} is of the module's own file", "Do without it.")
        meaning = self.meanings.of(self.member, scope, node.value)
        if isinstance(meaning, Inner):
            self.problem(
                node, f"the module {meaning.module} is used as a value", "Import the names it is used for."
            )
        elif meaning is None and self._lost(scope, node.value):
            self.problem(
                node, f"no module binds {node.value} any more", "See conversion.json for what it was."
            )
        elif meaning is not None:
            self.found.append(Site(node, meaning, node.value, scope, self._now(scope)))
        elif all(isinstance(a.scope, BuiltinScope) for a in scope[node.value]):
            self.free.add(node.value)

    def _lost(self, scope: Scope, name: str) -> bool:
        """Whether an import from the project that leads nowhere binds a name."""
        found = scope[name]
        at_top = bool(found) and all(a.scope is self.member.top for a in found)
        return at_top and self.meanings.leads_in(self.member.meanings.get(name, ""))

    def _now(self, scope: Scope) -> bool:
        return not self._annotations and not any(isinstance(s, FunctionScope) for s in chain_of(scope))


def chain_of(scope: Scope) -> Sequence[Scope]:
    """A scope and those around it, the module's own left out."""
    found: list[Scope] = []
    while not isinstance(scope, GlobalScope | BuiltinScope):
        found.append(scope)
        scope = scope.parent
    return found


def sees(scope: Scope, name: str) -> Sequence[Scope]:
    """The scopes around a place, below the module's own, that bind a name and so hide it."""
    around = chain_of(scope)
    return [
        s
        for place, s in enumerate(around)
        if any(a.name == name for a in s.assignments) and not (place and isinstance(s, ClassScope))
    ]
