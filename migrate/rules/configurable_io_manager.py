"""`ConfigurableIOManager`, `IOManager` → a storage class, called in the open by `store` and `load`.

Paths stay what they were. The contexts of input and output are one `IOContext`.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.classes import rebased
from migrate.rewriting.optional_fields import with_defaults
from migrate.rewriting.refusals import refused_class
from migrate.rewriting.work import Work
from migrate.rules import Rule


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class without Dagster's base."""
    if construct.kind == "ConfigurableIOManagerFactory":
        outcome = Manual("it makes a storage class instead of being one", "Write a function that returns it.")
        return [refused_class(work, construct, updated, outcome)]
    work.done(construct, Adapted("called at the task's edge; nothing stores a value behind the scenes"))
    plain = construct.kind == "IOManager"
    if plain:
        return [rebased(work, updated, ())]
    return [
        rebased(work, with_defaults(work, construct.node, updated), (work.need("pydantic", "BaseModel"),))
    ]


RULE = Rule(
    ("dagster.ConfigurableIOManager", "dagster.ConfigurableIOManagerFactory", "dagster.IOManager"),
    "base",
    class_=class_,
)
