"""`@definitions` functions, laid out at the top of their module: what they make are names like any other.

Dagster calls such a function once, while it loads the module. Its statements mean the same without the
function around them, and rules then see jobs, schedules and assets where they see all others.
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.reading.local_names import local_names
from migrate.reading.names import ModuleNames, bound_by, canonical, collected, dotted
from migrate.reading.walking import look

DECORATORS = ("dagster.definitions", "dagster.component_definitions")


def dissolved(tree: cst.Module, module: str, package: bool) -> tuple[cst.Module, tuple[cst.FunctionDef, ...]]:
    """The module without its `@definitions` functions, and those functions.

    A function stays when it takes what the loader hands it, returns from within a loop, or binds a name
    that means something else at the top of the module.
    """
    names = collected(tree, module, package)
    body: list[cst.BaseStatement | cst.SimpleStatementLine] = []
    gone: list[cst.FunctionDef] = []
    taken = {*names.imports, *names.nodes}
    for statement in tree.body:
        laid = None
        if isinstance(statement, cst.FunctionDef) and _is_definitions(statement, names):
            laid = _laid_out(statement, taken, module, package)
        if laid is None:
            body.append(statement)
            continue
        assert isinstance(statement, cst.FunctionDef)
        gone.append(statement)
        body += laid
        taken |= {name for part in laid for name, _ in bound_by(part)}
    return (tree.with_changes(body=body), tuple(gone)) if gone else (tree, ())


def _is_definitions(function: cst.FunctionDef, names: ModuleNames) -> bool:
    if len(function.decorators) != 1:
        return False
    node = function.decorators[0].decorator
    path = dotted(node.func if isinstance(node, cst.Call) else node)
    first, _, rest = path.partition(".")
    target = names.imports.get(first, "")
    return bool(target) and canonical(f"{target}.{rest}" if rest else target) in DECORATORS


def _laid_out(
    function: cst.FunctionDef, taken: set[str], module: str, package: bool
) -> list[cst.BaseStatement] | None:
    name = function.name.value
    inside = set(local_names(function, module, package))
    imported = {n for n, target in local_names(function, module, package).items() if target}
    if function.params.params or (inside - {name} - imported) & taken or _yields(function):
        return None
    assert isinstance(function.body, cst.BaseSuite)
    if not isinstance(function.body, cst.IndentedBlock):
        return None
    statements = _ending(_without_docstring(function.body.body), name)
    if not statements:
        return None
    leading = [*function.leading_lines, *getattr(statements[0], "leading_lines", ())]
    return [statements[0].with_changes(leading_lines=leading), *statements[1:]]


def _without_docstring(body: Sequence[cst.BaseStatement]) -> Sequence[cst.BaseStatement]:
    first = body[0] if body else None
    small = first.body[0] if isinstance(first, cst.SimpleStatementLine) else None
    if isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString):
        return body[1:]
    return body


def _ending(body: Sequence[cst.BaseStatement], name: str) -> list[cst.BaseStatement] | None:
    """The statements with their `return` as an assignment; None when one returns from another place."""
    found: list[cst.BaseStatement] = []
    for place, statement in enumerate(body):
        if isinstance(statement, cst.SimpleStatementLine) and isinstance(statement.body[-1], cst.Return):
            value = statement.body[-1].value
            if value is not None:
                assign = cst.Assign([cst.AssignTarget(cst.Name(name))], value)
                found.append(statement.with_changes(body=[*statement.body[:-1], assign]))
            return found
        if not _returns(statement):
            found.append(statement)
            continue
        branched = _branches(statement, body[place + 1 :], name) if isinstance(statement, cst.If) else None
        return [*found, branched] if branched is not None else None
    return found


def _branches(statement: cst.If, rest: Sequence[cst.BaseStatement], name: str) -> cst.If | None:
    chosen = _ending(_lines(statement.body), name)
    other = statement.orelse
    if isinstance(other, cst.If):
        inner = _branches(other, rest, name)
        done: cst.If | cst.Else | None = inner
    else:
        ended = _ending(_lines(other.body) if other is not None else rest, name)
        done = cst.Else(cst.IndentedBlock(ended)) if ended else None
    if not chosen or done is None:
        return None
    return statement.with_changes(body=statement.body.with_changes(body=chosen), orelse=done)


def _lines(suite: cst.BaseSuite) -> list[cst.BaseStatement]:
    if isinstance(suite, cst.IndentedBlock):
        return list(suite.body)
    assert isinstance(suite, cst.SimpleStatementSuite)
    return [cst.SimpleStatementLine(list(suite.body))]


class _Finds(cst.CSTVisitor):
    """Returns and yields that belong to the statement itself, not to a function within it."""

    def __init__(self) -> None:
        super().__init__()
        self.returns = self.yields = False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False

    def visit_Return(self, node: cst.Return) -> None:
        self.returns = True

    def visit_Yield(self, node: cst.Yield) -> None:
        self.yields = True


def _returns(statement: cst.CSTNode) -> bool:
    visitor = _Finds()
    look(statement, visitor)
    return visitor.returns


def _yields(function: cst.FunctionDef) -> bool:
    visitor = _Finds()
    look(function.body, visitor)
    return visitor.yields
