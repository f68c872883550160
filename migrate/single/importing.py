"""The imports of the one file: merged, sorted as isort does, what is for types only in a block of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from migrate.rewriting.import_order import Key, key
from migrate.rewriting.layout import width
from migrate.single.members import External
from migrate.single.naming import Names

FUTURE = External("__future__", "annotations", "annotations")
TYPING = External("typing", "TYPE_CHECKING", "TYPE_CHECKING")


def import_block(
    wanted: Mapping[External, Iterable[str]],
    names: Names,
    indent: str = "",
    idle: Collection[External] = (),
) -> str:
    """The text of the imports.

    Args:
        wanted: each symbol with the dotted modules that its statements name.
        names: what each is called in the file.
        indent: spaces before each line.
        idle: modules that are imported for what importing them does.
    """
    entries: list[tuple[Key, str, str]] = []
    grouped: dict[str, list[str]] = {}
    for symbol, paths in wanted.items():
        final = names.final.get(symbol, symbol.bound)
        if symbol.name:
            if final == symbol.name:
                grouped.setdefault(symbol.path, []).append(symbol.name)
            else:
                text = f"from {symbol.path} import {symbol.name} as {final}\n"
                entries.append((key(symbol.path, True, _own), symbol.name, text))
        else:
            for path in sorted(set(paths)):
                plain = final == path.split(".")[0]
                text = f"import {path}" if plain else f"import {path} as {final}"
                text += "  # noqa: F401\n" if symbol in idle else "\n"
                entries.append((key(path, False, _own), "", text))
    entries += [(key(p, True, _own), "", _from(p, n, len(indent))) for p, n in grouped.items()]
    lines, section = [], -1
    for place, _, text in sorted(entries, key=lambda e: (e[0], e[1])):
        if section not in (-1, place[0]):
            lines.append("\n")
        section = place[0]
        lines += [f"{indent}{line}" for line in text.splitlines(keepends=True)]
    return "".join(lines)


def _own(path: str) -> bool:
    return False


def _from(path: str, names: list[str], indent: int) -> str:
    ordered = sorted(set(names), key=_by_type)
    flat = f"from {path} import {', '.join(ordered)}"
    if len(flat) + indent <= width():
        return flat + "\n"
    return f"from {path} import (\n" + "".join(f"    {name},\n" for name in ordered) + ")\n"


def _by_type(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, each in the order of the alphabet."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2), name
