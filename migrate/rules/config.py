"""`Config` → a Pydantic model: the type of a flow parameter, with the same fields and defaults.

Unknown fields are refused as before (`extra="forbid"`); `PermissiveConfig` lets them pass.
A field that may be None needs no value, as before.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.rewriting.classes import rebased
from migrate.rewriting.optional_fields import with_defaults
from migrate.rewriting.work import Work
from migrate.rules import Rule


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class on top of BaseModel."""
    extra = "allow" if construct.kind == "PermissiveConfig" else "forbid"
    work.done(construct, Converted())
    fields = with_defaults(work, construct.node, updated)
    return [rebased(work, fields, (work.need("pydantic", "BaseModel"),), (f'extra="{extra}"',))]


RULE = Rule(("dagster.Config", "dagster.PermissiveConfig"), "base", class_=class_)
