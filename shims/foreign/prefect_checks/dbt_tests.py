"""dbt asked for some tests and nothing else."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from ..asset_keys import plain_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMANDS = ("build", "test")
WITHOUT_TESTS = frozenset(
    {"run", "seed", "snapshot", "compile", "ls", "list", "run-operation", "parse", "deps"}
)
WITH_VALUE = frozenset({"--select", "-s", "--models", "-m", "--exclude", "--selector", "--resource-type"})


@contextlib.contextmanager
def only_tests(task: Any, graph: Any, names: list[str]) -> Iterator[None]:
    """For the time of a block, dbt is asked for these tests, whatever the task's code asks for."""
    project = sys.modules[f"{type(task).__module__.rpartition('.')[0]}.dbt_project"]
    specs, wanted = graph.check_of.items(), set(names)
    ids = [i for i, spec in specs if f"{plain_key(spec.asset)}:{spec.name}" in wanted]
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
