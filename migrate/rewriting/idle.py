"""Branches at the top of a module whose every statement went away with what they told Dagster."""

from __future__ import annotations

import libcst as cst


def without_idle(before: cst.Module, fresh: cst.Module) -> cst.Module:
    """The module without an `if` that has nothing but `pass` left; one that was so before stays."""
    own = {id(statement) for statement in before.body}
    body = [s for s in fresh.body if id(s) in own or not (isinstance(s, cst.If) and _is_idle(s))]
    return fresh if len(body) == len(fresh.body) else fresh.with_changes(body=body)


def _is_idle(node: cst.If | cst.Else | None) -> bool:
    if node is None:
        return True
    lines = (
        isinstance(s, cst.SimpleStatementLine) and isinstance(s.body[0], cst.Pass) for s in node.body.body
    )
    return all(lines) and (isinstance(node, cst.Else) or _is_idle(node.orelse))
