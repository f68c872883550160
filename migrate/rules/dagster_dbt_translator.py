"""`DagsterDbtTranslator` → `NodeNames`: its methods say the key, needs, group and owners of a node's asset.

Keys are texts, `asset://a/b`, with the parts at hand as `.path`; `get_asset_spec` gives an object with
`replace_attributes` and `merge_attributes`. What says when assets are made goes: a condition for all models
becomes the schedule or trigger of their flow, one for some of them is named as a difference.

Upstream: https://docs.getdbt.com/reference/artifacts/manifest-json
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.rewriting.classes import rebased
from migrate.rewriting.unautomated import unautomated
from migrate.rewriting.work import Work
from migrate.rules import Rule

NAMES = "dagster_dbt.DagsterDbtTranslator"
KEYS = "asset keys are texts, `asset://a/b`"
UNREAD = {"get_tags", "get_metadata"}


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class on top of NodeNames."""
    fresh, gone = unautomated(updated)
    methods = {s.name.value for s in fresh.body.body if isinstance(s, cst.FunctionDef)}
    told = [f"what {', '.join(dict.fromkeys(gone))} says is not asked for a single model"] if gone else []
    unread = sorted(methods & UNREAD)
    told += [f"Prefect has no place for what {', '.join(unread)} says"] if unread else []
    work.done(construct, Adapted("; ".join([KEYS, *told])))
    return [rebased(work, fresh, (work.need("prefect_support.dbt_naming", "NodeNames"),))]


RULE = Rule((NAMES,), "base", class_=class_)
