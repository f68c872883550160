"""`@public`, `@experimental`, `@beta`, `@deprecated` of Dagster's own code → nothing: they only annotate.

Code that extends Dagster's classes copies them along with the methods. `@deprecated` and its kin warned
whoever called; nothing of Prefect does.

Upstream: https://docs.python.org/3/library/warnings.html
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Dropped, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.functions import refuse
from migrate.rewriting.work import Work
from migrate.rules import Rule

NAMES = ("public", "experimental", "beta", "preview", "deprecated", "superseded", "experimental_param")
OTHERS = (
    "beta_param",
    "preview_param",
    "deprecated_param",
    "hidden_param",
    "only_allow_hidden_params_in_kwargs",
)
REASON = "it only annotates Dagster's API"


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The function without any of these decorators."""
    original = construct.node
    assert isinstance(original, cst.FunctionDef)
    kept = [
        after
        for before, after in zip(original.decorators, updated.decorators, strict=True)
        if not _annotates(work, before)
    ]
    if any(work.scopes.dagster(_named(d.decorator)) for d in original.decorators if not _annotates(work, d)):
        outcome = Manual("it stands above another decorator of Dagster's", "Take the annotation away.")
        return [refuse(work, construct, updated, outcome)]
    work.done(construct, Dropped(REASON))
    return [updated.with_changes(decorators=kept)]


def _annotates(work: Work, decorator: cst.Decorator) -> bool:
    return work.scopes.dagster(_named(decorator.decorator)) in RULE.names


def _named(node: cst.BaseExpression) -> cst.BaseExpression:
    return node.func if isinstance(node, cst.Call) else node


RULE = Rule(
    tuple(f"dagster.{name}" for name in (*NAMES, *OTHERS)),
    "decorator",
    frozenset({"0", "1", "breaking_version", "additional_warn_text", "subject", "emit_runtime_warning"}),
    function=function,
)
