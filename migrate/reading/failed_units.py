"""A construct whose rule fails while it is read: it is refused by name, and the rest is read all the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migrate.errors import ChangeoverError
from migrate.reading.constructs import Construct
from migrate.reading.project import Project
from migrate.reading.source import Problem
from migrate.reading.units import Does, Unit

DOES: Mapping[str, Does] = {"op": "op", "asset_check": "check", "dbt_assets": "dbt"}


def read_unit(project: Project, construct: Construct, made: Callable[[], Unit]) -> Unit:
    """What a rule reads of a construct; of one that it fails on, that its arguments cannot be told.

    The failure is among the project's problems, with its place.
    """
    try:
        return made()
    except ChangeoverError:
        raise
    except Exception as problem:  # one construct must never stop the others
        message = f"{construct.name} could not be read: {type(problem).__name__}: {problem}"
        found = Problem(construct.file, construct.line, message)
        if found not in project.problems:
            project.problems.append(found)
        does = DOES.get(construct.kind, "asset")
        return Unit(construct, does, construct.name, unknown=("arguments",))
