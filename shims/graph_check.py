"""Is a target's graph that of its Dagster project? Asked of two folders, without a migration.toml.

    python -m shims.graph_check LEGACY --module shop.definitions TARGET --flow flows:everything

Both are copied and loaded in a process of their own; neither is prepared (no dbt manifest is made, no
variable set), so a project that needs more than its packages does not load, and the answer says why.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrate import equivalence
from migrate.errors import CANNOT_SAY, NO, YES, ChangeoverError
from shims.handed import handed
from shims.several import together

SECONDS = 240.0
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "venv", "node_modules", "__pycache__")
QUIET = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
}


@dataclass(frozen=True)
class GraphAnswer:
    """What came of it: where both sides loaded, the `differences` that nothing accounts for and how many
    come from constructs that were `refused`; else which side did not load and why."""

    loaded: bool
    differences: tuple[str, ...] = ()
    refused: int = 0
    side: str = ""
    reason: str = ""
    assets: int = 0

    @property
    def equal(self) -> bool:
        """Whether both sides loaded, and nothing differs without an explanation or a refusal."""
        return self.loaded and not self.differences

    @property
    def text(self) -> str:
        """The answer in a few words."""
        if not self.loaded:
            return f"{self.side} does not load: {self.reason}"
        refused = f" but for {self.refused} refused" if self.refused else ""
        if self.equal:
            return f"equal{refused} ({self.assets} assets)"
        return f"{len(self.differences)} differ" + (f", {self.refused} refused" if self.refused else "")


def graph_answer(
    legacy: Path,
    modules: Sequence[tuple[str, str]],
    target: Path,
    flow: str,
    python: str = sys.executable,
    *,
    target_python: str = sys.executable,
    home: str = "",
    constructs: Sequence[Mapping[str, Any]] = (),
) -> GraphAnswer:
    """Load both sides and compare them.

    Args:
        legacy: the project's folder, or that of the tree it stands in.
        modules: of each code location, the module that holds its definitions and the folder from which it
            is imported, relative to the project's; several are compared as one.
        target: the converted folder.
        flow: `module:flow` of one of its flows.
        python: the interpreter of the legacy side.
        target_python: that of the target; it needs Prefect and the packages that both sides import.
        home: the project within both folders; what stands beside it is there, too, when it loads.
        constructs: those of conversion.json, to tell what was refused.
    """
    with tempfile.TemporaryDirectory(prefix="graph-") as folder:
        probe = [python, handed("dagster_probe", Path(folder))]
        dumps = []
        for number, (module, below) in enumerate(modules):
            place = Path(folder, f"dagster{number}")
            dump = dump_of(place, legacy, probe, ["--module", module], home, below)
            if isinstance(dump, str):
                return GraphAnswer(False, side="Dagster's side", reason=dump)
            dumps.append(dump)
        try:
            left = together(dumps)
        except ChangeoverError as problem:
            return GraphAnswer(False, side="Dagster's side", reason=str(problem))
        probe = [target_python, handed("prefect_probe", Path(folder))]
        right = dump_of(Path(folder, "prefect"), target, probe, ["--flow", flow], home)
        if isinstance(right, str):
            return GraphAnswer(False, side="the target", reason=right)
    found = equivalence.compare(left, right, constructs)
    differ = tuple(f"{d.what} {d.key}: {d.dagster!r} / {d.prefect!r}"[:300] for d in found.wrong)
    return GraphAnswer(True, differ, len(found.refused), assets=found.counts["assets"][0])


def dump_of(
    place: Path, root: Path, probe: Sequence[str], options: Sequence[str], home: str, below: str = "."
) -> dict[str, Any] | str:
    """A side's dump, or why there is none; `below` is the folder in `home` that modules are imported from."""
    tree, out = place / "work", place / "dump.json"
    shutil.copytree(root, tree, symlinks=True, ignore=LEFT_OUT)
    work = tree / home
    (place / "home").mkdir()
    env = {**os.environ, **QUIET, "PREFECT_HOME": str(place / "home")}
    env |= {"HOME": str(place / "home"), "DAGSTER_HOME": str(place / "home")}
    # A project that starts `dbt` gets that of its own interpreter.
    env["PATH"] = os.pathsep.join([str(Path(probe[0]).parent), os.environ.get("PATH", os.defpath)])
    if (work / "src").is_dir() and below == ".":  # packages that are installed from there
        env["PYTHONPATH"] = os.pathsep.join([str(work / "src"), *filter(None, [env.get("PYTHONPATH")])])
    line = [*probe, "--root", str(work / below), "--out", str(out), *options]
    try:
        done = subprocess.run(
            line, cwd=work, env=env, capture_output=True, text=True, errors="replace", timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"it took longer than {SECONDS:.0f} s"
    if not out.is_file():
        return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1][:300]
    dump: dict[str, Any] = json.loads(out.read_text(encoding="utf-8").replace(str(tree), "{work}"))
    if "error" in dump:
        error = dump["error"]
        where = f" ({error['file']}:{error['line']})" if error.get("file") else ""
        return f"{str(error['cause']).splitlines()[0][:300]}{where}"
    return dump


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the answer; 0 equal, 1 something differs, 2 a side does not load."""
    import argparse

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("legacy", type=Path)
    parser.add_argument("--module", required=True, action="append", help="once for each code location")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--target-python", default=sys.executable)
    parser.add_argument("target", type=Path)
    parser.add_argument("--flow", required=True)
    given = parser.parse_args(arguments)
    answer = graph_answer(
        given.legacy,
        [(m, ".") for m in given.module],
        given.target,
        given.flow,
        given.python,
        target_python=given.target_python,
    )
    print("\n".join([answer.text, *answer.differences]))
    return CANNOT_SAY if not answer.loaded else YES if answer.equal else NO


if __name__ == "__main__":
    sys.exit(main())
