"""What a class on top of UPathIOManager writes and reads is the same, file by file, on both sides."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.test_configs_of_partitions import both_sides

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

CASE = "configurable_io_manager/files_of_a_folder"
RUNS = (
    ("flat", None),
    ("daily", "2026-01-01"),
    ("daily", "2026-01-03"),
    ("bound", None),
    ("cells", {"day": "2026-01-02", "color": "red"}),
)


def _files(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*") if p.is_file()}


def _in_dagster(module: Any, job: str, key: Any) -> None:
    import dagster as dg

    key = dg.MultiPartitionKey(key) if isinstance(key, dict) else key
    with dg.DagsterInstance.ephemeral() as instance:
        done = module.defs.resolve_job_def(job).execute_in_process(partition_key=key, instance=instance)
    assert done.success


def _in_prefect(module: Any, job: str, key: Any) -> None:
    key = "|".join(key[name] for name in sorted(key)) if isinstance(key, dict) else key
    given = {} if key is None else {"partition_key": key}
    assert getattr(module, job)(**given, return_state=True).is_completed()


def test_every_value_lies_in_the_file_where_dagster_kept_it(
    prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = both_sides(CASE, tmp_path, monkeypatch)
    wrote = []
    for side, run, module in zip(("old", "new"), (_in_dagster, _in_prefect), modules, strict=True):
        (tmp_path / side).mkdir()
        monkeypatch.chdir(tmp_path / side)
        for job, key in RUNS:
            run(module, job, key)
        wrote.append(_files(tmp_path / side / "out"))
    assert wrote[0] == wrote[1]
    assert {
        "local/book.json",
        "local/cell_copy/red/2026-01-02.json",
        "text/greeting/part/2026-01-03.txt",
    } <= set(wrote[0])
