"""`RetryPolicy` → `retries` and `retry_delay_seconds`, with Dagster's own formula of delays.

A policy kept in a variable stays one: a dictionary that is unpacked into the task's options.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

import libcst as cst

from migrate.reading.scope import Scope
from migrate.reading.units import enum_name
from migrate.reading.values import Named
from migrate.rewriting.layout import Group, lay
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def spelled(work: Work, node: cst.BaseExpression) -> list[str]:
    """`retries=…` and `retry_delay_seconds=…` of a policy; empty when it is no call."""
    return [f"{name}={value}" for name, value in _options(work, node)]


def _options(work: Work, node: cst.BaseExpression) -> list[tuple[str, str]]:
    if not isinstance(node, cst.Call):
        return []
    order = ("max_retries", "delay", "backoff", "jitter")
    given = {a.keyword.value if a.keyword else order[i]: a.value for i, a in enumerate(node.args)}
    count = work.text(given["max_retries"]) if "max_retries" in given else "1"
    found = [("retries", count)]
    if "delay" not in given:
        return found
    delay = work.text(given["delay"])
    backoff = _member(work, given.get("backoff"))
    growth = {"EXPONENTIAL": "exponential", "LINEAR": "linear"}.get(backoff, "constant")
    work.need("prefect_support.retries", growth)
    delays = f"{growth}({delay}, {count})"
    jitter = _member(work, given.get("jitter"))
    if jitter == "FULL":
        delays = f"{work.need('prefect_support.retries', 'full_jitter')}({delays})"
    elif jitter == "PLUS_MINUS":
        delays = f"{work.need('prefect_support.retries', 'plus_minus')}({delays}, {delay})"
    return [*found, ("retry_delay_seconds", delays)]


def _member(work: Work, node: cst.BaseExpression | None) -> str:
    """The member of an enum; a value that only running the code would tell is refused."""
    if node is None:
        return ""
    value = work.model.project.evaluator.value(node, Scope(work.file.module, {}))
    if not isinstance(value, Named) and value is not None:
        work.unsupported(node, f"`{work.text(node)}` of a RetryPolicy", "Name the member of the enum.")
    return enum_name(value)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """A policy that stands by itself, as a dictionary of options."""
    options = _options(work, original)
    items = tuple(f'"{name}": {value}' for name, value in options)
    return parsed(lay(Group("{", items, "}"), 0, 20)) if options else None


RULE = Rule(("dagster.RetryPolicy",), "value", expression=expression)
