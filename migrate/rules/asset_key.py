"""`AssetKey` → the text `asset://` and the key's path joined by slashes.

Where a file asks keys for their parts (`.path`, `.to_user_string()`), `Key("asset://…")` knows them.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.keys import from_expression
from migrate.rewriting.made_keys import told_apart
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The key as text; as an annotation, `str`."""
    if isinstance(updated, cst.Call) and len(updated.args) == 1 and not updated.args[0].star:
        return parsed(told_apart(work, original, from_expression(work, updated.args[0].value)))
    return None


RULE = Rule(("dagster.AssetKey",), "value", expression=expression)
