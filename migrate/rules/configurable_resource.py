"""`ConfigurableResource` → a Pydantic model, built once a flow run by a function of its own.

`resource = Database(path=EnvVar("DB"))` becomes `def resource() -> Database`: the environment is read
when a run starts, not when a module is imported. Life-cycle methods are kept and called by the flow.

Upstream: https://docs.pydantic.dev/latest/concepts/models/
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.classes import rebased
from migrate.rewriting.work import Work
from migrate.rules import Rule


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class on top of BaseModel."""
    work.done(construct, Converted())
    return [rebased(work, updated, (work.need("pydantic", "BaseModel"),))]


RULE = Rule(("dagster.ConfigurableResource",), "base", class_=class_)
