"""The target loaded, and the other side's rounds played again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import Flow, Task

from ..asset_keys import plain_key
from ..corrupting import apply, restore
from ..prefect_probe.declared import checks_of
from ..prefect_probe.deployments import read_deployments
from ..prefect_probe.loading import import_target, objects_of
from ..prefect_probe.recording import trace_flow
from ..prefect_probe.tokens import Handle, Partition, Token, leaves
from ..prefect_probe.trace import Trace
from .judging import verdicts_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class Bench:
    """The target loaded, the tasks that give its checks' verdicts, and what its flows hand to them."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self.good, self.out = Path(request["good"]), Path(request["out"])
        root, main_flow = Path(request["root"]), request["flow"]
        restore(self.good, self.out)
        deployments = list(read_deployments(root))
        self.modules = import_target(root, main_flow, deployments)
        found = list(objects_of(self.modules))
        self.flows = [v for _, v in found if isinstance(v, Flow)]
        self.calls: dict[str, tuple[Any, Any, dict[str, Any]]] = {}
        self.tasks: dict[str, Any] = {}
        for task in [v for _, v in found if isinstance(v, Task)]:
            self.tasks.update({f"{a}:{n}": task for a, n in checks_of(task)})
        self.trace(main_flow.partition(":")[2])

    def trace(self, main: str) -> None:
        """Keep what the flows hand to each task that gives verdicts; the main flow's word counts first."""
        kept, record = self.calls, Trace.record

        def keeping(trace: Any, task: Any, arguments: Any, waits: Any) -> Any:
            for asset, name in checks_of(task):
                kept.setdefault(f"{asset}:{name}", (task, *arguments))
            return record(trace, task, arguments, waits)

        Trace.record = keeping  # type: ignore[method-assign, assignment]
        try:
            for flow in sorted(self.flows, key=lambda f: f.name.replace("-", "_") != main):
                list(trace_flow(flow))
        finally:
            Trace.record = record  # type: ignore[method-assign]

    def rounds(self) -> list[dict[str, Any]]:
        """The verdicts of every round that the other side played."""
        return [self.play(given) for given in self.request["rounds"]]

    def play(self, given: dict[str, Any]) -> dict[str, Any]:
        """Restore the good data, repeat the corruption, run the checks."""
        restore(self.good, self.out)
        changes = given["changes"]
        problems = apply(
            Path(self.out, self.request["database"]), self.out, [c["statements"] for c in changes]
        )
        failed = [f"{c['table']}: {p}" for c, p in zip(changes, problems, strict=True) if p]
        verdicts = self.run(given["verdicts"])
        return {"title": given["title"], "failed_changes": failed, "verdicts": verdicts}

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
        if any(isinstance(leaf, (Token, Handle)) for leaf in leaves((args, given), 0)):
            return dict.fromkeys(names, "needs a value that is not stored")
        try:
            records = verdicts_of(task, args, given, names)
        except Exception as problem:  # a check's own code may raise anything
            return dict.fromkeys(names, f"raised: {type(problem).__name__}: {problem}"[:300])
        words = {f"{plain_key(r.asset)}:{r.name}": word(r) for r in records}
        return {name: words.get(name, "no verdict") for name in names}

    def real(self, value: Any) -> Any:
        """The partition that is asked for in the place of the one that was traced."""
        if isinstance(value, Partition):
            return str(self.request["parameters"].get("partition_key", value))
        return value


def word(record: Any) -> str:
    """A verdict as both sides write it."""
    return "passed" if record.passed else f"failed, {str(record.severity).lower()}"
