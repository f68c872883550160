"""`DagsterSlingTranslator` → `StreamNames`: its methods say the key, needs and group of a stream's asset.

Keys are texts, `asset://a/b`, with the parts at hand as `.path`; `get_asset_spec` gives an object with
`replace_attributes` and `merge_attributes`. A method that says what starts an asset goes.

Upstream: https://docs.slingdata.io/concepts/replication
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.rewriting.loaders import naming_class
from migrate.rewriting.work import Work
from migrate.rules import Rule


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class on top of StreamNames."""
    return naming_class(work, construct, updated, "sling_names", "StreamNames")


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class itself."""
    return (
        None
        if isinstance(original, cst.Call)
        else cst.Name(work.need("prefect_support.sling_names", "StreamNames"))
    )


RULE = Rule(
    ("dagster_sling.DagsterSlingTranslator", "dagster_embedded_elt.DagsterSlingTranslator"),
    "base",
    class_=class_,
    expression=expression,
)
