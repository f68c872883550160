"""A project with what reading could not tell written as it was loaded, and what to say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from migrate.loaded.assets import SPELLED, as_decorated
from migrate.loaded.changes import Changes
from migrate.loaded.decorating import as_decorated_by_own
from migrate.loaded.jobs import as_selected
from migrate.loaded.making import as_made
from migrate.loaded.starting import SCHEDULES, SENSORS, as_started
from migrate.outcomes import Adapted, Converted, Manual, Outcome, Undeployed
from migrate.reading.project import read_part
from migrate.rules import is_construct
from migrate.settling import settled

if TYPE_CHECKING:
    from migrate.loaded.answer import Answer
    from migrate.loaded.asking import Asking
    from migrate.reading.constructs import Construct
    from migrate.reading.project import Project
    from migrate.results import Conversion

Trees = dict[str, Any]
Convert = Callable[["Project"], "Conversion"]


@dataclass
class AsLoaded:
    """A project that has been read again, the trees given for it, and what is said of constructs."""

    project: Project
    asked: bool = False
    trees: Trees = field(default_factory=dict)
    told: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    kept_alive: list[Any] = field(default_factory=list)
    """Trees that were replaced: lines are known by the `id` of nodes, which must not come again."""

    def reread(self, trees: Mapping[str, Any]) -> Project:
        """The project read again, with what is written as loaded and these trees besides."""
        part, root = self.project.part, self.project.root
        return read_part(root, part, is_construct, trees={**self.trees, **trees})

    def take(self, changes: Changes, trees: Trees) -> None:
        """Read the project again with these changes."""
        self.kept_alive += [self.project]
        self.trees |= trees
        self.project = self.reread({})
        for place, what in changes.told.items():
            self.told[place] = list(dict.fromkeys([*self.told.get(place, []), *what]))

    def tell(self, result: Conversion) -> None:
        """Say in the account what is written as it was loaded; where nothing was, what loading may tell."""
        for number, entry in enumerate(result.entries):
            what = self.told.get((entry.construct.file, entry.construct.name))
            if what and isinstance(entry.outcome, Converted | Adapted):
                first = [entry.outcome.difference] if isinstance(entry.outcome, Adapted) else []
                result.entries[number] = replace(entry, outcome=Adapted("; ".join([*first, *what])))
            elif why := self.refused.get((entry.construct.file, entry.construct.name)):
                result.entries[number] = replace(entry, outcome=_refused(entry.outcome, why))
            elif not self.asked and helps(entry.construct, entry.outcome):
                assert isinstance(entry.outcome, Manual)
                remedy = f"{entry.outcome.remedy} {REMEDY}"
                result.entries[number] = replace(entry, outcome=replace(entry.outcome, remedy=remedy))


def as_loaded(project: Project, asking: Asking, convert: Convert) -> AsLoaded:
    """Write what is open as it was loaded, stage by stage.

    Raises:
        SideError: the project does not load in its interpreter.
    """
    now, answer = AsLoaded(project, asked=True), asking.of(settled(project)) if project.python else None
    for stage in STAGES if answer else ():
        assert answer is not None
        changes = Changes(now.project)
        opened = open_constructs(now.project, convert(now.project))
        stage(changes, answer, [c for c in opened if c.file in now.project.python])
        now.refused |= changes.refused
        if trees := changes.trees():
            now.take(changes, trees)
    return now


def open_constructs(project: Project, result: Conversion) -> list[Construct]:
    """The constructs of which something could not be told, those at the top of their modules."""
    unread = {(u["file"], u["construct"]) for u in result.unread}
    unsaid = {id(e.construct) for e in result.entries if _is_open(e.outcome)}
    unsaid |= {id(e.construct) for e in result.entries if (e.construct.file, e.construct.name) in unread}
    return [e.construct for e in result.entries if id(e.construct) in unsaid]


UNTOLD = ("is told by the code alone", "is read from the environment", "that the code alone tells")


def _is_open(outcome: Any) -> bool:
    if isinstance(outcome, Adapted):
        return any(words in outcome.difference for words in UNTOLD)
    return isinstance(outcome, Manual | Undeployed)


def _decorated(changes: Changes, answer: Answer, opened: Sequence[Construct]) -> None:
    """What the project's own decorators make."""
    as_decorated_by_own(changes, answer)


def _made(changes: Changes, answer: Answer, opened: Sequence[Construct]) -> None:
    """What functions make that reading cannot follow."""
    as_made(changes, answer, opened)


def _steps(changes: Changes, answer: Answer, opened: Sequence[Construct]) -> None:
    """Assets and checks at the top of modules."""
    for construct in _at_the_top(opened):
        as_decorated(changes, answer, construct)


def _jobs(changes: Changes, answer: Answer, opened: Sequence[Construct]) -> None:
    """Jobs over assets, once the keys of these are told."""
    for construct in _at_the_top(opened):
        if construct.kind == "define_asset_job":
            as_selected(changes, answer, construct)


def _starting(changes: Changes, answer: Answer, opened: Sequence[Construct]) -> None:
    """What starts jobs, once these are told."""
    model = settled(changes.project)
    for construct in _at_the_top(opened):
        if construct.kind in (*SCHEDULES, *SENSORS):
            as_started(changes, answer, model, construct)


def _at_the_top(opened: Sequence[Construct]) -> list[Construct]:
    return [c for c in opened if not c.within]


STAGES = (_decorated, _made, _steps, _jobs, _starting)
"""What is told of one construct may be all that another one waits for: it is then as it was written."""


def _refused(outcome: Outcome, why: str) -> Outcome:
    """What is deployed and could not be written out is a person's, also where reading takes it for idle."""
    if isinstance(outcome, Manual):
        return replace(outcome, reason=f"{outcome.reason}; not written as loaded: {why}")
    if isinstance(outcome, Undeployed):
        reason = f"it is deployed, which only loading tells, and not written as loaded: {why}"
        return Manual(reason, "Write it out by hand, with what its function was given.")
    return outcome


def helps(construct: Construct, outcome: Any) -> bool:
    """Whether loading the project might tell what a construct is refused for."""
    kinds = (*SPELLED, "define_asset_job", *SCHEDULES, *SENSORS)
    untold = isinstance(outcome, Manual) and any(words in outcome.reason for words in BY_READING)
    return untold and construct.kind in kinds


BY_READING = ("by reading", "reading can tell", "that can be read", "worked out when the code runs")
REMEDY = "Or convert with --loaded, where the project loads: what it loads is written then."
