"""`ConfigurableIOManager`, `IOManager`, `InputManager` → a storage class, called by `store` and `load`.

Paths stay. The contexts of input and output are one `IOContext`; tasks hand over what the class
asks of metadata, partitions, types, config and resources. A class that asks for what has no equal, as
Dagster's instance or an output's own config, is refused.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.storage_uses import asked_by
from migrate.rewriting.classes import rebased
from migrate.rewriting.context_remedies import STORAGE, remedy, without_equal
from migrate.rewriting.optional_fields import with_defaults
from migrate.rewriting.refusals import refused_class
from migrate.rewriting.work import Work
from migrate.rules import Rule


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class without Dagster's base."""
    if construct.kind == "ConfigurableIOManagerFactory":
        outcome = Manual("it makes a storage class instead of being one", "Write a function that returns it.")
        return [refused_class(work, construct, updated, outcome)]
    problem = _unknown(work, construct)
    if problem:
        return [refused_class(work, construct, updated, problem)]
    work.done(construct, Adapted("called at the task's edge; nothing stores a value behind the scenes"))
    plain = construct.kind in ("IOManager", "InputManager")
    if plain:
        return [rebased(work, updated, ())]
    return [
        rebased(work, with_defaults(work, construct.node, updated), (work.need("pydantic", "BaseModel"),))
    ]


def _unknown(work: Work, construct: Construct) -> Manual | None:
    """What the class asks its contexts for that an `IOContext` has not."""
    assert isinstance(construct.node, cst.ClassDef)
    for path in sorted(asked_by(work.model.project.names, construct.module, construct.node, inherited=False)):
        name = without_equal(path)
        if name:
            return Manual(f"context.{path} has no counterpart", remedy(STORAGE, name))
    return None


RULE = Rule(
    (
        *("dagster.ConfigurableIOManager", "dagster.ConfigurableIOManagerFactory"),
        *("dagster.IOManager", "dagster.InputManager"),
    ),
    "base",
    class_=class_,
)
