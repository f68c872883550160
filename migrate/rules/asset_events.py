"""`AssetMaterialization`, `AssetObservation`, `ExpectationResult` → a Prefect event, or a line in the log.

Yielded, or handed to `context.log_event`.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.keys import from_expression
from migrate.rewriting.layout import Group, lay
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule

NAMES = {
    "dagster.AssetMaterialization": "materialized",
    "dagster.AssetObservation": "observed",
    "dagster.ExpectationResult": "expected",
}
ORDER = {
    "materialized": ("asset_key", "description", "metadata"),
    "observed": ("asset_key", "description", "metadata"),
    "expected": ("success", "label", "description", "metadata"),
}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The call that tells it."""
    if path not in NAMES or not isinstance(updated, cst.Call) or not isinstance(original, cst.Call):
        return None
    name = NAMES[path]
    call = f"{work.need('prefect_support.asset_events', name)}("
    given = {a.keyword.value if a.keyword else ORDER[name][i]: a.value for i, a in enumerate(updated.args)}
    for extra in given.keys() - set(ORDER[name]) - {"partition", "tags"}:
        work.unsupported(original, f"{extra} of {path}", "Put it into the metadata.")
    items = [_key(work, original, given)] if "asset_key" in given else []
    items += [f"{field}={work.text(given[field])}" for field in ORDER[name][1:] if field in given]
    if "success" in given:
        items.insert(0, work.text(given["success"]))
    return parsed(lay(Group(call, tuple(items), ")"), 0, 4))


def _key(work: Work, original: cst.Call, given: dict[str, cst.BaseExpression]) -> str:
    """The key as a text: an `AssetKey` has become one already."""
    if isinstance(given["asset_key"], cst.List | cst.Tuple):
        return from_expression(work, given["asset_key"])
    spelled = work.text(given["asset_key"])
    return spelled if "asset://" in spelled else from_expression(work, given["asset_key"])


RULE = Rule(tuple(NAMES), "value", expression=expression)
