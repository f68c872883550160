"""`@success_hook`, `@failure_hook` → a state hook of the tasks it is set on.

It is handed Prefect's task, task run and state. A resource it asks for is made anew when it runs.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/state-change-hooks
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.functions import rebuild
from migrate.rewriting.work import Work
from migrate.rules import Rule


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function with the parameters of a hook."""
    work.need("typing", "Any")
    run = work.need("prefect.client.schemas.objects", "TaskRun")
    task, state = work.need("prefect", "Task"), work.need("prefect", "State")
    work.done(construct, Converted())
    parameters = [f"task: {task}[..., Any]", f"task_run: {run}", f"state: {state}[Any]"]
    bare = updated.with_changes(decorators=updated.decorators[1:])
    return [rebuild(bare, "", parameters, "None")]


RULE = Rule(
    ("dagster.success_hook", "dagster.failure_hook"),
    "decorator",
    frozenset({"name", "required_resource_keys"}),
    function=function,
)
