"""Arguments of a call or decorator, set to what the loaded definitions say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.values import Called, known

if TYPE_CHECKING:
    from migrate.loaded.changes import Changes
    from migrate.reading.constructs import Construct

PLAIN = cst.AssignEqual(whitespace_before=cst.SimpleWhitespace(""), whitespace_after=cst.SimpleWhitespace(""))


def with_arguments(
    call: cst.Call, given: Mapping[str, cst.BaseExpression], without: Collection[str] = ()
) -> cst.Call:
    """A call with these arguments by name, the others as they were but for those named in `without`.

    Positions count as names (`0`), `**` is that of what is spread.
    """
    args: list[cst.Arg] = []
    left = dict(given)
    for place, arg in enumerate(call.args):
        name = arg.keyword.value if arg.keyword else arg.star or str(place)
        if name in left:
            args.append(arg.with_changes(value=left.pop(name)))
        elif name not in without:
            args.append(arg)
    if args and left:
        args[-1] = args[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    args += [cst.Arg(value, cst.Name(name), equal=PLAIN) for name, value in left.items()]
    return call.with_changes(args=args)


def is_told(changes: Changes, construct: Construct, name: str) -> bool:
    """Whether an argument is given, and reading tells its value."""
    if construct.argument(name) is None:
        return False
    value = changes.project.value(construct, name)
    return known(value) and not (isinstance(value, Called) and not value.name.startswith("dagster"))


def decorator_of(construct: Construct, spelled: Collection[str]) -> cst.Decorator | None:
    """The decorator of a function that makes it a construct: the one whose last name is in `spelled`."""
    if not isinstance(construct.node, cst.FunctionDef):
        return None
    for decorator in construct.node.decorators:
        func = decorator.decorator.func if isinstance(decorator.decorator, cst.Call) else decorator.decorator
        name = func.attr.value if isinstance(func, cst.Attribute) else getattr(func, "value", "")
        if name in spelled:
            return decorator
    return construct.node.decorators[0] if len(construct.node.decorators) == 1 else None
