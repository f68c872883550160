"""`RetryPolicy` → `retries` and `retry_delay_seconds`, with Dagster's own formula of delays.

A policy kept in a variable stays one: a dictionary that is unpacked into the task's options.

Upstream: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from migrate.reading.evaluation import Scope
from migrate.reading.units import enum_name
from migrate.reading.values import Called
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def spelled(work: Work, policy: Called) -> list[str]:
    """`retries=…` and `retry_delay_seconds=…` of a policy."""
    return [f"{name}={value}" for name, value in _options(work, policy)]


def _options(work: Work, policy: Called) -> list[tuple[str, str]]:
    count = policy.get("max_retries", 0, 1)
    delay = policy.get("delay", 1)
    found = [("retries", _number(count))]
    if delay is None:
        return found
    growth = {"EXPONENTIAL": "exponential", "LINEAR": "linear"}.get(
        enum_name(policy.get("backoff", 2)), "constant"
    )
    jitter = enum_name(policy.get("jitter", 3))
    work.need("prefect_support.retries", growth)
    delays = f"{growth}({_number(delay)}, {_number(count)})"
    if jitter == "FULL":
        delays = f"{work.need('prefect_support.retries', 'full_jitter')}({delays})"
    elif jitter == "PLUS_MINUS":
        delays = f"{work.need('prefect_support.retries', 'plus_minus')}({delays}, {_number(delay)})"
    return [*found, ("retry_delay_seconds", delays)]


def _number(value: Any) -> str:
    return repr(value)


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """A policy that stands by itself, as a dictionary of options."""
    if not isinstance(original, cst.Call):
        return None
    policy = work.model.project.evaluator.value(original, Scope(work.file.module, {}))
    if not isinstance(policy, Called):
        return None
    pairs = ", ".join(f'"{name}": {value}' for name, value in _options(work, policy))
    return parsed(f"{{{pairs}}}")


RULE = Rule(("dagster.RetryPolicy",), "value", expression=expression)
