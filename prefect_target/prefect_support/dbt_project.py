"""dbt in this process: one parsed project held over many calls, every node logged as it ends.

Written by `migrate convert`; yours to edit.

    dbt = DbtProject(project_dir=Path("dbt"), profiles_dir=Path("dbt"))
    dbt.cli(["build", "--vars", '{"year": 2025}'])

Each node is a task run of its own (dbt_task_runs.py); one that fails on a lock, a lost connection or
memory pressure is run again (dbt_retries.py). The task that materialises the project's assets is made by
`@dbt_models` (dbt_models.py).

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import yaml
from pydantic import BaseModel

from .dbt_artifacts import summarise
from .dbt_call import DbtCall
from .dbt_results import DbtFailed, DbtInvocation, DbtNode
from .dbt_selection import with_selection

__all__ = ["DbtFailed", "DbtInvocation", "DbtNode", "DbtProject", "calls_made"]

_calls: ContextVar[list[DbtInvocation] | None] = ContextVar("dbt_calls", default=None)
_ONE_AT_A_TIME = threading.RLock()  # dbt keeps its flags, adapters and working directory process-wide


class DbtProject(BaseModel):
    """A dbt project and the profile to run it with. Relative paths are taken from the working directory."""

    project_dir: Path
    profiles_dir: Path | None = None
    target: str | None = None
    profile: str | None = None
    target_path: Path = Path("target")
    """Where dbt writes its artifacts, below the project's folder."""
    state_path: Path | None = None
    """Where the artifacts of another run are, below the project's folder."""
    retries: int = 2
    """How often nodes are run again that failed for a transient reason (transient.py); 0: never."""
    retry_delay_seconds: float = 1.0
    """Before the first retry; doubled each time, plus some jitter."""

    @property
    def manifest_path(self) -> Path:
        """Where `dbt parse` writes the manifest."""
        return self.project_dir / self.target_path / "manifest.json"

    def prepare(self) -> None:
        """Make the manifest where there is none: `dbt deps` if packages are asked for, then `dbt parse`."""
        if self.manifest_path.is_file():
            return
        wanted = any((self.project_dir / name).is_file() for name in ("packages.yml", "dependencies.yml"))
        for command in ("deps", "parse") if wanted else ("parse",):
            self.cli([command])

    def get_defer_args(self) -> list[str]:
        """The options that take models which are not built from `state_path`; none when nothing is there."""
        state = self.project_dir / self.state_path if self.state_path else None
        found = state is not None and (state / "manifest.json").is_file()
        return ["--defer", "--defer-state", str(state)] if found else []

    def get_state_args(self) -> list[str]:
        """The option that names `state_path`, for selections such as `state:modified`."""
        defer = self.get_defer_args()
        return ["--state", defer[-1]] if defer else []

    def cli(
        self,
        args: Sequence[str],
        *,
        raise_on_error: bool = True,
        selected: bool = True,
        target_path: Path | None = None,
    ) -> DbtInvocation:
        """Run one dbt command in this process, with the arguments the executable takes.

        Within a task of `@dbt_models` it runs that task's selection, unless `selected` is False. Raises
        DbtFailed when dbt fails, unless `raise_on_error` is False. Afterwards no connection is open: the
        next line may open the same DuckDB file. `target_path` is where this call leaves its artifacts.
        """
        args = with_selection(args) if selected else args
        args = args if target_path is None else [*args, "--target-path", str(target_path)]
        folder, place = self.project_dir.resolve(), self._place(args)
        with _ONE_AT_A_TIME, chdir(folder):
            variables = yaml.safe_load(_option(args, "--vars") or "{}")
            call = DbtCall(folder, place, list(args), variables, self.retries, self.retry_delay_seconds)
            invocation, reason = call.run()
        left = Path(_option(args, "--target-path") or self.target_path)
        invocation = replace(invocation, target_path=folder / left)
        if (calls := _calls.get()) is not None:
            calls.append(invocation)
        else:
            summarise([invocation])
        if raise_on_error and not invocation.success:
            raise DbtFailed(invocation, reason, folder / "logs" / "dbt.log")
        return invocation

    def _place(self, args: Sequence[str]) -> list[str]:
        """The options that say which project, profile and target; those in `args` count first."""
        own = {
            "--project-dir": str(self.project_dir.resolve()),
            "--profiles-dir": str((self.profiles_dir or self.project_dir).resolve()),
            "--target": self.target,
            "--profile": self.profile,
            "--target-path": str(self.target_path) if self.target_path != Path("target") else None,
        }
        if "deps" in args:  # it writes no artifacts
            del own["--target-path"]
        given = {option: _option(args, option) or value for option, value in own.items()}
        return [text for option, value in given.items() if value for text in (option, value)]


@contextmanager
def calls_made() -> Iterator[list[DbtInvocation]]:
    """Collects every dbt call made inside the block, failed ones included."""
    calls: list[DbtInvocation] = []
    token = _calls.set(calls)
    try:
        yield calls
    finally:
        _calls.reset(token)


def _option(args: Sequence[str], option: str) -> str | None:
    """The value of an option, given as `--option value` or `--option=value`."""
    for place, text in enumerate(args):
        if text == option and place + 1 < len(args):
            return args[place + 1]
        if text.startswith(f"{option}="):
            return text.removeprefix(f"{option}=")
    return None
