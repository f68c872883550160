"""Decorated but undeployed: assets, checks, jobs, schedules and sensors that the definitions do not hold."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.assess.facts import Facts
from migrate.assess.finding import Evidence, Problem

KINDS = frozenset(
    {
        *(
            "asset",
            "multi_asset",
            "graph_asset",
            "graph_multi_asset",
            "dbt_assets",
            "observable_source_asset",
        ),
        *("asset_check", "multi_asset_check", "job", "define_asset_job", "graph", "op"),
        *(
            "schedule",
            "ScheduleDefinition",
            "sensor",
            "asset_sensor",
            "run_status_sensor",
            "run_failure_sensor",
        ),
    }
)


def _find(facts: Facts) -> Iterator[Evidence]:
    within = {(e.construct.file, e.construct.line) for e in facts.conversion.entries if e.construct.within}
    for construct in facts.constructs:
        if (construct["file"], construct["line"]) in within:
            continue  # made by a function: only running would tell whether it is called
        if construct["disposition"] == "undeployed" and construct["kind"] in KINDS:
            said = f"{construct['kind']} {construct['name']}: {construct['note']}"
            yield Evidence(construct["file"], construct["line"], said)


PROBLEM = Problem(
    heading="operations",
    weight="condition",
    title="Decorated assets, checks, jobs and schedules are not deployed",
    means="Somebody may believe that they run. They are not converted unless asked for.",
    lifts="For each: deploy it in Dagster and see it run, or delete it.",
    find=_find,
    hours=(0.1, 0.5),
)
