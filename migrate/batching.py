"""`migrate convert --batch-dbt`: successive calls of dbt become one where no boundary carries meaning.

The source is changed in memory before it is converted, pair by pair; each time, the calls of every path are
read again, and the pair stays only when every path makes the calls it made, of which some neighbours are now
one. What a boundary means is told by `dbt_findings.boundary`. Whether the tables stay the same only a dual
run tells: the gate asks for one in which the changed functions ran.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from migrate.dbt_findings import boundary
from migrate.outcomes import Adapted, Converted
from migrate.reading.dbt_calls import dbt_calls
from migrate.reading.merged_calls import merged_module

if TYPE_CHECKING:
    from migrate.reading.dbt_call import DbtCall
    from migrate.reading.project import Project
    from migrate.results import Conversion

Reread = Callable[[Mapping[str, Any]], "Project"]
"""Reads the project again with some files' trees and lines given."""
DIFFERENCE = (
    "{before} calls of dbt in a row became {after}{times}: a model that fails stops what reads it, not "
    "every later call; a model that two of them select runs once; strings beside the commands "
    "are joined. Accept it over green parity of a run of `{entry}`: the gate asks for one."
)


@dataclass
class Batched:
    """A project whose calls were merged: how many calls each path made before and makes now."""

    project: Project
    before: Mapping[str, Sequence[DbtCall]] = field(default_factory=dict)
    after: Mapping[str, Sequence[DbtCall]] = field(default_factory=dict)
    kept_alive: list[Any] = field(default_factory=list)
    """Trees that were replaced: lines are known by the `id` of nodes, which must not come again."""

    @property
    def entries(self) -> list[str]:
        """The functions that make fewer calls now."""
        return [name for name, calls in self.after.items() if len(calls) < len(self.before[name])]


def batched(project: Project, reread: Reread) -> Batched:
    """Merge what may be merged of a project that has been read."""
    now = Batched(project, by_entry(project))
    now.after = now.before
    trees: dict[str, Any] = {}
    leading = {call.file for calls in now.before.values() if len(calls) > 1 for call in calls}
    if not leading:
        return now
    for path, file in project.python.items():
        if file.shadowed or file.dissolved or file.described_in:
            continue
        tree, lines, skipped = file.tree, dict(file.lines), 0
        while found := merged_module(tree, skipped, lines):
            candidate = reread({**trees, path: (found[0], lines)})
            calls = by_entry(candidate)
            now.kept_alive += [tree, found[0], candidate]
            if fewer(now.after, calls):
                now.project, now.after, tree = candidate, calls, found[0]
                trees[path] = (tree, lines)
            else:
                skipped += 1
    return now


def by_entry(project: Project) -> dict[str, list[DbtCall]]:
    """The calls of each path, by its name."""
    paths: dict[str, list[DbtCall]] = {}
    for call in dbt_calls(project):
        paths.setdefault(call.entry, []).append(call)
    return paths


def fewer(before: Mapping[str, Sequence[DbtCall]], now: Mapping[str, Sequence[DbtCall]]) -> bool:
    """Whether every path makes the calls it made, some neighbours as one whose boundary means nothing."""
    if before.keys() != now.keys():
        return False
    shorter = any(len(now[name]) < len(before[name]) for name in before)
    return shorter and all(_covers(list(before[name]), now[name]) for name in before)


def _covers(before: list[DbtCall], now: Sequence[DbtCall]) -> bool:
    for call in now:
        if not before:
            return False
        taken = [before.pop(0)]
        while _words(taken) != _words([call]):
            if not before or not taken[0].select or boundary(taken[-1], before[0]):
                return False
            taken.append(before.pop(0))
    return not before


def _words(calls: Sequence[DbtCall]) -> tuple[Any, ...]:
    """What a row of calls does: everything but the selections is that of the first."""
    first, selected = calls[0], dict.fromkeys(w for call in calls for w in call.select.split())
    rest = [word for word in first.arguments if not {*word.split()} <= {*first.select.split()}]
    return first.how, first.command, rest, tuple(selected), first.full_refresh, first.repeated


def told(result: Conversion, done: Batched) -> None:
    """Say in the account which functions make fewer calls now, and what that changes."""
    for entry in done.entries:
        before, after = done.before[entry], done.after[entry]
        times = " each time round its loop" if any(c.repeated for c in after) else ""
        file, _, line = after[0].path[0].rpartition(":")
        message = f"`{entry}` called dbt {len(before)} times{times}; {len(after)} calls do it now"
        places = list(dict.fromkeys(c.path[-1] for c in after))
        result.findings.append(
            {
                **{"finding": "batched", "file": file, "line": int(line), "message": message},
                **{"places": places, "entry": entry, "before": len(before), "after": len(after)},
            }
        )
        difference = DIFFERENCE.format(before=len(before), after=len(after), times=times, entry=entry)
        result.entries = [
            replace(e, outcome=_adapted(e.outcome, difference)) if e.construct.name == entry else e
            for e in result.entries
        ]


def _adapted(outcome: Any, difference: str) -> Any:
    if isinstance(outcome, Converted):
        return Adapted(difference)
    return Adapted(f"{outcome.difference} {difference}") if isinstance(outcome, Adapted) else outcome
