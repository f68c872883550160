"""A project's own component class → nothing: its `build_defs` is written out where YAML names the class.

Fields are replaced by what YAML says, methods become functions of the module that stands for the file. A type
that asks for what only Dagster's loader has is refused there, by name.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Manual, Undeployed
from migrate.reading.constructs import Construct
from migrate.rewriting.made_components import spoken_of
from migrate.rewriting.refusals import refused_class
from migrate.rewriting.work import Work
from migrate.rules import Rule

HAND = "Write in Python what its build_defs returns, and convert again."
MADE = "Python speaks of this component itself, at {}"
WRITTEN_OUT = "what it makes is written out in place of the YAML that names its class"


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """Nothing is left of a class that YAML alone names; one that Python speaks of, or nobody, is refused."""
    spoken = spoken_of(work.model).get(construct.place)
    reason = MADE.format(spoken.place) if spoken else "a class on top of Component is not converted"
    if any(file.described_in for file in work.model.project.python.values()):
        made = Manual(reason, HAND) if spoken and spoken.called else Undeployed(WRITTEN_OUT)
        for inner in work.file.constructs:
            if inner is construct or _within(construct.node, inner.node):
                work.outcomes[inner.place] = made
        if not spoken:
            return []
    return [refused_class(work, construct, updated, Manual(reason, HAND))]


def _within(outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
    return outer is inner or any(_within(child, inner) for child in outer.children)


RULE = Rule(("dagster.Component",), "base", class_=class_)
