"""`@sling_assets` → `@sling_streams`: a task whose assets are the streams of a replication.

Sling runs as before, through its own executable; keys, needs and groups are what Dagster's translator says,
or the project's own. `fetch_row_count` and `fetch_column_metadata` are asked as before.

Upstream: https://docs.slingdata.io/concepts/replication
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.loaded_keys import sling_keys
from migrate.reading.units import Unit
from migrate.rewriting.loaders import READ, Loader, loading_function, loading_unit
from migrate.rewriting.work import Work
from migrate.rules import Rule

if TYPE_CHECKING:
    from migrate.model import Model

LOADER = Loader("sling_streams", "sling_streams", ("replication_config",), "dagster_sling_translator")


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that replicates."""
    return loading_unit(model, construct, scope, sling_keys(model, construct))


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as the task of a replication."""
    return loading_function(work, construct, updated, LOADER)


RULE = Rule(
    ("dagster_sling.sling_assets", "dagster_embedded_elt.sling_assets"),
    "decorator",
    READ | {"replication_config", "dagster_sling_translator"},
    unit=unit,
    function=function,
)
