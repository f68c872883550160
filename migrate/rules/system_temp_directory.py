"""`get_system_temp_directory` → `system_folder`: the same folder for files that are soon gone.

Upstream: https://docs.python.org/3/library/tempfile.html#tempfile.gettempdir
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
    return cst.Name(work.need("prefect_support.temporary_files", "system_folder"))


NAME = "get_system_temp_directory"
RULE = Rule((f"dagster.{NAME}", f"dagster_shared.{NAME}"), "value", expression=expression)
