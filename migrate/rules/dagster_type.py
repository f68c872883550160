"""`DagsterType`, `PythonObjectDagsterType` → `ValueType`: checked where a task takes or gives a value.

The same function judges; a value it does not accept fails the task, before anything that needs it. Classes
and plain annotations are no such types: Prefect hands over what is there. `@usable_as_dagster_type` goes.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work, led
from migrate.rules import Rule

MODULE = "prefect_support.value_types"
SAID = ("typing_type", "key", "metadata", "is_builtin", "kind")
"""What only Dagster's own pages show."""
KEPT = ("0", "type_check_fn", "python_type", "name", "description")
HAND = "Load the value in the task, and check it with a ValueType."


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The type in its variable."""
    other = [a.name for a in construct.arguments if a.name not in (*KEPT, *SAID)]
    if other:
        outcome = Manual(f"its {', '.join(other)} has no counterpart", HAND)
        return refused_statement(work, construct, updated, outcome)
    work.done(construct, Converted())
    return led([updated], updated.leading_lines)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class of the target, with the arguments it has too."""
    name = cst.Name(work.need(MODULE, "ValueType"))
    if not isinstance(updated, cst.Call):
        return name
    kept = [a for a in updated.args if a.keyword is None or a.keyword.value in KEPT]
    if len(kept) < len(updated.args) and kept:
        kept[-1] = kept[-1].with_changes(comma=updated.args[-1].comma)
    of = cst.Attribute(name, cst.Name("of")) if path.endswith("PythonObjectDagsterType") else name
    return updated.with_changes(func=of, args=kept)


RULE = Rule(
    ("dagster.DagsterType", "dagster.PythonObjectDagsterType"),
    "call",
    frozenset({*KEPT, *SAID}),
    statement=statement,
    expression=expression,
)
