"""What becomes of each Dagster construct, as the rules' own docstrings tell it: one row a rule.

The mapping page `docs/mapping.md` is made of it (`make docs`), and a test compares the two.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any, get_args

from migrate.outcomes import Outcome
from migrate.rules import Registered, registry

HEAD = """# What becomes of each Dagster construct

Made by `make docs` of the docstrings in `migrate/rules/`; do not edit. A construct that is decorated
but not deployed is left out and reported, whatever its row says; what has no row is refused, by name.

"""


@dataclass(frozen=True)
class Row:
    """One rule: the Dagster names it is about, what becomes of them, and where Prefect describes that."""

    rule: str
    constructs: tuple[str, ...]
    role: str
    dispositions: tuple[str, ...]
    title: str
    text: str
    upstream: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The row as `migrate rules --json` prints it."""
        return {
            "rule": self.rule,
            "constructs": list(self.constructs),
            "role": self.role,
            "dispositions": list(self.dispositions),
            "title": self.title,
            "text": self.text,
            "upstream": list(self.upstream),
        }


def rows() -> list[Row]:
    """All rules by name."""
    return [_row(item) for item in sorted(registry(), key=lambda item: item.name)]


def markdown() -> str:
    """The mapping page: an overview, then a section a rule."""
    found = rows()
    lines = ["| Dagster | Prefect | outcome |", "|---|---|---|"]
    for row in found:
        left, _, right = row.title.partition(" → ")
        words = ", ".join(row.dispositions)
        lines.append(f"| [{_cell(left)}](#{row.rule}) | {_cell(right.rstrip('.'))} | {words} |")
    return HEAD + "\n".join(lines) + "\n" + "".join(map(_section, found))


def _row(item: Registered) -> Row:
    title, _, rest = item.about.strip().partition("\n")
    return Row(
        rule=item.name,
        constructs=item.rule.names,
        role=item.rule.role,
        dispositions=_dispositions(item),
        title=title.strip(),
        text=rest.strip(),
        upstream=tuple(url.rstrip(".,)") for url in re.findall(r"https://\S+", item.about)),
    )


def _section(row: Row) -> str:
    names = ", ".join(f"`{name}`" for name in row.constructs)
    return (
        f'\n<a id="{row.rule}"></a>\n\n## {row.title}\n\n{row.text}\n\n'
        f"Rule `{row.rule}` ({', '.join(row.dispositions)}), for {names}.\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()


def _dispositions(item: Registered) -> tuple[str, ...]:
    """The outcomes that the rule's own code can give; `converted` for one that only rewrites values."""
    module = sys.modules[item.module or f"migrate.rules.{item.name}"]
    named = {
        name
        for function in vars(module).values()
        if isinstance(function, FunctionType) and function.__module__.startswith("migrate.")
        for name in _names(function.__code__)
    }
    found = tuple(kind.__name__.lower() for kind in get_args(Outcome) if kind.__name__ in named)
    return found if set(found) - {"manual"} else ("converted", *found)


def _names(code: CodeType) -> Iterator[str]:
    """Every global name that a function's code asks for, its inner functions' included."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
