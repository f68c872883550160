"""Runs a legacy project's asset checks alone, on good data and on data corrupted until each verdict flips.

Runs in the legacy interpreter, handed over by path: `python dagster_checks.py request.json`. The
request names the project, the job, the partition, the folder with the good outputs, the folder that
the project reads and its DuckDB file. Each round restores the good outputs, corrupts them, and runs the
checks that have not flipped yet; the answer holds each round's statements and verdicts, for the other
side to repeat. Only Dagster, duckdb and the two files beside this one; no model is made, and no asset but
those whose own function makes the check.

Exit code 0: the answer is written; 2: it holds `{"error": …}`.

Upstream: https://docs.dagster.io/guides/test/asset-checks
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_ROUNDS = 60
"""Rounds for checks in Python, each some tenths of a second; those of dbt are counted in check_mutations."""
NO_VERDICTS = ("raised", "no verdict")
"""What a check gives that did not come to judge."""


def beside(name: str) -> Any:
    """A file of this folder as a module, without lending the folder's names to the project."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


probe = beside("dagster_probe")
mutations = beside("check_mutations")


def main(file: str) -> int:
    """Run every round; the answer is written where the request says."""
    request = json.loads(Path(file).read_text(encoding="utf-8"))
    root, answer = Path(request["root"]), Path(request["answer"])
    os.chdir(root)
    sys.path[:] = [str(root)] + [p for p in sys.path if Path(p or ".").resolve() != Path(__file__).parent]
    try:
        told = Bench(request).told()
    except BaseException as problem:  # whatever stops the user's code is the answer
        if isinstance(problem, KeyboardInterrupt):
            raise
        answer.write_text(json.dumps({"error": probe.explain(problem, root)}), encoding="utf-8")
        return 2
    answer.write_text(json.dumps(told, default=str), encoding="utf-8")
    return 0


@dataclass
class Check:
    """One asset check: who computes it, what it reads, and whether it has flipped yet."""

    key: Any
    kind: str
    test: dict[str, Any] = field(default_factory=dict)
    reads: str = ""
    good: str = ""
    flipped: bool = False
    why_not: str = ""
    made: frozenset[Any] = frozenset()

    @property
    def name(self) -> str:
        """`asset:check`."""
        return f"{probe.path(self.key.asset_key)}:{self.key.name}"


class Bench:
    """The project loaded, its checks, and the folder they are tried in."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.good, self.out = Path(request["good"]), Path(request["out"])
        self.database = self.out / request["database"]
        only_tests()
        self.repository = probe.load_repository(request["module"], request["attribute"])
        self.repository.load_all_definitions()
        self.checks = list(checks_of(self.repository))
        self.rounds: list[dict[str, Any]] = []
        self.tables: list[Any] = []

    def told(self) -> dict[str, Any]:
        """Every round, and every check with what became of it."""
        self.restore()
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
                    "asset": probe.path(c.key.asset_key),
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
        self.restore()
        done = apply(self.database, self.out, [list(c.statements) for c in changes])
        verdicts = self.run(checks)
        found = [(c, verdicts.get(c.name, "no verdict")) for c in checks]
        self.rounds.append(
            {
                "title": title,
                "changes": [
                    {"table": c.table, "mutation": c.mutation, "statements": list(c.statements)}
                    for number, c in enumerate(changes)
                    if done[number]
                ],
                "verdicts": {c.name: verdict for c, verdict in found},
            }
        )
        return found

    def restore(self) -> None:
        """The good outputs, as they were."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.good, self.out)

    def run(self, checks: Iterable[Check]) -> dict[str, str]:
        """`asset:check` → verdict, by Dagster's own execution of these checks alone."""
        found: dict[str, str] = {}
        for kind in ("python", "dbt"):
            chosen = [c for c in checks if c.kind == kind]
            if chosen:
                jobs = jobs_for(self.repository, self.request["job"], {c.key for c in chosen})
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
                    found[f"{probe.path(data.asset_key)}:{data.check_name}"] = word
            failed = {e.step_key.split("[")[0] for e in result.all_events if e.is_step_failure}
            for check in checks:
                if check.key in keys and failed and check.name not in found:
                    found[check.name] = "raised"
        return found


def only_tests() -> None:
    """From now on dbt tests where the project builds.

    `dbt build` skips the tests of a model whose upstream's tests fail, so one failure would hide others.
    """
    try:
        resource = importlib.import_module("dagster_dbt").DbtCliResource
    except (ImportError, AttributeError):
        return
    kept = resource.cli

    def cli(self: Any, args: Sequence[str], *rest: Any, **given: Any) -> Any:
        return kept(self, ["test" if text == "build" else text for text in args], *rest, **given)

    resource.cli = cli


def usable(check: Check) -> bool:
    """Whether its verdict on the good data is one that can flip."""
    if check.good in NO_VERDICTS:
        check.why_not = f"on the good data: {check.good}"
    return not check.why_not


def jobs_for(repository: Any, name: str, keys: set[Any]) -> Iterator[tuple[Any, set[Any]]]:
    """(job, keys) that runs these checks and nothing else: the dual run's job first, then Dagster's own."""
    left = set(keys)
    names = [j.name for j in repository.get_all_jobs()]
    order = [
        name,
        *(n for n in names if probe.is_implicit(n)),
        *(n for n in names if not probe.is_implicit(n)),
    ]
    for candidate in dict.fromkeys(n for n in order if n in names):
        job = repository.get_job(candidate)
        layer = getattr(job, "asset_layer", None)
        inside = left & set(getattr(layer, "asset_check_keys", None) or checks_in(layer))
        if inside:
            yield job.get_subset(asset_selection=frozenset(), asset_check_selection=frozenset(inside)), inside
            left -= inside
        if not left:
            return


def making(repository: Any, name: str, checks: list[Check]) -> Iterator[tuple[Any, set[Any]]]:
    """(job, keys) that makes the assets of checks within them and nothing else, function by function."""
    selections = probe.selections(repository)
    order = sorted(selections, key=lambda job: (job != name, not probe.is_implicit(job)))
    for made in dict.fromkeys(c.made for c in checks):
        keys = {c.key for c in checks if c.made == made}
        wanted = {probe.path(key) for key in made}
        job = next((j for j in order if wanted <= selections[j][0]), None)
        if job is not None:
            whole = repository.get_job(job)
            yield whole.get_subset(asset_selection=made, asset_check_selection=frozenset(keys)), keys


def checks_in(layer: Any) -> set[Any]:
    """The check keys of a job's asset layer, where an older Dagster keeps them."""
    by_op = getattr(layer, "check_key_by_node_handle_and_output_name", None)
    if by_op:
        return set(by_op.values())
    graph = getattr(layer, "asset_graph", None)
    return set(getattr(graph, "asset_check_keys", None) or ())


# ---- what there is ---------------------------------------------------------------------------


def checks_of(repository: Any) -> Iterator[Check]:
    """Every deployed check: a function of its own, a dbt test, or part of an asset's function."""
    for definition in repository.asset_graph.assets_defs:
        keys = [spec.key for spec in definition.check_specs]
        if not keys:
            continue
        manifest = manifest_of(definition)
        tests = {}
        if manifest:
            relations = {k: n.get("alias") or n["name"] for k, n in manifest["nodes"].items()}
            for node in manifest["nodes"].values():
                if node["resource_type"] == "test":
                    tests[node["name"]] = {**node, "_relations": relations}
        text = "" if manifest else text_of(definition)
        for key in keys:
            if tests:
                yield Check(key, "dbt", tests.get(key.name, {}))
            elif definition.keys and not definition.can_subset:
                yield Check(key, "inside", reads=text, made=frozenset(definition.keys))
            else:
                yield Check(key, "python", reads=text)


def manifest_of(definition: Any) -> dict[str, Any] | None:
    """dbt's manifest, where dagster-dbt keeps it: in the metadata of the assets it makes."""
    for metadata in (getattr(definition, "metadata_by_key", None) or {}).values():
        for name in ("dagster_dbt/manifest", "dagster-dbt/manifest"):
            held = metadata.get(name)
            manifest = getattr(held, "manifest", None) or getattr(
                getattr(held, "value", None), "manifest", None
            )
            if isinstance(manifest, dict):
                return manifest
    return None


def text_of(definition: Any) -> str:
    """All constants of the functions that compute a definition: SQL and names of tables are among them."""
    found: list[str] = []
    for op in probe.op_defs(definition):
        function: Any = getattr(op.compute_fn, "decorated_fn", None)
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        found.extend(texts(getattr(function, "__code__", None)))
        found.extend(str(cell.cell_contents) for cell in getattr(function, "__closure__", None) or ())
    return "\n".join(found)


def texts(code: Any) -> Iterator[str]:
    """Constants and names of a code object, those inside it included."""
    if code is None:
        return
    yield from code.co_names
    for constant in code.co_consts:
        if hasattr(constant, "co_consts"):
            yield from texts(constant)
        elif isinstance(constant, str):
            yield constant


def tables_in(database: Path, out: Path) -> Iterator[Any]:
    """Tables and views of the DuckDB file, and Parquet and CSV files, with columns and numbers of rows."""
    import duckdb

    with duckdb.connect(str(database)) as connection:
        listed = connection.execute(
            "select table_schema, table_name, table_type from information_schema.tables "
            "where table_catalog = current_database() order by all"
        ).fetchall()
        for schema, name, kind in listed:
            source = f"{mutations.quoted(schema)}.{mutations.quoted(name)}"
            word = "view" if kind == "VIEW" else "table"
            yield described(connection, f"{schema}.{name}", source, word, "")
        for file in sorted(p for p in out.rglob("*") if p.suffix in (".parquet", ".csv")):
            relative = file.relative_to(out).as_posix()
            yield described(connection, relative, f"'{{out}}/{relative}'", "file", str(out))


def described(connection: Any, name: str, source: str, kind: str, out: str) -> Any:
    """A table with its columns."""
    real = source.replace("{out}", out)
    columns = tuple((c[0], c[1]) for c in connection.execute(f"describe select * from {real}").fetchall())
    rows = connection.execute(f"select count(*) from {real}").fetchone()[0]
    return mutations.Table(name, source, kind, columns, rows, name if kind == "file" else "")


def apply(database: Path, out: Path, changes: list[list[str]]) -> list[bool]:
    """Run the statements of each change in one transaction; False for one that this data does not allow."""
    import duckdb

    done = []
    with duckdb.connect(str(database)) as connection:
        for statements in changes:
            connection.execute("begin")
            try:
                for statement in statements:
                    connection.execute(statement.replace("{out}", str(out)))
                connection.execute("commit")
                done.append(True)
            except duckdb.Error:
                connection.execute("rollback")
                done.append(False)
    return done


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
