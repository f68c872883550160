"""What a schedule or sensor starts: a job's flow, or a flow of its own over the assets it targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.selection import Selector
from migrate.reading.values import Called, Decorated, flat
from migrate.rewriting.flows import flow_code
from migrate.rewriting.layout import quoted
from migrate.rewriting.references import identifier
from migrate.rewriting.selected_units import selected_units
from migrate.rewriting.wiring import selection_wiring
from migrate.rewriting.work import Work, statements

if TYPE_CHECKING:
    from migrate.model import Job, Model

JOB_ARGUMENTS = ("job", "job_name", "jobs", "target", "request_job", "request_jobs")
SELECTIONS = ("target", "asset_selection", "request_assets")


@dataclass(frozen=True)
class Target:
    """`flow/deployment` to start, the flow's `file.py:function`, and statements that make it."""

    deployment: str
    entrypoint: str
    statements: list[cst.BaseStatement] = field(default_factory=list)


def job_target(model: Model, construct: Construct) -> Job | None:
    """The job that a schedule or sensor names, the first of several; None for anything else."""
    for name in JOB_ARGUMENTS:
        value = model.project.value(construct, name)
        for item in flat(value)[:1]:
            found = model.job_of(item) if isinstance(item, Called | Decorated | str) else None
            if found is not None:
                return found
    return None


def names_a_target(construct: Construct) -> bool:
    """Whether it says what it starts; one that does not may look and tell, and start nothing."""
    return any(construct.argument(name) is not None for name in (*JOB_ARGUMENTS, *SELECTIONS))


def selection_of(construct: Construct) -> str:
    """The argument that selects assets directly, or the empty string."""
    return next((name for name in SELECTIONS if construct.argument(name) is not None), "")


def flow_name(construct: Construct) -> str:
    """The flow over the assets that a schedule or sensor targets."""
    return f"{identifier(construct.name)}_assets"


def can_target(model: Model, construct: Construct) -> bool:
    """Whether the assets that it targets can be told."""
    name = selection_of(construct)
    if not name:
        return False
    units, exact = selected_units(model, model.project.value(construct, name), construct.place)
    return bool(units) and exact


def target_of(work: Work, construct: Construct) -> Target | None:
    """What is started; None when it cannot be told."""
    job = job_target(work.model, construct)
    if job is not None:
        return Target(f"{job.name}/{job.name}", f"{job.construct.file}:{job.function}")
    if not can_target(work.model, construct):
        return None
    value: Any = work.model.project.value(construct, selection_of(construct))
    made, problems = flow_over(work, flow_name(construct), value, construct.place)
    if problems:
        return None
    function = flow_name(construct)
    return Target(f"{function}/{function}", f"{construct.file}:{function}", made)


def why_untargeted(work: Work, construct: Construct) -> str:
    """Why `target_of` is None: what of the job, or of the selection, reading cannot tell."""
    model, name = work.model, selection_of(construct)
    given = next((n for n in JOB_ARGUMENTS if construct.argument(n) is not None), "")
    value = model.project.value(construct, given) if given else None
    if not name or (given != name and given):
        called = f": no job that was read is called {value}" if isinstance(value, str) else ""
        return f"its job cannot be told by reading{called}"
    wanted = model.project.value(construct, name)
    selected = Selector(model).resolve(wanted)
    if selected.untold or not selected_units(model, wanted, construct.place)[0]:
        why = "; ".join(selected.untold[:3]) or "nothing that was read is in it"
        return f"its selection cannot be resolved by reading: {why}"
    problems = flow_over(work, flow_name(construct), wanted, construct.place)[1]
    return "; ".join(problems) or "its job cannot be told by reading"


def flow_over(
    work: Work, function: str, selection: Any, asked: str
) -> tuple[list[cst.BaseStatement], list[str]]:
    """The statements of a flow over what `asked` selects, and what stands in the way of it."""
    wiring = selection_wiring(work, selection, asked)
    code = flow_code(work, function, [f"name={quoted(function)}"], wiring)
    return statements("\n\n" + code), wiring.problems
