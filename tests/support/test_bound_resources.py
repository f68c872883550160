"""Resources that `with_resources` binds reach the assets in Dagster and in Prefect alike."""

from pathlib import Path

import pytest

from tests.support.test_configs_of_partitions import both_sides

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def test_a_repository_binds_resources_and_a_storage(
    prefect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    legacy, target = both_sides("with_resources/in_a_repository", tmp_path, monkeypatch)
    assert legacy.everything.get_job("load").execute_in_process().success
    assert target.load(return_state=True).is_completed()
    assert target.DRAWER.values == legacy.DRAWER.values == {"orders": ["duck", "a", "b"], "counted": 3}
