"""`ObserveResult`, `DataVersion` → `Observation`, and the version's text.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.layout import Group, lay
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule

ORDER = ("asset_key", "metadata", "check_results", "data_version", "tags")
FIELDS = {"asset_key": "asset", "metadata": "metadata", "data_version": "data_version"}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The observation, the text of a version, or their types."""
    if isinstance(original, cst.Call) and isinstance(updated, cst.Call):
        if path.endswith("DataVersion"):
            return updated.args[0].value if updated.args else None
        return _observation(work, original, updated)
    if path.endswith("DataVersion"):
        return cst.Name("str")
    return cst.Name(work.need("prefect_support.observations", "Observation"))


def _observation(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression:
    given = {a.keyword.value if a.keyword else ORDER[i]: a.value for i, a in enumerate(updated.args)}
    for name in given.keys() - FIELDS.keys():
        work.unsupported(original, f"{name} of an ObserveResult", "Put it into the metadata.")
    items = tuple(f"{ours}={work.text(given[name])}" for name, ours in FIELDS.items() if name in given)
    name = work.need("prefect_support.observations", "Observation")
    return parsed(lay(Group(f"{name}(", items, ")"), 0, 4))


RULE = Rule(("dagster.ObserveResult", "dagster.DataVersion"), "value", expression=expression)
