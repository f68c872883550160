"""What a conversion costs on a tree of 1,200 files: ÷ bare parsing, and beside a codemod of LibCST.

Half of the files mention Dagster. Every subject is a process of its own; CPU seconds are those of it and its
children, memory is the largest process's. Trees of a quarter and of four times the size, each one project,
show how memory grows: they are converted once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from row import Row, medians, with_ratios

AREA = "convert"
FILES = 1200
CONVERT = "migrate convert"
FLOOR = "bare libcst.parse_module"
PARSE = """import sys
from pathlib import Path
import libcst
for path in sorted(Path(sys.argv[1]).rglob("*.py")):
    data = path.read_bytes()
    if b"dagster" in data:
        libcst.parse_module(data)
"""
NO_OP = """from libcst.codemod import VisitorBasedCodemodCommand


class NoOp(VisitorBasedCodemodCommand):
    DESCRIPTION = "nothing"
"""
ASSETS = '''"""Assets of area {n}."""

from dagster import AssetExecutionContext, MetadataValue, Output, asset

THRESHOLD = {n}


@asset(group_name="area_{n}", description="Rows of area {n}", tags={{"area": "{n}"}})
def rows_{n}(context: AssetExecutionContext) -> list[int]:
    """The raw rows."""
    context.log.info("reading area %s", {n})
    return [value for value in range(100) if value % (THRESHOLD + 1) == 0]


@asset(group_name="area_{n}", deps=["outside/{n}"])
def totals_{n}(context: AssetExecutionContext, rows_{n}: list[int]):
    total = sum(rows_{n})
    context.log.info("total %s", total)
    return Output(total, metadata={{"total": MetadataValue.int(total)}})


def scale_{n}(values: list[int], factor: int = 2) -> list[int]:
    # plain Python, which stays as it is
    return [value * factor for value in values if value > THRESHOLD]
'''
PLAIN = '''"""Helpers of area {n}."""


def pick_{n}(values: list[int]) -> dict[int, str]:
    return {{value: f"{{value:>5}}" for value in values if value % 2}}
'''


def measure(years: tuple[int, ...], repeat: int) -> list[Row]:
    """Interleaved repetitions of every subject; medians, with ratios to the floor."""
    with tempfile.TemporaryDirectory(prefix="changeover-bench-") as folder:
        found: list[Row] = []
        for count in (300, FILES, 4800):
            tree = _tree(Path(folder, str(count)), count)
            subjects = list(SUBJECTS) if count == FILES else [FLOOR, CONVERT]
            for _ in range(repeat if count == FILES else 1):
                found += [row for name in subjects for row in _one(name, f"{count:,} files", tree)]
        return with_ratios(medians(found), FLOOR)


def _tree(root: Path, count: int) -> Path:
    """A project of `count` files, a package for every twenty."""
    project = root / "project"
    for n in range(count // 2):
        package = project / "shop" / f"part_{n // 10}"
        package.mkdir(parents=True, exist_ok=True)
        (package / f"assets_{n}.py").write_text(ASSETS.format(n=n))
        (package / f"plain_{n}.py").write_text(PLAIN.format(n=n))
        (package / "__init__.py").touch()
    (project / "shop" / "__init__.py").touch()
    (project / "shop" / "definitions.py").write_text(
        "from dagster import Definitions, load_assets_from_package_name\n\n"
        'defs = Definitions(assets=load_assets_from_package_name("shop"))\n'
    )
    (project / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "shop.definitions"\n')
    (root / "commands").mkdir()
    (root / "commands" / "__init__.py").touch()
    (root / "commands" / "noop.py").write_text(NO_OP)
    (root / ".libcst.codemod.yaml").write_text("modules: ['commands']\nrepo_root: '.'\n")
    return root


def _as_installed(folder: Path) -> dict[str, str]:
    """The environment of a subject: modules are compiled once, as an installation leaves them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def _one(subject: str, case: str, tree: Path) -> Iterator[Row]:
    command = [sys.executable, *SUBJECTS[subject]]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=tree,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=_as_installed(tree.parent),
    )
    told = process.stderr.read() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{subject} ended with exit code {process.returncode}; nothing is reported\n{told}")
    yield Row(AREA, case, subject, "wall", round(time.perf_counter() - begun, 3), "s")
    yield Row(AREA, case, subject, "CPU", round(used.ru_utime + used.ru_stime, 3), "s")
    yield Row(AREA, case, subject, "memory", round(used.ru_maxrss / 1e3, 1), "MB")


CODEMOD = ["-m", "libcst.tool", "codemod", "noop.NoOp"]
MIGRATE = ["-c", "from migrate.cli import main; main()", "convert"]
SUBJECTS: dict[str, list[str]] = {
    FLOOR: ["-c", PARSE, "project"],
    CONVERT: [*MIGRATE, "project", "--out", "out", "--force"],
    "libcst codemod, no-op": [
        "-m",
        "libcst.tool",
        "codemod",
        "noop.NoOp",
        "-j",
        "2",
        "--no-format",
        "project",
    ],
    "migrate convert --help": [*MIGRATE, "--help"],
}
