"""`Daily-`, `Hourly-`, `Weekly-`, `Monthly-`, `TimeWindowPartitionsDefinition` → `daily(…)` and its sisters.

The same keys as Dagster's: format, start and end, time zone, offsets, daylight saving. A flow takes the
key as a typed parameter; a key whose window has not ended is refused before anything runs. Prefect keeps
no record of which partitions are done.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.partitions import aliased, named_arguments, spelled
from migrate.rewriting.work import Work
from migrate.rules import Rule

START = ("start_date", "end_date")
TAIL = ("timezone", "fmt", "end_offset", "exclusions")
ORDER = {
    "hourly": (*START, "minute_offset", *TAIL),
    "daily": (*START, "minute_offset", "hour_offset", *TAIL),
    "weekly": (*START, "minute_offset", "hour_offset", "day_offset", *TAIL),
    "monthly": (*START, "minute_offset", "hour_offset", "day_offset", *TAIL),
}
ANY = (
    *("start", "fmt", "end", "schedule_type", "timezone", "end_offset", "minute_offset", "hour_offset"),
    *("day_offset", "cron_schedule", "exclusions"),
)
RENAMED = {
    **{"start_date": "start", "end_date": "end", "cron_schedule": "cron"},
    **{f"{name}_offset": name for name in ("minute", "hour", "day")},
}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The definition as a call of `daily`, `hourly`, `weekly`, `monthly` or `TimeWindows`."""
    kind = path.rsplit(".", 1)[-1].removesuffix("PartitionsDefinition").lower()
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.time_windows", "TimeWindows"))
    if not isinstance(updated, cst.Call):
        return None
    given = named_arguments(updated, ORDER.get(kind, ANY))
    if given is None:
        work.unsupported(original, "partitions with unpacked arguments", "Write the arguments out.")
        return None
    if kind == "timewindow":
        type_ = given.pop("schedule_type", None)
        if type_ is not None:
            kind = work.text(type_).rsplit(".", 1)[-1].lower()
    given = {RENAMED.get(name, name): value for name, value in given.items()}
    if kind not in ORDER:
        function = work.need("prefect_support.time_windows", "TimeWindows")
        return spelled(work, function, given, ("cron", "start"))
    function = work.need("prefect_support.time_windows", kind)
    return spelled(work, function, given, ("start", "end") if "end" in given else ("start",))


RULE = Rule(
    tuple(
        f"dagster.{kind}PartitionsDefinition"
        for kind in ("Daily", "Hourly", "Weekly", "Monthly", "TimeWindow")
    ),
    "call",
    frozenset({*ORDER["monthly"], *ANY, *(str(n) for n in range(8))}),
    statement=aliased,
    expression=expression,
)
