"""Decorators of a project that are handed a step's arguments are handed the same on both sides."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from tests.support.test_configs_of_partitions import both_sides

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

RUNS = (("flat", None), ("parted", "tue"), ("steps", None), ("failing", None))


def _in_dagster(module: Any, name: str, key: str | None) -> bool:
    job = module.defs.resolve_job_def(name)
    return bool(job.execute_in_process(partition_key=key, raise_on_error=False).success)


def _in_prefect(module: Any, name: str, key: str | None) -> bool:
    given = {} if key is None else {"partition_key": key}
    return bool(getattr(module, name)(**given, return_state=True).is_completed())


def test_they_see_the_arguments_and_the_name_that_dagster_gives(
    prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, outcomes = [], []
    modules = both_sides("asset/called_below_its_decorators", tmp_path, monkeypatch)
    for side, run, module in zip(("old", "new"), (_in_dagster, _in_prefect), modules, strict=True):
        (tmp_path / side).mkdir()
        monkeypatch.chdir(tmp_path / side)
        outcomes.append([run(module, name, key) for name, key in RUNS])
        seen.append(sorted(module.seen))
        assert pickle.loads((tmp_path / side / "files" / "most").read_bytes()) == 610
        declared = (tmp_path / side / "files" / "only_declared").read_bytes()
        assert pickle.loads(declared) == "a sentence of only_declared"
    assert outcomes == [[True, True, True, False]] * 2
    assert seen[0] == seen[1]
    assert "#data: totals ['config', 'orders']" in seen[0]
    assert "broken failed: no data" in seen[0]
