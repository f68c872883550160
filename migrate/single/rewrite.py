"""One module as a section of the one file: names changed, imports gone, its docstring a comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import libcst as cst

from migrate.reading.names import dotted, imports_of
from migrate.rewriting.import_order import is_docstring
from migrate.single.meaning import Meanings
from migrate.single.members import (
    External,
    Import,
    Inner,
    Member,
    Own,
    is_typing_only,
    node_of,
)
from migrate.single.naming import Names
from migrate.single.sites import WORD, Sites

OS = External("os", "", "os")
TASKS = (
    "prefect.flow",
    "prefect.task",
    "prefect.assets.materialize",
    "prefect.assets.materialize.materialize",
)
RULE = "# " + "-" * 77


def section(member: Member, sites: Sites, names: Names, meanings: Meanings, base: str) -> str:
    """The text of a member in the one file; empty when nothing of it stays."""
    title, body = header(member), []
    for statement in member.tree.body:
        if is_docstring(statement) and statement is member.tree.body[0]:
            continue
        if is_typing_only(statement) or _is_all(statement):
            continue
        if member.goes(statement):
            title += _comments(statement)
            continue
        body.append(statement)
    if not body and not title:
        return ""
    shown = member.path.removeprefix(base)
    head = [RULE, f"# {shown}", *(["#", *title] if title else []), RULE]
    fresh = cst.Module(body).visit(_Renaming(member, sites, names, meanings, shown))
    code = cst.Module(list(fresh.body), default_indent=member.tree.default_indent).code.strip("\n")
    footer = "".join(f"\n{line.comment.value}" for line in member.tree.footer if line.comment)
    gap = "\n\n\n" if code.startswith(("def ", "class ", "async def ", "@")) else "\n\n"
    return "\n".join(head) + (gap + code if code else "") + footer + "\n"


def header(member: Member) -> list[str]:
    """The docstring and the first comments of a module, as lines of a comment."""
    lines = [
        line.comment.value
        for line in member.tree.header
        if line.comment and not line.comment.value.startswith(("#!", "# -*-", "# coding"))
    ]
    text = member.tree.get_docstring()
    return [*lines, *(f"# {line}".rstrip() for line in (text or "").strip().splitlines())]


def _comments(statement: cst.CSTNode) -> list[str]:
    """Comments on lines of their own above an import."""
    leading = getattr(statement, "leading_lines", ())
    return [line.comment.value for line in leading if line.comment]


def _is_all(statement: cst.CSTNode) -> bool:
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return False
    small = statement.body[0]
    if isinstance(small, cst.Assign):
        return any(dotted(t.target) == "__all__" for t in small.targets)
    return isinstance(small, cst.AnnAssign | cst.AugAssign) and dotted(small.target) == "__all__"


def needs_os(member: Member, sites: Sites, base: str) -> bool:
    """Whether the place of the module's own file has to be put together."""
    return bool(sites.files) and _moved(member.path.removeprefix(base))


def _moved(shown: str) -> bool:
    return "/" in shown


class _Renaming(cst.CSTTransformer):
    """Every place that was found says the final name; what imports from the project goes."""

    def __init__(self, member: Member, sites: Sites, names: Names, meanings: Meanings, shown: str) -> None:
        super().__init__()
        self.member, self.names, self.meanings, self.shown = member, names, meanings, shown
        self.said = {id(s.node): names.final[s.meaning] for s in sites.found}
        self.strings = {id(node): scope for node, scope in sites.strings}
        nodes = [node_of(a) for a in member.top.assignments]
        self.in_place = {
            id(alias)
            for node in nodes
            if isinstance(node, Import) and not isinstance(node.names, cst.ImportStar)
            for alias in node.names
        }
        self.files = {id(node) for node in sites.files} if _moved(shown) else set()

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        if id(original_node) in self.files:
            path = f"{self.names.final[OS]}.path"
            return cst.parse_expression(f'{path}.join({path}.dirname(__file__), "{self.shown}")')
        said = self.said.get(id(original_node)) or self._local(original_node)
        return updated_node.with_changes(value=said) if said else updated_node

    def _local(self, node: cst.Name) -> str | None:
        scope = self.member.scopes.get(node)
        if scope is None or not self.names.local:
            return None
        return next(
            (s for a in scope[node.value] if (s := self.names.local.get((id(a.scope), a.name)))), None
        )

    def leave_ImportAlias(
        self, original_node: cst.ImportAlias, updated_node: cst.ImportAlias
    ) -> cst.ImportAlias:
        """An import that stays at the top, under a condition or late, binds the final name."""
        if id(original_node) not in self.in_place:
            return updated_node
        bound = dotted(original_node.asname.name if original_node.asname else original_node.name)
        final = self.names.final.get(Own(self.member.module, bound), bound)
        if final == bound:
            return updated_node
        space = cst.SimpleWhitespace(" ")
        return updated_node.with_changes(asname=cst.AsName(cst.Name(final), space, space))

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        said = self.said.get(id(original_node))
        return cst.Name(said, lpar=updated_node.lpar, rpar=updated_node.rpar) if said else updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        is_path = dotted(original_node.func).rpartition(".")[2] == "Path" and len(original_node.args) == 1
        if not is_path or id(original_node.args[0].value) not in self.files:
            return updated_node
        function = cst.Module([]).code_for_node(updated_node.func)
        return cst.parse_expression(f'({function}(__file__).parent / "{self.shown}")')

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        scope = self.strings.get(id(original_node))
        if scope is None:
            return updated_node

        def said(word: str) -> str:
            first, *rest = word.split(".")
            meaning = self.meanings.of(self.member, scope, first)
            while isinstance(meaning, Inner) and rest:
                meaning = self.meanings.at_top(meaning.module, rest.pop(0))
            known = isinstance(meaning, Own | External) and meaning in self.names.final
            return ".".join([self.names.final[meaning], *rest]) if known else word  # type: ignore[index]

        return updated_node.with_changes(value=WORD.sub(lambda m: said(m.group()), updated_node.value))

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.RemovalSentinel:
        """LibCST calls this on the way out."""
        kept = [s for s in updated_node.body if not (isinstance(s, Import) and self._inner(s))]
        if len(kept) == len(updated_node.body):
            return updated_node
        return updated_node.with_changes(body=kept) if kept else cst.RemoveFromParent()

    def _inner(self, node: Import) -> bool:
        targets = [t for _, t in imports_of(node, self.member.module, self.member.package)]
        return all(self.meanings.leads_in(target) for target in targets)

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        """LibCST calls this on the way out."""
        if updated_node.body:
            return updated_node
        return updated_node.with_changes(body=[cst.parse_statement("pass\n")])

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        """A task or flow that is called otherwise now keeps the name it had for Prefect."""
        if id(original_node.name) not in self.said or updated_node.name.value == original_node.name.value:
            return updated_node
        decorators = list(updated_node.decorators)
        for place, decorator in enumerate(original_node.decorators):
            if self._is_task(decorator):
                fresh = _with_name(decorators[place].decorator, original_node.name.value)
                decorators[place] = decorators[place].with_changes(decorator=fresh)
        return updated_node.with_changes(decorators=decorators)

    def _is_task(self, decorator: cst.Decorator) -> bool:
        node = decorator.decorator
        name = dotted(node.func if isinstance(node, cst.Call) else node)
        scope = self.member.top
        meaning = self.meanings.of(self.member, scope, name.split(".")[0])
        if not isinstance(meaning, External):
            return False
        rest = name.partition(".")[2]
        return ".".join(p for p in (meaning.path, meaning.name, rest) if p) in TASKS


def _with_name(node: cst.BaseExpression, name: str) -> cst.BaseExpression:
    """A decorator's call with `name=`, the first of its keywords."""
    given = list(node.args) if isinstance(node, cst.Call) else []
    if any(a.keyword and a.keyword.value == "name" for a in given):
        return node
    first = next((n for n, a in enumerate(given) if a.keyword or a.star), len(given))
    space, comma = cst.SimpleWhitespace(""), cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    before = given[first - 1] if first else None
    if before and not isinstance(before.comma, cst.Comma):
        given[first - 1] = before.with_changes(comma=comma)
    if before and isinstance(before.comma, cst.Comma):
        comma = before.comma
    named = cst.Arg(cst.SimpleString(f'"{name}"'), cst.Name("name"), cst.AssignEqual(space, space))
    named = named.with_changes(comma=comma if first < len(given) else cst.MaybeSentinel.DEFAULT)
    args = [*given[:first], named, *given[first:]]
    return node.with_changes(args=args) if isinstance(node, cst.Call) else cst.Call(node, args)


def imported(members: Mapping[str, Member], meanings: Meanings) -> Iterator[tuple[External, str, bool]]:
    """Imports from elsewhere: the symbol, the module as it is written, whether it is for types only."""
    for member in members.values():
        for statement, typing_only in member.imports():
            for small in statement.body:
                if not isinstance(small, Import):
                    continue
                if isinstance(small, cst.Import):
                    for alias in small.names:
                        path = dotted(alias.name)
                        if not meanings.is_inner(path) and not meanings.is_inner(path.split(".")[0]):
                            bound = dotted(alias.asname.name) if alias.asname else path.split(".")[0]
                            whole = path if alias.asname else path.split(".")[0]
                            yield External(whole, "", bound), path, typing_only
                    continue
                for bound, target in imports_of(small, member.module, member.package):
                    if bound == "*":
                        if not meanings.is_inner(target):
                            yield External(target, "*", "*"), target, typing_only
                    elif not meanings.leads_in(target):
                        path, _, name = target.rpartition(".")
                        yield External(path, name, bound), path, typing_only
