"""What an asset asks of its own definition, written as what its decorator says of it.

`context.assets_def.partitions_def` is the variable that the decorator names, `context.assets_def.key` is
`context.asset_key`, and the metadata of the own key is the dictionary that the decorator has. Both mean the
same to Dagster while nothing gives those names another value, so every rule can go by the plain words. A
function keeps the question, and is refused by name, where that does not hold: in a loop, whose variables it
would see as they are in the end; where a name is bound again below; where the decorator works a value out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import libcst as cst

from migrate.reading.factories.binding import inner_names, spoken
from migrate.reading.hoisting import path_of
from migrate.reading.local_names import local_names
from migrate.reading.names import ModuleNames, collected, dotted
from migrate.reading.own_answers import Answers, Unheld, definition_names, plain
from migrate.reading.unrolling import Put
from migrate.reading.walking import look, parts_of, rewrite, rewritten_tree

ONE = ("dagster.asset",)
SEVERAL = ("dagster.multi_asset",)
ASKED = "assets_def"
BLOCKS = (cst.If, cst.Else, cst.With, cst.Try, cst.TryStar, cst.ExceptHandler, cst.Finally, cst.ClassDef)
LOOPS = (cst.For, cst.While)
Lines = dict[int, int]


def with_own_definitions(
    tree: cst.Module, module: str, package: bool, lines: Callable[[], Lines]
) -> tuple[cst.Module, Lines]:
    """The module with such questions answered, and the line of each node; no lines when nothing changed.

    `lines` gives `id` of a node → its line, for the module as it is.
    """
    spoken_of = _Speaks()
    look(tree, spoken_of)
    if not spoken_of.found:
        return tree, {}
    names = collected(tree, module, package)
    rebound = dict(_rebound(tree.body, frozenset()))
    answering = _Answering(names, rebound, lines())
    fresh = rewritten_tree(tree, answering)
    return (fresh, answering.lines) if fresh is not tree else (tree, {})


class _Speaks(cst.CSTVisitor):
    """Tells whether anything is asked of a definition: no text is written for it."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        self.found = self.found or node.attr.value == ASKED


def _rebound(body: Sequence[cst.CSTNode], later: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
    """`id` of each function that is in no loop, and the names that are bound again once it is made."""
    for place, statement in enumerate(body):
        after = later | _bound(body[place + 1 :])
        if isinstance(statement, cst.FunctionDef):
            yield id(statement), after
        if isinstance(statement, (cst.FunctionDef, *BLOCKS)):
            yield from _rebound(_within(statement), after)


def _within(statement: cst.CSTNode) -> list[cst.CSTNode]:
    """The statements of a block, and the blocks that belong to it."""
    body = getattr(statement, "body", None)
    inner = [*body.body] if isinstance(body, cst.IndentedBlock) else []
    others = [getattr(statement, name, None) for name in ("orelse", "finalbody")]
    return [*inner, *getattr(statement, "handlers", ()), *(one for one in others if one is not None)]


def _bound(statements: Sequence[cst.CSTNode]) -> frozenset[str]:
    """The names that statements bind, those within functions left out."""
    plain_ones = [s for s in statements if isinstance(s, cst.SimpleStatementLine | cst.BaseCompoundStatement)]
    if not plain_ones:
        return frozenset()
    held = cst.FunctionDef(cst.Name("_"), cst.Parameters(), cst.IndentedBlock(plain_ones))
    return frozenset(local_names(held, "", False))


class _Answering(cst.CSTTransformer):
    """Puts what decorators say in the place of questions; keeps the line of what it builds anew."""

    def __init__(self, names: ModuleNames, rebound: Mapping[int, frozenset[str]], lines: Lines) -> None:
        super().__init__()
        self._names, self._rebound, self.lines = names, rebound, lines

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        """An asset, with its questions answered."""
        again = self._rebound.get(id(original_node))
        fresh = updated_node if again is None else self._answered(updated_node, again)
        if fresh is not original_node:
            line = self.lines.get(id(original_node), 1)
            self.lines[id(fresh)] = line
            _place(fresh, line, self.lines)
        return fresh

    def _answered(self, function: cst.FunctionDef, again: frozenset[str]) -> cst.FunctionDef:
        context, said = _context(function), self._decorator(function)
        if not context or said is None:
            return function
        path, args = said
        nodes = {a.keyword.value: a.value for a in args if a.keyword}
        if any(a.star for a in args):
            return function
        told = {n: v for n, v in nodes.items() if plain(v) and not set(spoken(v)) & again}
        held = definition_names(function, context)

        def answers() -> Answers:
            return Answers(context, held, told, frozenset(nodes), one=path in ONE)

        first = answers()
        rewrite(function.body, first)
        hidden = first.spoken & set(local_names(function, self._names.module, False))
        free = _with_names_apart(function, hidden)
        if free is None or first.spoken & inner_names(function.body):
            return function
        body = rewrite(free.body, answers())
        assert isinstance(body, cst.BaseSuite)
        over = {name for name in held if spoken(body).get(name) == 1}
        fresh = rewrite(body, Unheld(over)) if over else body
        return function if fresh is function.body else free.with_changes(body=fresh)

    def _decorator(self, function: cst.FunctionDef) -> tuple[str, Sequence[cst.Arg]] | None:
        """The name and the arguments of the decorator that makes an asset of a function."""
        for decorator in function.decorators[:1]:
            node = decorator.decorator
            call = node if isinstance(node, cst.Call) else None
            path = path_of(call.func if call else node, self._names)
            if path in (*ONE, *SEVERAL):
                return path, call.args if call else ()
        return None


def _context(function: cst.FunctionDef) -> str:
    """The name of the context's parameter: the first one, unless it is something else by its annotation."""
    given = [*function.params.posonly_params, *function.params.params]
    first = given[0] if given else None
    annotation = dotted(first.annotation.annotation) if first and first.annotation else ""
    name = first.name.value if first else ""
    return name if (annotation.endswith("Context") if annotation else name == "context") else ""


def _place(node: cst.CSTNode, line: int, lines: Lines) -> None:
    """Gives every node below one a line: its own if it had one, else that of what stands around it."""
    for child in parts_of(node):
        _place(child, lines.setdefault(id(child), line), lines)


def _with_names_apart(function: cst.FunctionDef, hidden: set[str]) -> cst.FunctionDef | None:
    """The function with other names for variables that hide what is put there; None if that cannot be."""
    if not hidden:
        return function
    given = [*function.params.posonly_params, *function.params.params, *function.params.kwonly_params]
    names = {name: f"own_{name}" for name in hidden}
    if hidden & {p.name.value for p in given} or set(names.values()) & set(spoken(function.body)):
        return None
    body = rewrite(function.body, Put({old: cst.Name(new) for old, new in names.items()}))
    return function.with_changes(body=body)
