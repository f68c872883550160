"""`DagsterError` and its kinds → `RuntimeError`, which fails the task and its run.

Code that raises and catches them goes on doing so. Dagster itself raises none of them any more.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule

NAMES = (
    *(
        "DagsterError",
        "DagsterExecutionInterruptError",
        "DagsterInvariantViolationError",
        "DagsterTypeCheckError",
    ),
    *("DagsterInvalidConfigError", "DagsterInvalidDefinitionError", "DagsterExecutionStepExecutionError"),
    *("DagsterResourceFunctionError", "DagsterEventLogInvalidForRun", "DagsterUnknownResourceError"),
    *("DagsterStepOutputNotFoundError", "DagsterUnknownPartitionError", "DagsterTypeCheckDidNotPass"),
    *("DagsterInvalidInvocationError", "DagsterSubprocessError", "DagsterUserCodeExecutionError"),
)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The built-in exception; a call keeps its message."""
    if isinstance(updated, cst.Call):
        message = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in updated.args[:1]]
        return cst.Call(cst.Name("RuntimeError"), message)
    return cst.Name("RuntimeError")


RULE = Rule(tuple(f"dagster.{name}" for name in NAMES), "value", expression=expression)
