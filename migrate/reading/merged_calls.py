"""Two neighbouring calls of dbt, or two neighbouring steps of a list of calls, as one.

Neighbours become one when they differ in the selection of one literal command, and in strings beside it
that name the step: `("staging", ["run", "--select", "a"])` and `("marts", ["run", "--select", "b"])` are
`("staging; marts", ["run", "--select", "a b"])`. What that means is not judged here.

Upstream: https://docs.getdbt.com/reference/node-selection/set-operators#unions
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, cast

import libcst as cst

from migrate.reading.walking import rewritten_tree

SELECT = ("--select", "-s", "--models", "-m")
COMMANDS = ("build", "run", "seed", "snapshot")


class _Apart(Exception):
    """Two nodes differ in more than a selection and names."""


def merged_module(module: cst.Module, skipped: int, lines: dict[int, int]) -> tuple[cst.Module, int] | None:
    """The module with one pair of neighbours merged, and that pair's line; None when there is none.

    Args:
        module: the module.
        skipped: how many mergeable pairs, in the order of the source, to leave as they are.
        lines: `id` of a node → its line; gets the new nodes, which stand where the first of them stood.
    """
    merging = _Merging(skipped, lines)
    fresh = rewritten_tree(module, merging)
    return (fresh, merging.line) if merging.done else None


class _Merging(cst.CSTTransformer):
    """Merges one pair; every node that is built anew keeps its line."""

    def __init__(self, skipped: int, lines: dict[int, int]) -> None:
        super().__init__()
        self.skipped, self.lines = skipped, lines
        self.done, self.line = False, 0

    def _leave(self, original: cst.CSTNode, updated: cst.CSTNode) -> Any:
        if id(original) in self.lines:
            self.lines[id(updated)] = self.lines[id(original)]
        return updated

    leave_FunctionDef: Any = _leave
    leave_ClassDef: Any = _leave
    leave_Call: Any = _leave
    leave_Arg: Any = _leave
    leave_Assign: Any = _leave
    leave_AnnAssign: Any = _leave
    leave_SimpleStatementLine: Any = _leave

    def _paired(self, original: cst.CSTNode, updated: cst.CSTNode) -> Any:
        name = "elements" if isinstance(updated, cst.List | cst.Tuple) else "body"
        members: Sequence[Any] = getattr(updated, name)
        for place, (first, second) in enumerate(pairwise(members)):
            one = None if self.done else merged(first, second)
            if one is None:
                continue
            if self.skipped:
                self.skipped -= 1
                continue
            self.done, self.line = True, self._line(first)
            self._placed(first, one)
            updated = updated.with_changes(**{name: [*members[:place], one, *members[place + 2 :]]})
        return self._leave(original, updated)

    leave_Module: Any = _paired
    leave_IndentedBlock: Any = _paired
    leave_List: Any = _paired
    leave_Tuple: Any = _paired

    def _placed(self, first: cst.CSTNode, fresh: cst.CSTNode) -> None:
        """The new nodes stand where the first of the two stood."""
        if id(first) in self.lines:
            self.lines[id(fresh)] = self.lines[id(first)]
        for left, right in zip(first.children, fresh.children, strict=False):
            self._placed(left, right)

    def _line(self, node: cst.CSTNode) -> int:
        found = self.lines.get(id(node), 0)
        return found or next((line for child in node.children if (line := self._line(child))), 0)


def merged(first: cst.CSTNode, second: cst.CSTNode) -> cst.CSTNode | None:
    """One node in place of two neighbours; None when they are not such a pair."""
    if type(first) is not type(second) or not isinstance(first, cst.Element | cst.SimpleStatementLine):
        return None
    if isinstance(first, cst.SimpleStatementLine):
        calls = [s.body[0] if len(s.body) == 1 else None for s in (first, cast(Any, second))]
        if not all(isinstance(c, cst.Expr) and not isinstance(c.value, cst.SimpleString) for c in calls):
            return None  # only a call whose result nobody takes
    elif not isinstance(first.value, cst.List | cst.Tuple):
        return None
    commands: list[cst.List] = []
    try:
        one = _merge(first, second, commands)
    except _Apart:
        return None
    if len(commands) != 1:
        return None
    if isinstance(one, cst.SimpleStatementLine):
        one_line, other = cast(cst.SimpleStatementLine, first), cast(cst.SimpleStatementLine, second)
        lines = [*one_line.leading_lines, *other.leading_lines]
        return one.with_changes(leading_lines=lines)
    between = cst.Module([]).code_for_node(cast(cst.Element, first).with_changes(value=cst.Name("_")))
    return None if "#" in between else one.with_changes(comma=cast(cst.Element, second).comma)


def _merge(first: Any, second: Any, commands: list[cst.List]) -> Any:
    """`first`, with what `second` has more in its command and its names."""
    if type(first) is not type(second):
        raise _Apart
    if isinstance(first, cst.SimpleString):
        return first if first.value == second.value else _joined([first, second], "; ")
    if isinstance(first, cst.List) and (fresh := _command(first, second)) is not None:
        commands.append(fresh)
        return fresh
    changes: dict[str, Any] = {}
    for name, left, right in _fields(first, second):
        if isinstance(left, cst.CSTNode):
            changes[name] = _merge(left, right, commands)
        elif isinstance(left, list | tuple):
            if not isinstance(right, list | tuple) or len(left) != len(right):
                raise _Apart
            changes[name] = [_merge(a, b, commands) for a, b in zip(left, right, strict=True)]
        elif left != right:
            raise _Apart
    return first.with_changes(**changes)


def _fields(first: cst.CSTNode, second: cst.CSTNode) -> Iterator[tuple[str, Any, Any]]:
    """The fields that mean something, of both."""
    passed = (
        "whitespace",
        "leading_lines",
        "lpar",
        "rpar",
        "lbracket",
        "rbracket",
        "comma",
        "trailing",
        "equal",
    )
    for field in dataclasses.fields(first):
        if not field.name.startswith(passed):
            yield field.name, getattr(first, field.name), getattr(second, field.name)


def _command(first: cst.List, second: cst.List) -> cst.List | None:
    """`["run", "--select", …]` with both selections; None when the lists are no such commands."""
    one_parts, other_parts = _parts(first), _parts(second)
    if one_parts is None or other_parts is None:
        return None
    (before, left, after), (other_before, right, other_after) = one_parts, other_parts
    ours, theirs = [*before, *after], [*other_before, *other_after]
    same = len(before) == len(other_before) and len(ours) == len(theirs)
    if not same or not all(a.value.deep_equals(b.value) for a, b in zip(ours, theirs, strict=True)):
        return None
    if [_text(e) for e in left] == [_text(e) for e in right]:
        return None
    one = left[0].with_changes(
        value=_joined([cast(cst.SimpleString, e.value) for e in [*left, *right]], " "),
        comma=left[-1].comma,
    )
    return first.with_changes(elements=[*before, one, *after])


def _parts(node: cst.List) -> tuple[list[cst.Element], list[cst.Element], list[cst.Element]] | None:
    """A command's elements up to its selection, of it, and after it."""
    elements = [e for e in node.elements if isinstance(e, cst.Element)]
    if len(elements) != len(node.elements) or not elements or _text(elements[0]) not in COMMANDS:
        return None
    places = [n for n, element in enumerate(elements) if _text(element) in SELECT]
    if len(places) != 1:
        return None
    start = end = places[0] + 1
    while end < len(elements) and (word := _text(elements[end])) and not word.startswith("-"):
        end += 1
    return (elements[:start], elements[start:end], elements[end:]) if end > start else None


def _text(element: cst.Element | cst.StarredElement) -> str:
    """A literal string's value; empty for anything else."""
    found = element.value.evaluated_value if isinstance(element.value, cst.SimpleString) else ""
    return found if isinstance(found, str) else ""


def _joined(strings: Sequence[cst.SimpleString], between: str) -> cst.SimpleString:
    """Literal strings as one, in the quotes of the first; a word that comes twice is there once."""
    values = [s.evaluated_value for s in strings]
    if not all(isinstance(value, str) for value in values):
        raise _Apart
    text = between.join(dict.fromkeys(str(value) for value in values))
    quote = strings[0].quote[0]
    if any(sign in text for sign in (quote, "\\", "\n")):
        return cst.SimpleString(repr(text))
    return cst.SimpleString(f"{quote}{text}{quote}")
