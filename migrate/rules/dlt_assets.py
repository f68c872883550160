"""`@dlt_assets` → `@dlt_source`: a task whose assets are the resources of a dlt source.

dlt's own pipeline runs as before; keys, needs and groups are what Dagster's translator says, or the project's
own, and are made of the source when the module is imported.

Upstream: https://dlthub.com/docs/general-usage/pipeline
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.dlt_resources import dlt_keys
from migrate.reading.units import Unit
from migrate.rewriting.loaders import READ, Loader, loading_function, loading_unit
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

LOADER = Loader("dlt_sources", "dlt_source", ("dlt_source", "dlt_pipeline"), "dagster_dlt_translator")


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that loads a source."""
    return loading_unit(model, construct, scope, dlt_keys(model, construct))


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as the task of a pipeline."""
    return loading_function(work, construct, updated, LOADER)


RULE = Rule(
    ("dagster_dlt.dlt_assets", "dagster_embedded_elt.dlt_assets"),
    "decorator",
    READ | {"dlt_source", "dlt_pipeline", "dagster_dlt_translator"},
    unit=unit,
    function=function,
)
