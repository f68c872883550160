"""`DbtProject` → `DbtProject`: the folder, the profile, the place of the manifest, and dbt in this process.

It is the resource itself: `DbtCliResource(project_dir=project)` is the project. `prepare_if_dev()` becomes
`prepare()`, which makes the manifest where there is none: Prefect has no mode for development, so that it is
not made anew each time the code is loaded. A copy that was packaged for deployment is not looked for.

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.dbt_cli_resource import constructed

KEPT = ("project_dir", "profiles_dir", "target", "profile", "target_path", "state_path")
GONE = ("packaged_project_dir", "prepare_project_cli_args")


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The project in its variable."""
    left = [name for name in GONE if construct.argument(name) is not None]
    unused = f"{', '.join(left)} is not used: the project is read where it is"
    work.done(construct, Adapted(unused) if left else Converted())
    return [updated]


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class, and the arguments it still takes."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.dbt_project", "DbtProject"))
    return constructed(work, updated, KEPT) if isinstance(updated, cst.Call) else None


RULE = Rule(
    ("dagster_dbt.DbtProject",),
    "call",
    frozenset({"0", *KEPT, *GONE}),
    statement=statement,
    expression=expression,
    stands_for=("prefect_support.dbt_project", "DbtProject"),
)
