"""`safe_tempfile_path` → `temporary_path`: a path where nothing lies, and nothing is left afterwards.

Upstream: https://docs.python.org/3/library/tempfile.html#tempfile.TemporaryDirectory
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The function's name."""
    if not isinstance(original, cst.Name | cst.Attribute):
        return None
    return cst.Name(work.need("prefect_support.temporary_files", "temporary_path"))


RULE = Rule(("dagster.safe_tempfile_path",), "value", expression=expression)
