"""A part of a decorator that stays in the code: rewritten by the same rules as everything else."""

from __future__ import annotations

import libcst as cst

from migrate.reading.walking import rewrite
from migrate.rewriting.work import Work


def rewritten(work: Work, node: cst.BaseExpression) -> str:
    """The source of an original expression after the rules have seen it."""
    from migrate.rewriting.rewriter import Rewriter

    fresh = rewrite(node, Rewriter(work))
    return work.text(fresh) if isinstance(fresh, cst.CSTNode) else ""
