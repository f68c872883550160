"""`get_dagster_logger` → the run's logger, or a plain one outside of any run.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/add-logging
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """At the top of a module there is no run: a logger by name. In a function the run's own."""
    if not isinstance(updated, cst.Call):
        return None
    if not work.scopes.inside:
        work.need("logging")
        name = work.text(updated.args[0].value) if updated.args else "__name__"
        return parsed(f"logging.getLogger({name})")
    return parsed(f"{work.need('prefect_support.validations', 'run_logger')}()")


RULE = Rule(("dagster.get_dagster_logger",), "value", expression=expression)
