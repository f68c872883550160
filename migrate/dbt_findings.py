"""What the calls of dbt in a project say about it: variables that differ, and calls that might be one.

Nothing is changed because of a finding: batching is offered with the boundaries that carry meaning, and
two paths with different variables for the same models are named with both places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.reading.dbt import find_project
from migrate.reading.dbt_call import DbtCall, complete
from migrate.reading.dbt_calls import dbt_calls
from migrate.reading.values import known

if TYPE_CHECKING:
    from migrate.reading.project import Project

MAKES = frozenset({"build", "run", "seed", "snapshot"})
VAR = re.compile(r"""\bvar\(\s*['"](\w+)['"]\s*(,)?""")
SQL = frozenset({".sql", ".yml", ".yaml", ".py", ".md"})


def recorded(project: Project) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(calls, findings) of a project, as conversion.json holds them."""
    calls = dbt_calls(project)
    if not calls:
        return [], []
    paths: dict[str, list[DbtCall]] = {}
    for call in calls:
        paths.setdefault(call.entry, []).append(call)
    found = [*_different(paths), *_unused(calls, find_project(project.root)), *_batches(paths)]
    return [call.as_json() for call in calls], found


def _finding(kind: str, call: DbtCall, message: str, places: Iterable[str]) -> dict[str, Any]:
    file, _, line = call.path[0].rpartition(":")
    return {"finding": kind, "file": file, "line": int(line), "message": message, "places": list(places)}


# ---- different variables for the same models -------------------------------------------------


def _different(paths: Mapping[str, Sequence[DbtCall]]) -> Iterator[dict[str, Any]]:
    """Two paths that make the same models with other variables; the first such pair of calls is named."""
    for left, right in combinations(paths, 2):
        pairs = [
            (a, b)
            for a in paths[left]
            for b in paths[right]
            if {a.command, b.command} <= MAKES and complete(a) and complete(b) and _overlap(a, b)
        ]
        for a, b in pairs:
            apart = _apart(a.variables or {}, b.variables or {}, left, right)
            if apart:
                places = (_place(a), _place(b))
                message = f"`{left}` ({places[0]}) and `{right}` ({places[1]}) make the same models with "
                yield _finding("different vars", a, f"{message}different variables: {apart}", places)
                break


def _place(call: DbtCall) -> str:
    """Where the path comes from: its own first call, which may lead to a helper's line."""
    return call.path[0]


def _overlap(left: DbtCall, right: DbtCall) -> bool:
    """Whether two calls may make the same models: without a selection it is all that the command makes."""
    kinds = {left.command, right.command}
    if len(kinds) == 2 and "build" not in kinds:
        return False
    return not left.select or not right.select or bool({*left.select.split()} & {*right.select.split()})


def _apart(left: Mapping[str, Any], right: Mapping[str, Any], first: str, second: str) -> str:
    parts = []
    for name, mine, theirs in ((first, left, right), (second, right, left)):
        only = sorted(map(str, mine.keys() - theirs.keys()))
        if only:
            parts.append(f"only {name} passes {', '.join(only)}")
    for key in sorted(left.keys() & right.keys()):
        here, there = left[key], right[key]
        if known(here) and known(there) and str(here) != str(there):
            parts.append(f"{key} is {here} and {there}")
    return "; ".join(parts)


# ---- variables that nobody reads, or nobody passes -------------------------------------------


def _unused(calls: Sequence[DbtCall], folder: Path | None) -> Iterator[dict[str, Any]]:
    """Passed and read by no file of the dbt project; read without a default and never passed."""
    if folder is None:
        return
    read, defaults, places = _read(folder)
    passed = {str(name): call for call in calls if call.variables for name in call.variables}
    for name in sorted(passed.keys() - read.keys() - {"**"}):
        call = passed[name]
        message = f"the variable {name} is passed, but no file of the dbt project {folder.name} reads it"
        yield _finding("unread var", call, message, [_place(call)])
    if all(complete(call) for call in calls):
        for name in sorted(read.keys() - passed.keys() - defaults):
            message = f"the dbt project {folder.name} reads the variable {name}, which no call passes"
            yield _finding("missing var", calls[0], f"{message} and nothing defaults", [places[name]])


def _read(folder: Path) -> tuple[Counter[str], set[str], dict[str, str]]:
    """(names read, those with a default, first place of each)."""
    read: Counter[str] = Counter()
    defaults: set[str] = set()
    places: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.suffix not in SQL or relative.parts[0] in ("target", "logs", "dbt_packages"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for name, default in VAR.findall(line):
                read[name] += 1
                places.setdefault(name, f"{folder.name}/{relative.as_posix()}:{number}")
                if default:
                    defaults.add(name)
    return read, defaults | set(_declared(folder / "dbt_project.yml")), places


def _declared(file: Path) -> Iterator[str]:
    """Names below `vars:` in dbt_project.yml, of packages too: each has a default."""
    inside = False
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else ():
        if line and not line[0].isspace() and not line.startswith("#"):
            inside = line.startswith("vars:")
        elif inside and (match := re.match(r"\s+['\"]?(\w+)['\"]?\s*:", line)):
            yield match.group(1)


# ---- calls that might be one -----------------------------------------------------------------


def _batches(paths: Mapping[str, Sequence[DbtCall]]) -> Iterator[dict[str, Any]]:
    """Several calls in one path: offered as fewer, with what each boundary means."""
    for entry, calls in paths.items():
        if len(calls) < 2:
            continue
        kept = [(a, b, reasons) for a, b in pairwise(calls) if (reasons := boundary(a, b))]
        fewer = len(kept) + 1
        times = " each time round its loop" if any(c.repeated for c in calls) else ""
        message = f"`{entry}` calls dbt {len(calls)} times{times}; it is converted call by call. "
        message += (
            f"{len(calls) - fewer} of the boundaries carry no meaning to be read: {fewer} calls might do "
            "(--batch-dbt merges those that are written side by side, to be accepted over green parity)"
            if fewer < len(calls)
            else "every boundary carries meaning"
        )
        told = [f"{a.order}/{b.order} {', '.join(reasons)}" for a, b, reasons in kept]
        if told:
            message += f". Boundaries that do: {'; '.join(told)}"
        found = _finding("batching", calls[0], message, dict.fromkeys(c.path[-1] for c in calls))
        yield {**found, "entry": entry, "before": len(calls), "after": fewer}


def boundary(before: DbtCall, after: DbtCall) -> list[str]:
    """What would be lost if two calls in a row became one."""
    reasons = []
    if before.command != after.command:
        reasons.append(f"{before.command or '?'} then {after.command or '?'}")
    elif before.command == "test":
        reasons.append("tests as a step")
    if before.full_refresh != after.full_refresh:
        reasons.append("--full-refresh")
    if not (complete(before) and complete(after)):
        reasons.append("vars that cannot be told")
    elif _apart(before.variables or {}, after.variables or {}, "the first", "the second"):
        reasons.append("other vars")
    if after.python_before:
        reasons.append("Python in between")
    if _options(before) != _options(after):
        reasons.append("other options")
    return reasons


def _options(call: DbtCall) -> list[str]:
    """The words besides selection, variables and refresh, in their order."""
    known_ones = {"--select", "-s", "--models", "-m", "--vars", "--full-refresh", "--full-refresh?"}
    found, passed = list[str](), False
    for word in call.arguments:
        if word.startswith("-"):
            passed = word.partition("=")[0] in known_ones
        if not passed:
            found.append(word)
    return found
