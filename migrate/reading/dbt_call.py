"""One call of dbt: its command, selection and variables, told from the words it is given."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migrate.reading.dbt_values import REST, Text
from migrate.reading.values import Called, Unknown

COMMANDS = (
    "build",
    "run",
    "test",
    "seed",
    "snapshot",
    "compile",
    "parse",
    "deps",
    "ls",
    "list",
    "source",
    "clean",
    "run-operation",
    "docs",
    "debug",
    "retry",
    "clone",
    "show",
)

HARMLESS = frozenset(
    {
        "info",
        "debug",
        "warning",
        "error",
        "dumps",
        "dict",
        "str",
        "int",
        "len",
        "join",
        "items",
        "get",
        "append",
    }
    | {"format", "list", "range", "print", "stream", "wait", "copy", "update", "model_dump", "f", "sorted"}
)
"""Calls between two calls of dbt that do nothing to the data."""


@dataclass(frozen=True)
class DbtCall:
    """One call of dbt as one path of the code makes it. `variables` is None when they cannot be told.

    `full_refresh` is True, False or None (only running tells); `repeated` within a loop of unknown length;
    `python_before` when something else was called since the path's call before.
    """

    entry: str
    order: int
    file: str
    line: int
    how: str
    command: str
    arguments: tuple[str, ...]
    select: str
    variables: Mapping[str, Any] | None
    full_refresh: bool | None
    repeated: bool
    python_before: bool
    path: tuple[str, ...]

    def _told(self) -> dict[str, Any] | None:
        """The variables as JSON."""
        return None if self.variables is None else {str(k): shown(v) for k, v in self.variables.items()}

    def as_json(self) -> dict[str, Any]:
        """As conversion.json lists it."""
        return {
            "entry": self.entry,
            "order": self.order,
            "file": self.file,
            "line": self.line,
            "how": self.how,
            "command": self.command,
            "arguments": list(self.arguments),
            "select": self.select,
            "vars": self._told(),
            "full_refresh": self.full_refresh,
            "repeated": self.repeated,
            "path": list(self.path),
        }


def split(value: Any) -> list[Any]:
    """The words after `dbt` of a command line; empty when it starts something else."""
    words = shlex.split(value, posix=False) if isinstance(value, str) else value
    if not isinstance(words, list | tuple):
        return []
    for place, text in enumerate(words[:4]):
        module = text in ("dbt.cli.main", "dbt.main")
        if isinstance(text, str) and (module or text.rpartition("/")[2] == "dbt"):
            return list(words[place + 1 :])
    return []


def word(value: Any) -> str:
    """A part of a command as text; `<…>` for what only running tells."""
    if isinstance(value, Text):
        return "{" + ", ".join(f"{k}: {shown(v)}" for k, v in value.content.items()) + "}"
    return f"<{value.reason or 'unknown'}>" if isinstance(value, Unknown) else str(value)


def shown(value: Any) -> Any:
    """A variable's value as JSON holds it."""
    return value if isinstance(value, str | int | float | bool | None) else word(value)


def option(words: Sequence[str], names: tuple[str, ...]) -> str:
    """What follows an option, up to the next one."""
    found: list[str] = []
    taking = False
    for word in words:
        if word.startswith("-"):
            taking = word.partition("=")[0] in names
            found += [word.partition("=")[2]] if taking and "=" in word else []
        elif taking:
            found.append(word)
    return " ".join(found)


def variables_of(given: Sequence[Any]) -> Mapping[str, Any] | None:
    """The variables of a call: {} when none are passed, None when they cannot be told."""
    for place, word in enumerate(given):
        if word == "--vars" and place + 1 < len(given):
            return parsed(given[place + 1])
        if isinstance(word, str) and word.startswith("--vars="):
            return parsed(word.partition("=")[2])
    return None if any(isinstance(w, Unknown) for w in given) else {}


def parsed(value: Any) -> Mapping[str, Any] | None:
    """What `--vars` says, as names and values; None when that cannot be told."""
    if isinstance(value, Text) and isinstance(value.content, dict):
        return value.content
    if isinstance(value, dict):
        return value
    if not isinstance(value, str) or value.startswith("<"):
        return None
    pairs = [part.partition(":") for part in value.strip().strip("'\"").strip("{}").split(",") if ":" in part]
    return {k.strip().strip("'\""): _told(v.strip().strip("'\"")) for k, _, v in pairs}


def _told(value: str) -> Any:
    """A value within a text of variables; a part that only running tells makes it unknown."""
    return Unknown(value.strip("<>")) if "<" in value else value


def complete(call: DbtCall) -> bool:
    """Whether all variables of a call could be told by name."""
    return call.variables is not None and REST not in call.variables


def default_of(value: Any) -> Any:
    """The default of a configuration's field."""
    default = value.get("default_value") if isinstance(value, Called) else None
    return Unknown("configured" if default is None else f"default {default}")


def maybe(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """After a branch that may not be taken: what it appended carries a question mark."""
    found: dict[str, Any] = {}
    for name, value in after.items():
        then = before.get(name)
        if isinstance(value, list) and isinstance(then, list) and value[: len(then)] == then:
            more = [f"{v}?" if isinstance(v, str) else v for v in value[len(then) :]]
            found[name] = [*then, *more]
        else:
            found[name] = value
    return found
