"""`@observable_source_asset`, `@multi_observable_source_asset` → a task that looks, and makes nothing.

What it returns or yields becomes an event `prefect.asset.observed` of the asset, with its data version.
The flows of the jobs that select it look; so does one in `materialize.py` for what no job selects.

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.automation import condition_of
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit
from migrate.rewriting.functions import load_lines, parameter_texts, rebuild, refuse
from migrate.rewriting.group_tags import group_tags
from migrate.rewriting.keys import literal
from migrate.rewriting.layout import Item, Pair, call, lay, listing, quoted
from migrate.rewriting.work import Work
from migrate.rules import Rule
from migrate.rules.asset import unit as asset_unit
from migrate.rules.multi_asset import unit as multi_unit

if TYPE_CHECKING:
    from migrate.model import Model

READ = frozenset(
    {
        *("name", "key", "key_prefix", "specs", "group_name", "description", "tags", "owners", "kinds"),
        *("required_resource_keys", "can_subset", "partitions_def", "auto_observe_interval_minutes"),
        *("automation_condition", "metadata", "io_manager_key", "op_tags"),
    }
)
SEEN = "what is seen is an event of the asset; data versions decide of nothing"
WHEN = "what started it by itself is not evaluated: give its flow a schedule"


def looks(construct: Construct) -> bool:
    """Whether a construct only looks at assets: its results are observations."""
    return construct.path in RULE.names


def unit(model: Model, construct: Construct, scope: Mapping[str, Any]) -> Unit:
    """The step that looks: its keys are nobody's to wait for, and it hands on no value."""
    several = construct.kind == "multi_observable_source_asset"
    own = (multi_unit if several else asset_unit)(model, construct, scope)
    return replace(own, outs=tuple(replace(out, store="", value=False) for out in own.outs))


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The decorated function as a task that looks."""
    own = work.model.unit_of(construct)
    if own is None or own.unknown or construct.within:
        outcome = Manual("its keys cannot be told by reading", "Write the keys as literals.")
        return [refuse(work, construct, updated, outcome)]
    told = [SEEN]
    condition = condition_of(work.model, construct, own.scope)
    if condition.other or construct.argument("auto_observe_interval_minutes") is not None:
        told.append(WHEN)
    work.done(construct, Adapted("; ".join(told)))
    items: list[Item] = [f"name={quoted(own.name)}"] if own.name != updated.name.value else []
    tags = group_tags(work.model, work, construct, own.scope, own.group)
    items += [Pair("tags", listing(tags))] if tags else []
    work.need("prefect.cache_policies", "NO_CACHE")
    decorator = call(work.need("prefect", "task"), *items, "cache_policy=NO_CACHE")
    done = rebuild(updated, decorator, parameter_texts(work, own, updated), "", load_lines(work, own))
    looks = call(work.need("prefect_support.observations", "observes"), *map(literal, own.keys))
    second = cst.Decorator(cst.parse_expression(lay(looks, 0, 1)))
    return [done.with_changes(decorators=[done.decorators[0], second, *done.decorators[1:]])]


RULE = Rule(
    ("dagster.observable_source_asset", "dagster.multi_observable_source_asset"),
    "decorator",
    READ,
    unit=unit,
    function=function,
)
