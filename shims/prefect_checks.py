"""Repeats on the Prefect side what `dagster_checks.py` did: the same corruptions, the same checks, alone.

Runs in the target's interpreter, handed over by path: `python prefect_checks.py request.json`. The
arguments of a check are those that the target's own flows give it: the flows are traced as by
`prefect_probe.py` (no task runs), and what they hand to a check is kept. A task that calls dbt runs
only the tests: its commands become `test` with the names of the checks. No server is used.

Exit code 0: the answer is written; 2: it holds `{"error": …}`.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

COMMANDS = ("build", "test")
WITHOUT_TESTS = frozenset(
    {"run", "seed", "snapshot", "compile", "ls", "list", "run-operation", "parse", "deps"}
)
WITH_VALUE = frozenset({"--select", "-s", "--models", "-m", "--exclude", "--selector", "--resource-type"})


def beside(name: str) -> Any:
    """A file of this folder as a module, without lending the folder's names to the project."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


probe = beside("prefect_probe")


def main(file: str) -> int:
    """Repeat every round; the answer is written where the request says."""
    request = json.loads(Path(file).read_text(encoding="utf-8"))
    root, answer = Path(request["root"]), Path(request["answer"])
    os.chdir(root)
    sys.path[:] = [str(root)] + [p for p in sys.path if Path(p or ".").resolve() != Path(__file__).parent]
    try:
        told = {"schema": 1, "rounds": Bench(request).rounds()}
    except BaseException as problem:  # whatever stops the target's code is the answer
        if isinstance(problem, KeyboardInterrupt):
            raise
        answer.write_text(json.dumps({"error": probe.explain(problem, root)}), encoding="utf-8")
        return 2
    answer.write_text(json.dumps(told, default=str), encoding="utf-8")
    return 0


class Bench:
    """The target loaded, the tasks that give its checks' verdicts, and what its flows hand to them."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.good, self.out = Path(request["good"]), Path(request["out"])
        root, main_flow = Path(request["root"]), request["flow"]
        self.restore()
        deployments = list(probe.read_deployments(root))
        self.modules = probe.import_target(root, main_flow, deployments)
        found = list(probe.objects_of(self.modules))
        self.flows = [v for _, v in found if isinstance(v, probe.Flow)]
        self.calls: dict[str, tuple[Any, Any, dict[str, Any]]] = {}
        self.tasks: dict[str, Any] = {}
        for task in [v for _, v in found if isinstance(v, probe.Task)]:
            self.tasks.update({f"{a}:{n}": task for a, n in probe.checks_of(task)})
        self.trace(main_flow.partition(":")[2])

    def trace(self, main: str) -> None:
        """Keep what the flows hand to each task that gives verdicts; the main flow's word counts first."""
        kept, record = self.calls, probe.Trace.record

        def keeping(trace: Any, task: Any, arguments: Any, waits: Any) -> Any:
            for asset, name in probe.checks_of(task):
                kept.setdefault(f"{asset}:{name}", (task, *arguments))
            return record(trace, task, arguments, waits)

        probe.Trace.record = keeping
        try:
            for flow in sorted(self.flows, key=lambda f: f.name.replace("-", "_") != main):
                list(probe.trace_flow(flow))
        finally:
            probe.Trace.record = record

    def rounds(self) -> list[dict[str, Any]]:
        """The verdicts of every round that the other side played."""
        return [self.play(given) for given in self.request["rounds"]]

    def play(self, given: dict[str, Any]) -> dict[str, Any]:
        """Restore the good data, repeat the corruption, run the checks."""
        self.restore()
        failed = apply(Path(self.out, self.request["database"]), self.out, given["changes"])
        verdicts = self.run(given["verdicts"])
        return {"title": given["title"], "failed_changes": failed, "verdicts": verdicts}

    def restore(self) -> None:
        """The good outputs, as they were."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.good, self.out)

    def run(self, names: Sequence[str]) -> dict[str, str]:
        """`asset:check` → verdict of each check; tasks with several run once."""
        found: dict[str, str] = {}
        for name in names:
            if name in found:
                continue
            task = self.tasks.get(name)
            own = [n for n in names if self.tasks.get(n) is task]
            found.update(self.judge(task, own) if task is not None else {name: "no such check"})
        return found

    def judge(self, task: Any, names: list[str]) -> dict[str, str]:
        """The verdicts of one task, which runs without a flow run."""
        called = self.calls.get(names[0])
        if called is None:
            return dict.fromkeys(names, "no flow runs it")
        _, args, given = called
        args = tuple(self.real(a) for a in args)
        given = {k: self.real(v) for k, v in given.items()}
        if any(isinstance(leaf, (probe.Token, probe.Handle)) for leaf in probe.leaves((args, given), 0)):
            return dict.fromkeys(names, "needs a value that is not stored")
        try:
            records = verdicts_of(task, args, given, names)
        except Exception as problem:  # a check's own code may raise anything
            return dict.fromkeys(names, f"raised: {type(problem).__name__}: {problem}"[:300])
        words = {f"{probe.plain_key(r.asset)}:{r.name}": word(r) for r in records}
        return {name: words.get(name, "no verdict") for name in names}

    def real(self, value: Any) -> Any:
        """The partition that is asked for in the place of the one that was traced."""
        if isinstance(value, probe.Partition):
            return str(self.request["parameters"].get("partition_key", value))
        return value


def word(record: Any) -> str:
    """A verdict as both sides write it."""
    return "passed" if record.passed else f"failed, {str(record.severity).lower()}"


def verdicts_of(task: Any, args: Any, given: Any, names: list[str]) -> Any:
    """The records of one run of a task's function; of a task that calls dbt, of its tests only."""
    from prefect.logging import disable_run_logger

    graph = getattr(task, "dbt_graph", None)
    try:
        with disable_run_logger():
            if graph is None and type(task).__name__ != "ValidationTask":
                return made_inside(task, args, given)
            if graph is None:
                state = task.fn(*args, **given)
                return state.data if isinstance(state.data, tuple) else state.result()
            with only_tests(task, graph, names):
                return task.fn(*args, **given).checks
    except Exception as problem:
        records = getattr(problem, "records", None)
        if records is None:
            raise
        return records


def made_inside(task: Any, args: Any, given: Any) -> list[Any]:
    """The records that an asset's own function reports; it makes its asset, in the folder of this side."""
    from prefect.context import AssetContext

    support: Any = next(
        m for n, m in list(sys.modules.items()) if n.endswith("validations") and hasattr(m, "publish")
    )
    records: list[Any] = []
    kept, context = support.publish, AssetContext.get
    support.publish = records.extend
    AssetContext.get = classmethod(lambda cls: Silent())
    try:
        task.fn(*args, **given)
    except Exception:
        if not records:
            raise
    finally:
        support.publish, AssetContext.get = kept, context
    return records


class Silent:
    """In the place of a run's assets: takes metadata, keeps none."""

    def add_asset_metadata(self, key: str, metadata: Any) -> None:
        """Forget it."""


@contextlib.contextmanager
def only_tests(task: Any, graph: Any, names: list[str]) -> Iterator[None]:
    """For the time of a block, dbt is asked for these tests, whatever the task's code asks for."""
    project = sys.modules[f"{type(task).__module__.rpartition('.')[0]}.dbt_project"]
    specs, wanted = graph.check_of.items(), set(names)
    ids = [i for i, spec in specs if f"{probe.plain_key(spec.asset)}:{spec.name}" in wanted]
    kept = project.DbtProject.cli

    def cli(dbt: Any, args: Sequence[str], *, raise_on_error: bool = True) -> Any:
        command = only_these(list(args), ids)
        if command is None:
            return project.DbtInvocation(tuple(args), True, 0.0)
        return kept(dbt, command, raise_on_error=False)

    project.DbtProject.cli = cli
    try:
        yield
    finally:
        project.DbtProject.cli = kept


def only_these(args: list[str], unique_ids: list[str]) -> list[str] | None:
    """A dbt command that runs these tests with the options it was given; None for one without tests."""
    if WITHOUT_TESTS.intersection(args) and not set(COMMANDS).intersection(args):
        return None
    kept, selecting = [], False
    for text in args:
        if text.startswith("-"):
            selecting = text.partition("=")[0] in WITH_VALUE  # takes all that follows up to the next option
        if not selecting:
            kept.append("test" if text in COMMANDS else text)
    names = [unique_id.split(".")[2] for unique_id in unique_ids]
    return [*kept, "--select", *names]


def apply(database: Path, out: Path, changes: list[dict[str, Any]]) -> list[str]:
    """Repeat the statements; the tables of which a change fails here though it did not there."""
    import duckdb

    failed = []
    with duckdb.connect(str(database)) as connection:
        for change in changes:
            connection.execute("begin")
            try:
                for statement in change["statements"]:
                    connection.execute(statement.replace("{out}", str(out)))
                connection.execute("commit")
            except duckdb.Error as problem:
                connection.execute("rollback")
                failed.append(f"{change['table']}: {problem}")
    return failed


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    sys.exit(main(sys.argv[1]))
