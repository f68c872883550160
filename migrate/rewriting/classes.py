"""Giving a class other bases."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.rewriting.work import Work


def rebased(
    work: Work, updated: cst.ClassDef, bases: Sequence[str], keywords: Sequence[str] = ()
) -> cst.ClassDef:
    """The class with its Dagster bases replaced by `bases`; the project's own bases stay."""
    kept = [b for b in updated.bases if not work.scopes.dagster(_plain(b.value))]
    spelled = (
        [*bases, *(work.text(b.value) for b in kept)] if not kept else [work.text(b.value) for b in kept]
    )
    keyword = [*keywords, *(work.text(k).rstrip(", ") for k in updated.keywords)]
    inside = ", ".join([*spelled, *keyword])
    head = cst.parse_statement(f"class X({inside}): ...\n" if inside else "class X: ...\n")
    assert isinstance(head, cst.ClassDef)
    return updated.with_changes(bases=head.bases, keywords=head.keywords, lpar=head.lpar, rpar=head.rpar)


def _plain(node: cst.BaseExpression) -> cst.BaseExpression:
    return node.value if isinstance(node, cst.Subscript) else node
