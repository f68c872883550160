"""The model of a project, functions that a target cannot have written out where they are called."""

from __future__ import annotations

from migrate.model import Model
from migrate.reading.project import Project, write_out_factories
from migrate.rewriting.fixed_facts import fixed_for_all
from migrate.rules import rule_for


def settled(project: Project) -> Model:
    """The model; first a look at what functions make that one task in each of them would not be.

    A function that makes assets stays one as long as its calls differ in what a task can be told when it is
    made, and reading can follow who calls it.
    """
    model = Model(project)
    places = frozenset(c.place for c in project.constructs.values() if c.within and _unsaid(model, c.place))
    return Model(project) if places and write_out_factories(project, places) else model


def _unsaid(model: Model, place: str) -> bool:
    construct = model.project.constructs[place]
    rule = rule_for(construct.path)
    if construct.shape != "function" or rule is None or not rule.rule.unit:
        return False
    return model.unit_of(construct) is None or bool(fixed_for_all(model, construct))
