"""Giving a class other bases."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.reading.names import External, Internal, dotted
from migrate.rewriting.work import Work


def rebased(
    work: Work, updated: cst.ClassDef, bases: Sequence[str], keywords: Sequence[str] = ()
) -> cst.ClassDef:
    """The class with `bases` in place of its Dagster bases; one that has none itself keeps those it has."""
    theirs = [bool(work.scopes.dagster(_plain(b.value))) for b in updated.bases]
    cut = theirs.index(True) if any(theirs) else 0
    own = [b.value for b, dagsters in zip(updated.bases, theirs, strict=True) if not dagsters]
    if "BaseModel" in bases and any(_is_model(work, base) for base in own):
        bases = [base for base in bases if base != "BaseModel"]  # a second one has no place in their order
    kept = [work.text(b.value) for b, dagsters in zip(updated.bases, theirs, strict=True) if not dagsters]
    spelled = [*kept[:cut], *bases, *kept[cut:]] if any(theirs) else kept
    keyword = [*keywords, *(work.text(k).rstrip(", ") for k in updated.keywords)]
    inside = ", ".join([*spelled, *keyword])
    head = cst.parse_statement(f"class X({inside}): ...\n" if inside else "class X: ...\n")
    assert isinstance(head, cst.ClassDef)
    return updated.with_changes(bases=head.bases, keywords=head.keywords, lpar=head.lpar, rpar=head.rpar)


def _is_model(work: Work, base: cst.BaseExpression, module: str = "", depth: int = 8) -> bool:
    """Whether a base is Pydantic's `BaseModel`, or a class of the project on top of it."""
    names = work.model.project.names
    meaning = names.resolve(module or work.file.module, dotted(_plain(base)))
    if isinstance(meaning, External):
        return meaning.path.startswith("pydantic.") and meaning.path.endswith(".BaseModel")
    if not isinstance(meaning, Internal) or meaning.rest or not depth:
        return False
    nodes = names.modules[meaning.module].nodes.get(meaning.name, ())
    found = [b.value for node in nodes if isinstance(node, cst.ClassDef) for b in node.bases]
    return any(_is_model(work, inner, meaning.module, depth - 1) for inner in found)


def _plain(node: cst.BaseExpression) -> cst.BaseExpression:
    return node.value if isinstance(node, cst.Subscript) else node
