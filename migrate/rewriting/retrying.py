"""When a task is tried again: what its function raises has a say, besides its retry policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.walking import look
from migrate.rewriting.layout import Item
from migrate.rewriting.value_types import TYPES
from migrate.rewriting.work import Work

HAND = "Write retries= and retry_delay_seconds= of the task."


class _Raised(cst.CSTVisitor):
    """Calls and names of RetryRequested, and of Failure with `allow_retries`, below a node."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.requests: list[cst.BaseExpression] = []
        self.final = False

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        path = self._work.scopes.dagster(node.func)
        if path == "dagster.RetryRequested":
            self.requests.append(node)
        names = [a.keyword.value for a in node.args if a.keyword]
        self.final = self.final or "allow_retries" in names

    def visit_Raise(self, node: cst.Raise) -> None:
        """LibCST calls this on the way in."""
        bare = node.exc if isinstance(node.exc, cst.Name | cst.Attribute) else None
        if bare is not None and self._work.scopes.dagster(bare) == "dagster.RetryRequested":
            self.requests.append(bare)


def condition_items(
    work: Work, construct: Construct, policy: list[Item], scope: Mapping[str, Any]
) -> list[Item]:
    """What joins the retry options of a task because of what its function, or its file, raises."""
    asked = _Raised(work)
    look(construct.node, asked)
    if asked.requests and not policy:
        condition = work.need("prefect_support.failures", "retry_requested")
        return [*_requested(work, asked.requests[0]), f"retry_condition_fn={condition}"]
    if policy and _is_final_somewhere(work):
        return [f"retry_condition_fn={work.need('prefect_support.failures', 'may_retry')}"]
    return []


def _is_final_somewhere(work: Work) -> bool:
    """Whether the file may raise a failure that is not to be tried again; looked up once.

    One of the project's own kinds of failure may say so itself, wherever it stands; so does a value of a
    wrong type.
    """
    if "final" not in work.remembered:
        everywhere = _Raised(work)
        look(work.file.tree, everywhere)
        every = work.model.project.constructs.values()
        own = any((c.path == "dagster.Failure" and c.shape == "class") or c.path in TYPES for c in every)
        work.remembered["final"] = everywhere.final or own
    return bool(work.remembered["final"])


def _requested(work: Work, node: cst.BaseExpression) -> list[Item]:
    order = ("max_retries", "seconds_to_wait")
    args = node.args if isinstance(node, cst.Call) else ()
    given = {a.keyword.value if a.keyword else order[i]: a.value for i, a in enumerate(args)}
    for value in given.values():
        if not isinstance(value, cst.Integer | cst.Float) and work.text(value) != "None":
            work.unsupported(node, "a number of retries that only running tells", HAND)
    retries: list[Item] = [f"retries={work.text(given['max_retries']) if 'max_retries' in given else '1'}"]
    if "seconds_to_wait" in given and work.text(given["seconds_to_wait"]) != "None":
        retries.append(f"retry_delay_seconds={work.text(given['seconds_to_wait'])}")
    return retries
