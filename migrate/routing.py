"""`routing.toml`: who runs what. Text in, text out; a person reviews it as a diff.

    schema = 1

    [routes]
    "*" = "shadow"                 # a glob
    "group:reporting" = "prefect"  # a group wins over a glob
    "census_profile" = "dagster"   # an asset wins over both

    [handover]
    "orders" = "both sides read orders.parquet"   # how Dagster gets at what Prefect made

    [deployments]
    "group:reporting" = "reports/reports"   # what Dagster starts for them, instead of a flow of its own

Which rule wins is in `routing_rules`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from migrate.errors import ConfigError
from migrate.routing_rules import GROUP, Rule, is_glob
from migrate.toml_files import parse_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "routing.toml"
State = Literal["dagster", "shadow", "prefect", "retired"]
Text = Annotated[str, Field(min_length=1)]
HEAD = """\
# Who runs what: "dagster", "shadow", "prefect" or "retired", per asset, "group:NAME" or glob.
# Moved by `migrate cutover` and `migrate rollback`; described in docs/routing.md.
schema = 1

[routes]
"""


class RoutingFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_: Annotated[Literal[1], Field(alias="schema")]
    routes: dict[Text, State] = Field(default_factory=dict)
    handover: dict[Text, Text] = Field(default_factory=dict)
    deployments: dict[Text, Annotated[str, Field(pattern=r"^[^/]+/[^/]+$")]] = Field(default_factory=dict)


@dataclass(frozen=True)
class Routing:
    """What routing.toml says. A file that is not there says that Dagster runs everything."""

    file: Path
    text: str = ""
    rules: tuple[Rule, ...] = ()
    handover: Mapping[str, str] = field(default_factory=dict)
    deployments: tuple[Rule, ...] = ()
    """Which Prefect deployment Dagster starts for an asset that is `prefect`; none: a flow run of its own."""

    def line_of(self, key: str) -> int | None:
        """The line on which a key of either table stands."""
        return line_of(self.text, key)


def load(folder: Path) -> Routing:
    """Read and validate the routing.toml of a folder.

    Raises:
        ConfigError: not TOML, an unknown key, or no state; names the line.
    """
    file = folder.absolute() / FILE_NAME
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Routing(file)
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(f"cannot be read: {problem}", file=file) from None
    return parse(text, file)


def parse(text: str, file: Path) -> Routing:
    """A file's text as routing; raises ConfigError as `load` does."""
    given = parse_toml(text, file)
    try:
        found = RoutingFile.model_validate(given)
    except ValidationError as problem:
        raise _explain(problem, text, file) from None
    rules = tuple(Rule(p, s, line_of(text, p) or 0) for p, s in found.routes.items())
    deployments = tuple(Rule(p, d, line_of(text, p) or 0) for p, d in found.deployments.items())
    return Routing(file, text, rules, found.handover, deployments)


def _explain(problem: ValidationError, text: str, file: Path) -> ConfigError:
    first: Any = problem.errors()[0]
    path = [str(part) for part in first["loc"] if part != "[key]"]
    reason = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
    more = f" (and {problem.error_count() - 1} more)" if problem.error_count() > 1 else ""
    return ConfigError(
        f"{'.'.join(path)}: {reason}{more}",
        file=file,
        line=line_of(text, path[-1]) or line_of(text, path[0]),
        remedy='A route is an asset, "group:NAME" or a glob = "dagster", "shadow", "prefect" or "retired".',
    )


def line_of(text: str, key: str) -> int | None:
    """The line on which a key is given a value, or a table of that name begins."""
    name = re.escape(key)
    pattern = re.compile(rf"""^\s*(["']{name}["']\s*=|{name}\s*=|\[\s*{name}\s*\])""")
    return next((n for n, line in enumerate(text.splitlines(), start=1) if pattern.match(line)), None)


# ---- text out --------------------------------------------------------------------------------


def with_routes(routing: Routing, changes: Mapping[str, str | None]) -> Routing:
    """The same file with other states; comments and all other lines stay as they are.

    Args:
        routing: the file as it is.
        changes: pattern → its new state, None to take the line out.
    """
    lines = (routing.text or HEAD).splitlines()
    for pattern, state in changes.items():
        lines = _changed(lines, pattern, state)
    return parse("\n".join(lines) + "\n", routing.file)


def _changed(lines: list[str], pattern: str, state: str | None) -> list[str]:
    start, end = _table(lines)
    name = re.escape(pattern)
    given = re.compile(rf"""^(\s*(?:["']{name}["']|{name})\s*=\s*)(["'][^"']*["'])(.*)$""")
    for number in range(start, end):
        match = given.match(lines[number])
        if match:
            new = [] if state is None else [f'{match[1]}"{state}"{match[3]}']
            return [*lines[:number], *new, *lines[number + 1 :]]
    if state is None:
        return lines
    while end > start and not lines[end - 1].strip():
        end -= 1
    return [*lines[:end], f'"{pattern}" = "{state}"', *lines[end:]]


def _table(lines: list[str]) -> tuple[int, int]:
    """The lines of `[routes]`, from the first below its head to the next table; it is added if missing."""
    heads = [n for n, line in enumerate(lines) if re.match(r"\s*\[", line)]
    for place, number in enumerate(heads):
        if re.match(r"\s*\[\s*routes\s*\]", lines[number]):
            return number + 1, heads[place + 1] if place + 1 < len(heads) else len(lines)
    lines.extend(["", "[routes]"])
    return len(lines), len(lines)


def is_selector(word: str) -> bool:
    """Whether a word of the command line means several assets: a group or a glob."""
    return word.startswith(GROUP) or is_glob(word)
