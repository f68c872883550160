"""`build_schedule_from_dbt_selection`, written as what it makes: a `ScheduleDefinition` of a job."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

MAKER = "dagster_dbt.build_schedule_from_dbt_selection"
PLACES = (
    "dbt_assets",
    "job_name",
    "cron_schedule",
    "dbt_select",
    "dbt_exclude",
    "dbt_selector",
    "schedule_name",
)
"""The names of its positional arguments, as far as somebody may count on them."""
OF_THE_SELECTION = ("dbt_assets", "dbt_select", "dbt_exclude", "dbt_selector")
OF_THE_JOB = ("config", "tags")
OF_THE_SCHEDULE = ("schedule_name", "cron_schedule", "execution_timezone", "default_status")


def schedule_of(call: cst.Call, imported: Callable[[str], str]) -> cst.Call | None:
    """The call of `ScheduleDefinition` in its place; None when its arguments are not written out.

    Args:
        call: the call.
        imported: imports one of Dagster's names, and tells how it is spelled here.
    """
    given = {}
    for place, arg in enumerate(call.args):
        name = arg.keyword.value if arg.keyword else PLACES[place] if place < len(PLACES) else ""
        if arg.star or name not in {"job_name", *OF_THE_SELECTION, *OF_THE_JOB, *OF_THE_SCHEDULE}:
            return None
        given[name] = arg.value
    if "job_name" not in given or "dbt_assets" not in given:
        return None
    chosen = [_arg(name, given[name]) for name in OF_THE_SELECTION if name in given]
    selection = cst.Call(cst.Name(imported("dagster_dbt.build_dbt_asset_selection")), chosen)
    about = [_arg(name, given[name]) for name in OF_THE_JOB if name in given]
    args = [_arg("name", given["job_name"]), _arg("selection", selection), *about]
    job = cst.Call(cst.Name(imported("dagster.define_asset_job")), args)
    own = [_arg(name, given[name]) for name in OF_THE_SCHEDULE if name in given]
    return cst.Call(cst.Name(imported("dagster.ScheduleDefinition")), [*own, _arg("job", job)])


def _arg(name: str, value: cst.BaseExpression) -> cst.Arg:
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return cst.Arg(value, keyword=cst.Name("name" if name == "schedule_name" else name), equal=equal)
