"""`DagsterDbtTranslator` → a plain class: its methods say the key and the group of a dbt node.

`get_asset_key` and `get_group_name` are handed to `@dbt_models`; other methods stay, and nobody calls them.

Upstream: https://docs.getdbt.com/reference/artifacts/manifest-json
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.classes import rebased
from migrate.rewriting.work import Work
from migrate.rules import Rule

READ_BY_TARGET = {"get_asset_key", "get_group_name"}


def methods_of(work: Work, node: cst.BaseExpression) -> set[str]:
    """The methods of the project's translator class that an expression makes or names."""
    found = work.internal(node.func if isinstance(node, cst.Call) else node)
    if found is None:
        return set()
    definition = work.model.project.names.modules[found.module].nodes[found.name][-1]
    if not isinstance(definition, cst.ClassDef):
        return set()
    return {s.name.value for s in definition.body.body if isinstance(s, cst.FunctionDef)}


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class without its base."""
    methods = {s.name.value for s in updated.body.body if isinstance(s, cst.FunctionDef)}
    unread = sorted(m for m in methods - READ_BY_TARGET if m.startswith("get_"))
    if unread:
        work.done(construct, Adapted(f"Prefect has no place for what {', '.join(unread)} says"))
    else:
        work.done(construct, Converted())
    return [rebased(work, updated, ())]


RULE = Rule(("dagster_dbt.DagsterDbtTranslator",), "base", class_=class_)
