"""`with_source_code_references`, `link_code_references_to_git` → what they were handed.

Prefect shows no links to source code.

Upstream: https://docs.prefect.io/v3/concepts/deployments
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Dropped
from migrate.reading.constructs import Construct
from migrate.rewriting.work import Work
from migrate.rules import Rule

REASON = "Prefect shows no links to source code"
NAMES = ("with_source_code_references", "link_code_references_to_git", "AnchorBasedFilePathMapping")


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """Nothing is left at the top of a module; inside a function what it was handed."""
    work.done(construct, Dropped(REASON))
    return [updated] if work.scopes.inside else []


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The assets or definitions that were handed to it."""
    for construct in work.file.constructs:
        if construct.node is original:
            work.done(construct, Dropped(REASON))
    if not isinstance(updated, cst.Call) or not updated.args or path.endswith("Mapping"):
        return None
    return updated.args[0].value


RULE = Rule(
    (
        *(f"dagster.{name}" for name in NAMES),
        "dagster_cloud.link_code_references_to_git_if_cloud",
        "dagster_cloud.link_code_references_to_git",
    ),
    "call",
    frozenset({"0", "git_url", "git_branch", "file_path_mapping", "assets_defs", "local_file_anchor"})
    | {"file_anchor_path_in_repository", "asset_defs"},
    statement=statement,
    expression=expression,
)
