"""Giving a class other bases."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.rewriting.work import Work


def rebased(
    work: Work, updated: cst.ClassDef, bases: Sequence[str], keywords: Sequence[str] = ()
) -> cst.ClassDef:
    """The class with `bases` in place of its Dagster bases; one that has none itself keeps those it has."""
    theirs = [bool(work.scopes.dagster(_plain(b.value))) for b in updated.bases]
    cut = theirs.index(True) if any(theirs) else 0
    kept = [work.text(b.value) for b, dagsters in zip(updated.bases, theirs, strict=True) if not dagsters]
    spelled = [*kept[:cut], *bases, *kept[cut:]] if any(theirs) else kept
    keyword = [*keywords, *(work.text(k).rstrip(", ") for k in updated.keywords)]
    inside = ", ".join([*spelled, *keyword])
    head = cst.parse_statement(f"class X({inside}): ...\n" if inside else "class X: ...\n")
    assert isinstance(head, cst.ClassDef)
    return updated.with_changes(bases=head.bases, keywords=head.keywords, lpar=head.lpar, rpar=head.rpar)


def _plain(node: cst.BaseExpression) -> cst.BaseExpression:
    return node.value if isinstance(node, cst.Subscript) else node
