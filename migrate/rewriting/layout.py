"""New code, laid out as a formatter would: on one line if it fits, else broken at its brackets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass

_width: ContextVar[int] = ContextVar("width", default=88)


def set_width(columns: int) -> None:
    """Lay out new code for lines of at most this many columns, as the project's formatter does."""
    _width.set(columns)


def width() -> int:
    """The width that new code is laid out for, in columns."""
    return _width.get()


@dataclass(frozen=True)
class Group:
    """Something with brackets: a call (`open` is `name(`), a list (`[`). Items are texts or groups."""

    open: str
    items: tuple[Item, ...]
    close: str


@dataclass(frozen=True)
class Pair:
    """`name=value`."""

    name: str
    value: str | Group


Item = str | Group | Pair


def call(function: str, *items: Item, **named: str | Group) -> Group:
    """A call of `function` with positional items, then named ones."""
    return Group(f"{function}(", (*items, *(Pair(k, v) for k, v in named.items())), ")")


def listing(items: Sequence[Item]) -> Group:
    """A list display."""
    return Group("[", tuple(items), "]")


def quoted(text: str) -> str:
    """A Python literal of a text, with double quotes."""
    return json.dumps(text, ensure_ascii=False)


def lay(item: Item, indent: int = 0, before: int = 0, after: int = 0) -> str:
    """The text of an item that starts at column `before` in a block indented by `indent` spaces.

    `after` is the width of what follows on its last line.
    """
    if isinstance(item, str):
        return reindented(item, indent)
    if isinstance(item, Pair):
        start = f"{item.name}="
        return start + lay(item.value, indent, before + len(start), after)
    flat = _flat(item)
    if not item.items or ("\n" not in flat and before + len(flat) + after <= width()):
        return flat
    inner = indent + 4
    joined = ", ".join(_flat(part) for part in item.items)
    if "\n" not in joined and inner + len(joined) <= width():
        return f"{item.open}\n{' ' * inner}{joined}\n{' ' * indent}{item.close}"
    lines = "".join(f"{' ' * inner}{lay(part, inner, inner, 1)},\n" for part in item.items)
    return f"{item.open}\n{lines}{' ' * indent}{item.close}"


def reindented(text: str, indent: int) -> str:
    """Code of several lines, moved so that its last line starts at `indent`; long strings stay put."""
    lines = text.split("\n")
    if len(lines) == 1 or '"""' in text or "'''" in text:
        return text
    shift = indent - (len(lines[-1]) - len(lines[-1].lstrip()))
    moved = [
        " " * max(len(line) - len(line.lstrip()) + shift, 0) + line.lstrip() if line.strip() else ""
        for line in lines[1:]
    ]
    return "\n".join([lines[0], *moved])


def _flat(item: Item) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, Pair):
        return f"{item.name}={_flat(item.value)}"
    return item.open + ", ".join(_flat(part) for part in item.items) + item.close
