"""`PipesSubprocessClient` → `ExternalPrograms`: the task runs the program, and records what it reports.

The program stays as it is: `dagster_pipes`, which it may import, is a package without dependencies that
speaks to whoever started it. It is told the partition's key, not its time window.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

KEPT = ("env", "cwd")
GONE = (
    *("context_injector", "message_reader"),
    *("forward_termination", "forward_stdio", "termination_timeout_seconds"),
)
DIFFERS = "a program is told its partition's key, not the time window"


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The client in its variable, or as a function when it is a resource."""
    work.done(construct, _outcome(construct))
    return factory_statement(work, updated) or [updated]


def _outcome(construct: Construct) -> Adapted:
    left = [name for name in GONE if construct.argument(name) is not None]
    return Adapted(f"{DIFFERS}; {', '.join(left)} is not used: files carry what is said" if left else DIFFERS)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class, and the arguments it still takes."""
    if not isinstance(updated, cst.Call):
        return cst.Name(work.need("prefect_support.external_programs", "ExternalPrograms"))
    place = work.model.project.place_of(original)
    if place:
        construct = work.model.project.constructs[place]
        work.done(construct, _outcome(construct))
    kept = [a for a in updated.args if not (a.keyword and a.keyword.value in GONE)]
    if len(kept) < len(updated.args):
        kept[-1:] = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in kept[-1:]]
    return updated.with_changes(args=kept)


RULE = Rule(
    ("dagster.PipesSubprocessClient",),
    "call",
    frozenset({*KEPT, *GONE}),
    statement=statement,
    expression=expression,
    stands_for=("prefect_support.external_programs", "ExternalPrograms"),
)
