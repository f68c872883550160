"""Functions and loops that make assets and checks, as reading cannot follow them: written out.

Each loaded step becomes a function of the module its own function stands in, with the values that its
closure held; what called for it names these functions instead.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from migrate.loaded.assets import Unwritable
from migrate.loaded.closures import Closures
from migrate.loaded.places import Places, Standing
from migrate.loaded.replacing import Replacing
from migrate.loaded.writing_out import function_of

if TYPE_CHECKING:
    from migrate.loaded.answer import Answer, Step
    from migrate.loaded.changes import Changes
    from migrate.reading.constructs import Construct

TOLD = "made by {} and written out as Dagster {} loaded it"


@dataclass
class Made:
    """The functions written out of one function around them: number of the step → its name."""

    outermost: Standing
    names: dict[int, str] = field(default_factory=dict)
    functions: list[cst.FunctionDef] = field(default_factory=list)


def as_made(changes: Changes, answer: Answer, opened: Iterable[Construct]) -> None:
    """Write out what is open and was made within functions."""
    places = Places(changes.project)
    wanted = {id(c.node) for c in opened}
    groups: dict[int, list[tuple[int, Step, Standing]]] = {}
    for number, step in enumerate(answer.steps):
        at = step["function"]
        found = places.at(at["file"], at["line"], at["name"]) if at else None
        if found is not None and found.around and _is_open(changes, found, wanted):
            groups.setdefault(id(found.around[0]), []).append((number, step, found))
    done = []
    for group in groups.values():
        try:
            done.append(_made(changes, answer, Closures(changes, places), group))
        except Unwritable as why:
            for _, _, standing in group:
                changes.refused[standing.file.path, standing.node.name.value] = str(why)
    named = {n: (m.outermost.file, name) for m in done for n, name in m.names.items()}
    try:
        Replacing(changes, answer, named)([(m.outermost, m.functions) for m in done])
    except Unwritable as why:
        changes.forget()
        for group in groups.values():
            for _, _, standing in group:
                changes.refused[standing.file.path, standing.node.name.value] = str(why)


def _is_open(changes: Changes, found: Standing, wanted: set[int]) -> bool:
    """Whether a function's construct is open, or reading takes it for none."""
    if id(found.around[0]) in changes.project.written_out:
        return False
    return id(found.node) in wanted or not changes.project.place_of(found.node)


def _made(
    changes: Changes, answer: Answer, closures: Closures, group: list[tuple[int, Step, Standing]]
) -> Made:
    """The functions of one group; Unwritable when one of them cannot be written."""
    first = group[0][2]
    file = first.file
    if first.around[0] not in file.tree.body:
        raise Unwritable(f"{first.around[0].name.value} is no function at the top of its module")
    names = changes.project.names.modules[file.module]
    taken = {*names.nodes, *names.imports}
    made = Made(Standing(file, first.around[0], (), True))
    for number, step, standing in group:
        name = _name(step["step"], taken)
        taken.add(name)
        made.names[number] = name
        function = function_of(changes, closures, standing, step, name, file)
        function = function.with_changes(leading_lines=[cst.EmptyLine(), cst.EmptyLine()])
        changes.stand(file, function, file.line(standing.node))
        made.functions.append(function)
        around = f"`{first.around[0].name.value}`"
        changes.told.setdefault((file.path, name), []).append(TOLD.format(around, answer.version))
    return made


def _name(step: str, taken: set[str]) -> str:
    """A function's name that nothing else in the module has."""
    name = re.sub(r"\W", "_", step)
    name = f"{name}_" if keyword.iskeyword(name) else name
    while name in taken:
        name += "_asset"
    return name
