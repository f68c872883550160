"""A sensor or a deciding schedule: a function that asks for runs, and the flow that starts them."""

from __future__ import annotations

from typing import Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.values import Called, Decorated
from migrate.rewriting.functions import has_docstring, refuse
from migrate.rewriting.layout import call, lay, quoted
from migrate.rewriting.work import Frame, Work, led, statements


def deciding(
    work: Work, construct: Construct, frame: Frame, updated: cst.FunctionDef, job: Any
) -> list[cst.BaseStatement]:
    """The flow, and the function it calls."""
    found = work.model.job_of(job) if isinstance(job, Called | Decorated | str) else None
    if found is None:
        return [
            refuse(
                work,
                construct,
                updated,
                Manual("its job cannot be told by reading", "Name the deployment to start."),
            )
        ]
    name = updated.name.value
    body = list(updated.body.body)
    docstring = work.text(body[0]).strip() if has_docstring(body) else ""
    start = call(
        work.need("prefect_support.sensors", "launch"),
        quoted(construct.name),
        f"_{name}",
        deployment=quoted(f"{found.name}/{found.name}"),
    )
    lines = [
        f'@{work.need("prefect", "flow")}(name="{construct.name}")',
        f"def {name}() -> int:",
        *([f"    {docstring}"] if docstring else []),
    ]
    lines.append(f"    return {lay(start, 4, 11)}")
    flow_ = led(statements("\n".join(lines) + "\n"), updated.leading_lines)
    return [*flow_, _poll(work, frame, updated, body[1:] if docstring else body)]


def _poll(work: Work, frame: Frame, updated: cst.FunctionDef, body: list[Any]) -> cst.BaseStatement:
    answers = sorted(
        n for m, n in work.needed if m == "prefect_support.sensors" and n in ("RunRequest", "SkipReason")
    )
    kind = " | ".join(answers) or "None"
    if frame.yields:
        kind = f"{work.need('collections.abc', 'Iterator')}[{kind}]"
    work.need("prefect_support.sensors", "SensorContext")
    head = (
        f"\n\ndef _{updated.name.value}({frame.context or '_context'}: SensorContext) -> {kind}:\n    pass\n"
    )
    function = statements(head)[0]
    assert isinstance(function, cst.FunctionDef)
    return function.with_changes(body=updated.body.with_changes(body=body))


POLLED = Adapted("polls in a flow run of its own; its cursor is kept in a Prefect Variable")
"""What differs of a sensor."""
