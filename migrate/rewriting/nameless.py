"""A refused statement at the top of a module: what it would have filled raises when used, not the import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from textwrap import indent

import libcst as cst

from migrate.reading.names import dotted, names_in
from migrate.reading.walking import look
from migrate.rewriting.functions import raise_code
from migrate.rewriting.work import led, statements

FILLS = ("append", "extend", "insert", "update", "add", "setdefault", "appendleft")
"""Methods that put into their object what they are given."""


def stub(name: str, message: str) -> str:
    """A function of that name that raises."""
    return (
        f"\n\ndef {name}(*_args: object, **_kwargs: object) -> object:\n{indent(raise_code(message), '    ')}"
    )


def leading(statement: cst.BaseStatement) -> Sequence[cst.EmptyLine]:
    """The empty lines and comments before a statement."""
    lines: Sequence[cst.EmptyLine] = getattr(statement, "leading_lines", ())
    return lines


def refused_in(body: Iterable[cst.BaseStatement]) -> set[str]:
    """The functions among statements that do nothing but raise for what is not converted."""
    return {s.name.value for s in body if isinstance(s, cst.FunctionDef) and _only_raises(s)}


def _only_raises(function: cst.FunctionDef) -> bool:
    last = function.body.body[-1] if function.body.body else None
    small = last.body[0] if isinstance(last, cst.SimpleStatementLine) else None
    raised = small.exc if isinstance(small, cst.Raise) else None
    return (
        len(function.body.body) < 3
        and isinstance(raised, cst.Call)
        and dotted(raised.func) == "NotImplementedError"
    )


def nameless(
    statement: cst.BaseStatement, message: str, spoken: Callable[[cst.CSTNode], bool]
) -> Sequence[cst.BaseStatement]:
    """What stands for a refused statement that binds no name.

    A call of what is Dagster's alone goes; a value that is put into something is a function that raises; what
    a block would have filled is one, too. Nothing of it is left only where that cannot be told: there the
    import raises.
    """
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if isinstance(small, cst.Expr) and isinstance(small.value, cst.Call) and spoken(small.value.func):
        return []
    if isinstance(small, cst.Assign) and not any(spoken(target) for target in small.targets):
        held = _name_of(small.targets[0].target)
        made = led(statements(stub(held, message)), leading(statement))
        put = statement.with_changes(
            leading_lines=[cst.EmptyLine(indent=False)] * 2,
            body=[small.with_changes(value=cst.Name(held))],
        )
        return [*made, put]
    raising = statements(raise_code(message))
    if isinstance(statement, cst.If) and statement.orelse is None and _of_programs(statement):
        return [statement.with_changes(body=cst.IndentedBlock(raising))]
    filled = _filled(statement)
    if filled:
        code = "".join(stub(held, message) for held in (f"not_converted_{name}" for name in filled))
        code += "\n\n" + "".join(f"{name} = not_converted_{name}\n" for name in filled)
        return led(statements(code), leading(statement))
    if isinstance(statement, cst.If) and statement.orelse is None:
        return [statement.with_changes(body=cst.IndentedBlock(raising))]
    return [raising[0].with_changes(leading_lines=leading(statement))]


def _of_programs(statement: cst.If) -> bool:
    """Whether it is what a file does when it is started as a program."""
    return isinstance(statement.test, cst.Comparison) and dotted(statement.test.left) == "__name__"


def _name_of(target: cst.BaseExpression) -> str:
    """`not_converted_…`, told apart by what is assigned to."""
    text = cst.Module([]).code_for_node(target)
    plain = "".join(letter if letter.isalnum() else "_" for letter in text)
    return f"not_converted_{'_'.join(part for part in plain.split('_') if part)}"


def _filled(statement: cst.BaseStatement) -> list[str]:
    visitor = _Filled()
    look(statement, visitor)
    return [name for name in dict.fromkeys(visitor.found) if name.isidentifier()]


class _Filled(cst.CSTVisitor):
    """What a block defines or puts something into: by assignments, and by methods that fill."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """Nothing of it runs here."""
        self.found.append(node.name.value)
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        """Its fields are its own."""
        self.found.append(node.name.value)
        return False

    def visit_Expr(self, node: cst.Expr) -> None:
        """LibCST calls this on the way in."""
        func = node.value.func if isinstance(node.value, cst.Call) else None
        if isinstance(func, cst.Attribute) and func.attr.value in FILLS:
            self.found.append(dotted(func.value))

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        """LibCST calls this on the way in."""
        held = node.target.value if isinstance(node.target, cst.Subscript) else node.target
        self.found += names_in(held)
