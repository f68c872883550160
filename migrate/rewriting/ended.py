"""A sensor of runs that ended: a flow with what is known of the run as parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.rewriting.deciding import annotated, made, resources_of
from migrate.rewriting.functions import has_docstring, refuse
from migrate.rewriting.layout import Item, call, lay, quoted
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Frame, Work, expression, led, statements

RUN = ("status", "tags", "run_config", "is_success", "is_failure", "is_finished")
KNOWN = {
    "dagster_run.job_name": "flow_name",
    "dagster_run.run_id": "run_id",
    "failure_event.message": "message",
    "dagster_event.message": "message",
    "pipeline_run.pipeline_name": "flow_name",
    "pipeline_run.run_id": "run_id",
    "log": "log",
    "partition_key": "partition_key",
    **{f"dagster_run.{name}": f"dagster_run.{name}" for name in RUN},
}
"""What a run-status sensor asks its context → the field of `RunEnded`."""
KINDS = ("run_status_sensor", "run_failure_sensor")


def known(frame: Frame, node: cst.Attribute) -> cst.BaseExpression | None:
    """The field that an attribute of the context is."""
    path = dotted(node).removeprefix(f"{frame.context}.")
    field = KNOWN.get(path)
    return expression(f"{frame.context}.{field}") if field else None


def expect(frame: Frame, node: cst.Attribute) -> None:
    """Note, on the way in, the places that a known attribute leads through."""
    if frame.construct and frame.construct.kind in KINDS and known(frame, node) is not None:
        inner = node.value
        while isinstance(inner, cst.Attribute):
            frame.settled.add(id(inner))
            inner = inner.value


def is_part(node: cst.Attribute) -> bool:
    """Whether an attribute is the run itself, or part of what a known one holds."""
    path = dotted(node).partition(".")[2]
    return path == "dagster_run" or any(path.startswith(f"{name}.") for name in KNOWN)


def ended_flow(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The flow, and the function it hands the run to."""
    name = updated.name.value
    given = resources_of(work, construct)
    asked = [p.name.value for p in [*updated.params.params[1:], *updated.params.kwonly_params]]
    if set(asked) - set(given):
        outcome = Manual("it asks for what is no resource", "Build it in the function itself.")
        return [refuse(work, construct, updated, outcome)]
    named = used_names(cst.Module([updated]))
    starts = any(named[answer] for answer in ("RunRequest", "SensorResult"))
    body: list[Any] = list(updated.body.body)
    docstring = work.text(body[0]).strip() if has_docstring(body) else ""
    frame = work.frame
    context = frame.context if frame and frame.context else "_context"
    need = work.need
    ended = need("prefect_support.ended_runs", "RunEnded")
    handed = "".join(f", {key}={made(work, key)}" for key in given)
    called = f"_{name}({ended}(run_id, flow_name, message){handed})"
    returns = "int" if starts else "None"
    lines = [
        f'@{need("prefect", "flow")}(name="{construct.name}")',
        f'def {name}(run_id: str, flow_name: str, message: str = "") -> {returns}:',
        *([f"    {docstring}"] if docstring else []),
        f"    {_started(work, construct, called) if starts else called}",
    ]
    flow_ = led(statements("\n".join(lines) + "\n"), updated.leading_lines)
    answer = need("typing", "Any") if starts else "None"
    more = "".join(f", {key}: {annotated(work, updated, key)}" for key in given)
    function = statements(f"\n\ndef _{name}({context}: {ended}{more}) -> {answer}:\n    pass\n")[0]
    assert isinstance(function, cst.FunctionDef)
    kept = body[1:] if docstring else body
    return [*flow_, function.with_changes(body=updated.body.with_changes(body=kept))]


def _started(work: Work, construct: Construct, called: str) -> str:
    """The call that starts what the function asks for: runs of its job, or of those it names."""
    items: list[Item] = [quoted(construct.name), f"lambda _: {called}"]
    job = work.model.job_of(work.model.project.value(construct, "request_job"))
    items += [f"deployment={quoted(f'{job.name}/{job.name}')}"] if job else []
    return "return " + lay(call(work.need("prefect_support.sensors", "launch"), *items), 4, 11)
