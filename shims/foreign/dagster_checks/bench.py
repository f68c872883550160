"""The project loaded, its checks, and the rounds that are played with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..corrupting import apply, restore
from ..dagster_probe.keys import path
from ..dagster_probe.loading import load_repository
from . import mutations
from .checks import checks_of
from .jobs import jobs_for, making, only_tests
from .tables import tables_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .checks import Check

MOST_ROUNDS = 60
"""Rounds for checks in Python, each some tenths of a second; those of dbt are counted in mutations.py."""
NO_VERDICTS = ("raised", "no verdict")
"""What a check gives that did not come to judge."""


class Bench:
    """The project loaded, its checks, and the folder they are tried in."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.good, self.out = Path(request["good"]), Path(request["out"])
        self.database = self.out / request["database"]
        only_tests()
        self.repository = load_repository(request["module"], request["attribute"])
        self.repository.load_all_definitions()
        self.checks = list(checks_of(self.repository))
        self.rounds: list[dict[str, Any]] = []
        self.tables: list[Any] = []

    def told(self) -> dict[str, Any]:
        """Every round, and every check with what became of it."""
        restore(self.good, self.out)
        self.tables = list(tables_in(self.database, self.out))
        for check, verdict in self.play("the data as it is", [], self.checks):
            check.good = verdict
        self.python([c for c in self.checks if c.kind in ("python", "inside") and usable(c)])
        self.dbt([c for c in self.checks if c.kind == "dbt" and usable(c)])
        return {
            "schema": 1,
            "rounds": self.rounds,
            "checks": [
                {
                    "asset": path(c.key.asset_key),
                    "check": c.key.name,
                    "kind": c.kind,
                    "test": (c.test.get("test_metadata") or {}).get("name") or ("singular" if c.test else ""),
                    "flipped": c.flipped,
                    "why_not": c.why_not,
                }
                for c in self.checks
            ],
        }

    # ---- what is tried -----------------------------------------------------------------------

    def python(self, checks: list[Check]) -> None:
        """All tables at once, then what each check names, one table at a time."""
        for mutation in mutations.WHOLE:
            waiting = [c for c in checks if not c.flipped]
            if waiting:
                self.round(f"every table: {mutation}", self.whole(self.tables, mutation), waiting)
        for check in checks:
            for changes in [] if check.flipped else self.single(check):
                waiting = [c for c in checks if not c.flipped]
                if check.flipped or len(self.rounds) >= MOST_ROUNDS:
                    break
                self.round(f"{changes[-1].table}: {changes[-1].mutation}", changes, waiting)

    def single(self, check: Check) -> Iterator[list[Any]]:
        """Mutations of one table each: the check's own, then those that its code names."""
        own = check.key.asset_key.path[-1]
        named = [t for t in self.tables if t.short == own]
        named += [
            t for t in self.tables if t.short != own and re.search(rf"\b{re.escape(t.short)}\b", check.reads)
        ]
        for table in named[:4]:
            for mutation in mutations.WHOLE:
                yield self.whole([table], mutation)

    def whole(self, tables: Sequence[Any], mutation: str) -> list[Any]:
        """One mutation of several tables."""
        return [change for table in tables for change in mutations.whole(table, mutation)]

    def dbt(self, checks: list[Check]) -> None:
        """One round for what breaks each test by its kind, then whole tables for those left."""
        for attempt in range(mutations.DBT_ATTEMPTS):
            waiting = [c for c in checks if not c.flipped]
            changes: dict[Any, None] = {}
            rows: dict[str, int] = {}
            for check in waiting:
                tables = self.tables_of(check)
                number = rows.setdefault(tables[0].name, 0) if tables else 0
                changes.update(dict.fromkeys(mutations.changes_for(check.test, tables, attempt, number)))
                if tables:
                    rows[tables[0].name] = number + 1
            if waiting and changes:
                self.accepted(f"dbt tests, attempt {attempt + 1}", list(changes), waiting)

    def accepted(self, title: str, changes: list[Any], checks: list[Check]) -> None:
        """A round; where the project refuses the data before any test, a round for each half of the tables.

        What is refused as a whole (an on-run-start hook that misses last year's rows) says nothing of a test.
        """
        self.round(title, changes, checks)
        tables = list(dict.fromkeys(change.table for change in changes))
        verdicts = [self.rounds[-1]["verdicts"][check.name] for check in checks]
        if any(verdict not in NO_VERDICTS for verdict in verdicts):
            return
        self.rounds.pop()
        for check in checks:
            check.flipped = False
        for half in (tables[: len(tables) // 2], tables[len(tables) // 2 :]) if len(tables) > 1 else ():
            waiting = [check for check in checks if not check.flipped]
            if waiting and len(self.rounds) < MOST_ROUNDS:
                some = [change for change in changes if change.table in half]
                self.accepted(f"{title}: {half[0]} to {half[-1]}", some, waiting)

    def tables_of(self, check: Check) -> list[Any]:
        """The tables a dbt test reads, that of its own model first."""
        names = check.test.get("depends_on", {}).get("nodes", [])
        own = check.test.get("attached_node") or ""
        order = [own, *(n for n in names if n != own)] if own else list(names)
        relations = [check.test["_relations"].get(n, n.rpartition(".")[2]) for n in order]
        by_name = {t.short: t for t in self.tables if not t.file}
        return [by_name[r] for r in relations if r in by_name]

    # ---- playing a round ---------------------------------------------------------------------

    def round(self, title: str, changes: list[Any], checks: list[Check]) -> None:
        """Corrupt, run, and note which verdicts are not what they were."""
        for check, verdict in self.play(title, changes, checks):
            if verdict.partition(",")[0] != check.good.partition(",")[0]:
                check.flipped = True

    def play(self, title: str, changes: list[Any], checks: list[Check]) -> list[tuple[Check, str]]:
        """Restore the good data, apply the changes, run the checks; every verdict is noted."""
        restore(self.good, self.out)
        problems = apply(self.database, self.out, [c.statements for c in changes])
        verdicts = self.run(checks)
        found = [(c, verdicts.get(c.name, "no verdict")) for c in checks]
        self.rounds.append(
            {
                "title": title,
                "changes": [
                    {"table": c.table, "mutation": c.mutation, "statements": list(c.statements)}
                    for number, c in enumerate(changes)
                    if not problems[number]
                ],
                "verdicts": {c.name: verdict for c, verdict in found},
            }
        )
        return found

    def run(self, checks: Iterable[Check]) -> dict[str, str]:
        """`asset:check` → verdict, by Dagster's own execution of these checks alone."""
        found: dict[str, str] = {}
        for kind in ("python", "dbt"):
            chosen = [c for c in checks if c.kind == kind]
            if chosen:
                jobs = jobs_for(self.repository, self.request["job"], all_of(chosen))
                found.update(self.execute(chosen, jobs))
        inside = [c for c in checks if c.kind == "inside"]
        found.update(self.execute(inside, making(self.repository, self.request["job"], inside)))
        return found

    def execute(self, checks: list[Check], jobs: Iterable[tuple[Any, set[Any]]]) -> dict[str, str]:
        """Run checks as the job would: without any of its assets, but for those that make the check."""
        from dagster import DagsterInstance

        found: dict[str, str] = {}
        for job, keys in jobs:
            partition = self.request["partition"] if job.partitions_def is not None else None
            with DagsterInstance.ephemeral() as instance:
                result = job.execute_in_process(
                    partition_key=partition,
                    run_config=self.request["run_config"] or None,
                    instance=instance,
                    raise_on_error=False,
                )
            for event in result.all_events:
                if event.event_type_value == "ASSET_CHECK_EVALUATION":
                    data = event.event_specific_data
                    word = "passed" if data.passed else f"failed, {data.severity.value.lower()}"
                    found[f"{path(data.asset_key)}:{data.check_name}"] = word
            failed = {e.step_key.split("[")[0] for e in result.all_events if e.is_step_failure}
            for check in checks:
                if check.key in keys and failed and check.name not in found:
                    found[check.name] = "raised"
        return found


def all_of(checks: Sequence[Check]) -> set[Any]:
    """The keys of checks, and of those that their functions cannot leave out."""
    return {check.key for check in checks}.union(*(check.together for check in checks))


def usable(check: Check) -> bool:
    """Whether its verdict on the good data is one that can flip."""
    if check.good in NO_VERDICTS:
        check.why_not = f"on the good data: {check.good}"
    return not check.why_not
