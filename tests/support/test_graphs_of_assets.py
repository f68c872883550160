"""A graph that makes several assets keeps the same values in Dagster and in Prefect."""

from pathlib import Path

import pytest

from tests.support.test_configs_of_partitions import both_sides

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def test_outputs_given_by_name_are_kept_by_name(
    prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    legacy, target = both_sides("graph_asset/several_by_name", tmp_path, monkeypatch)
    assert legacy.defs.resolve_job_def("make").execute_in_process().success
    assert target.make(return_state=True).is_completed()
    names = ("tables", "chairs", "result", "read for")
    kept = [[side.KEPT[name] for name in names] for side in (legacy, target)]
    assert kept == [[1, 2, 3, "chairs"]] * 2
