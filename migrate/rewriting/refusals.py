"""What stands in the place of something that is not converted: it raises when it is used."""

from __future__ import annotations

from textwrap import indent

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.rewriting.functions import raise_code
from migrate.rewriting.work import Work, led, statements


def message_of(construct: Construct, outcome: Manual) -> str:
    """Where the original is, why it is not converted, and what to do."""
    place = f"{construct.file}:{construct.line}"
    return f"{place}: {construct.kind} {construct.name}: {outcome.reason}. {outcome.remedy}"


def refused_statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine, outcome: Manual
) -> list[cst.BaseStatement]:
    """A function in place of an assigned call, under the same name."""
    work.done(construct, outcome)
    small = updated.body[0]
    if isinstance(small, cst.Expr):
        return led(statements(raise_code(message_of(construct, outcome))), updated.leading_lines)
    target = small.targets[0].target if isinstance(small, cst.Assign) else getattr(small, "target", None)
    name = dotted(target) if target is not None else ""
    if not name.isidentifier():
        name = f"not_converted_{construct.line}"
    code = (
        f"\n\ndef {name}(*_args: object, **_kwargs: object) -> object:\n"
        f"{indent(raise_code(message_of(construct, outcome)), '    ')}"
    )
    return led(statements(code), updated.leading_lines)


def refused_class(
    work: Work, construct: Construct, updated: cst.ClassDef, outcome: Manual
) -> cst.BaseStatement:
    """A class of the same name whose instances cannot be made."""
    work.done(construct, outcome)
    code = (
        f"class {construct.name}:\n    def __init__(self, *_args: object, **_kwargs: object) -> None:\n"
        f"{indent(raise_code(message_of(construct, outcome)), '        ')}"
    )
    return cst.parse_statement(code).with_changes(leading_lines=updated.leading_lines)
