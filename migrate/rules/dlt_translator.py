"""`DagsterDltTranslator` → `ResourceNames`: its methods say the key, needs and group of a resource's asset.

Keys are texts, `asset://a/b`, with the parts at hand as `.path`; `get_asset_spec` gives an object with
`replace_attributes` and `merge_attributes`. A method that says what starts an asset goes.

Upstream: https://dlthub.com/docs/general-usage/resource
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.rewriting.loaders import naming_class
from migrate.rewriting.work import Work
from migrate.rules import Rule

OURS = {"DagsterDltTranslator": "ResourceNames", "DltResourceTranslatorData": "ResourceData"}


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class on top of ResourceNames."""
    return naming_class(work, construct, updated, "dlt_sources", "ResourceNames")


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class itself."""
    if isinstance(original, cst.Call):
        return None
    return cst.Name(work.need("prefect_support.dlt_sources", OURS[path.rpartition(".")[2]]))


RULE = Rule(
    tuple(f"{package}.{name}" for package in ("dagster_dlt", "dagster_embedded_elt") for name in OURS),
    "base",
    class_=class_,
    expression=expression,
)
