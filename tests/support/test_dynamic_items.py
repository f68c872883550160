"""Items that generators of the project make for ops: the flow starts the same tasks as Dagster does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert

SOURCE = '''import os

from dagster import Definitions, DynamicOut, DynamicOutput, job, op


class Regions:
    @staticmethod
    def each(context, prefix: str):
        """One for each region."""
        for name in ("north", "south"):
            context.log.info(f"found {name}")
            yield DynamicOutput(value={"region": f"{prefix}-{name}"}, mapping_key=name)


def numbers(count: int):
    for number in range(count):
        yield DynamicOutput(number, str(number))


@op(out=DynamicOut())
def regions(context):
    for found in Regions.each(context, prefix="eu"):
        context.log.info(found.value["region"])
        yield found


@op(out=DynamicOut(int))
def counted():
    yield from numbers(3)


@op(out=DynamicOut(int))
def doubled():
    for found in numbers(3):
        yield DynamicOutput(found.value * 2, mapping_key=f"twice_{found.value}")


@op
def show(piece) -> str:
    with open(os.environ["SHOWN"], "a") as file:
        file.write(f"{piece}\\n")
    return str(piece)


@op
def total(pieces: list[str]) -> None:
    with open(os.environ["SHOWN"], "a") as file:
        file.write(f"total {sorted(pieces)}\\n")


@job
def everything():
    total(regions().map(show).collect())
    counted().map(show)
    doubled().map(show)


defs = Definitions(jobs=[everything])
'''
DAGSTER = "import pieces as c; assert c.defs.get_job_def('everything').execute_in_process().success"
PREFECT = "import pieces as c; assert c.everything(return_state=True).is_completed()"


@pytest.mark.real
def test_the_same_pieces_are_worked_on(tmp_path: Path, prefect_api: str, prefect_home: Path) -> None:
    legacy, target = tmp_path / "legacy", tmp_path / "target"
    legacy.mkdir()
    (legacy / "pieces.py").write_text(SOURCE)
    for path, data in convert(legacy).files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    shown = [_run(legacy, DAGSTER), _run(target, PREFECT, prefect_api, prefect_home)]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 2 + 3 + 3 + 1


def _run(folder: Path, line: str, api: str = "", home: Path | None = None) -> list[str]:
    """What the pieces' tasks have written, in no order."""
    environment = {**os.environ, "SHOWN": str(folder / "shown"), "PREFECT_LOGGING_LEVEL": "ERROR"}
    environment |= {"PREFECT_API_URL": api, "PREFECT_HOME": str(home)} if api else {}
    command = [sys.executable, "-c", line]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return sorted((folder / "shown").read_text().splitlines())
