"""What a project's own interpreter said of its loaded definitions, and which construct that belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.job_names import bound_to

if TYPE_CHECKING:
    from migrate.reading.constructs import Construct
    from migrate.reading.project import Project

Step = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The answer of one part of a tree; `content` is what `shims/foreign/dagster_loaded` wrote."""

    content: Mapping[str, Any]

    @property
    def version(self) -> str:
        """Dagster's version that loaded the definitions."""
        return str(self.content["versions"].get("dagster", "?"))

    @property
    def steps(self) -> Sequence[Step]:
        """The assets and checks, one step for each definition."""
        found: Sequence[Step] = self.content["steps"]
        return found

    def steps_at(self, file: str, line: int) -> list[Step]:
        """The steps whose function begins at this line: several, where a function makes them."""
        places = [(s, s["function"]) for s in self.steps if s["function"]]
        return [s for s, at in places if (at["file"], at["line"]) == (file, line)]

    def steps_of(self, project: Project, construct: Construct) -> list[Step]:
        """The steps of a decorated function."""
        if not isinstance(construct.node, cst.FunctionDef):
            return []
        return self.steps_at(construct.file, first_line(project, construct))

    def named(self, project: Project, construct: Construct, what: str) -> str:
        """The name by which a construct is loaded as a `job`, `schedule` or `sensor`; empty: it is not."""
        bound = bound_to(project, construct)
        held = self.content["names"].get(construct.module, {}).get(bound, {})
        if what in held:
            return str(held[what])
        own = project.value(construct, "name", 0 if construct.kind == "define_asset_job" else None)
        name = own if isinstance(own, str) else construct.name
        return name if name in self.content[f"{what}s"] else ""


def first_line(project: Project, construct: Construct) -> int:
    """The line on which a function begins for Python: that of its first decorator."""
    node, file = construct.node, project.file_of(construct)
    if isinstance(node, cst.FunctionDef) and node.decorators:
        return file.line(node.decorators[0].decorator) or construct.line
    return construct.line
