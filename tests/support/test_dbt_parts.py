"""A task over a part of a dbt project runs that part; a project's manifest is made where there is none."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def test_calls_within_a_task_run_what_the_task_is_of(project: Any) -> None:
    from prefect_support.dbt_models import dbt_models

    taken: list[tuple[str, ...]] = []

    @dbt_models(
        project.manifest_path, select="stg_orders fct_sales products", exclude="resource_type:test fct_sales"
    )
    def models() -> None:
        first = project.cli(["seed"], selected=False)
        taken.append(tuple(node.unique_id.split(".")[2] for node in first.nodes))
        project.cli(["compile", "--quiet"])
        second = project.cli(["build"])
        taken.append(tuple(sorted(node.unique_id.split(".")[2] for node in second.nodes)))

    models.fn()
    made = tuple(sorted(asset.key.rpartition("/")[2] for asset in models.assets))
    assert taken == [("products",), made]
    assert "fct_sales" not in made
    assert "stg_orders" in made


def test_the_manifest_is_made_where_there_is_none(project: Any) -> None:
    project.manifest_path.unlink()
    project.prepare()
    before = project.manifest_path.stat().st_mtime_ns
    project.prepare()
    assert project.manifest_path.stat().st_mtime_ns == before


def test_artifacts_elsewhere(project: Any) -> None:
    other = project.model_copy(update={"target_path": Path("built"), "state_path": Path("target")})
    assert not other.manifest_path.exists()
    other.prepare()
    assert other.manifest_path == project.project_dir / "built" / "manifest.json"
    assert other.manifest_path.is_file()
    assert other.get_defer_args() == ["--defer", "--defer-state", str(project.project_dir / "target")]
    assert other.get_state_args() == ["--state", str(project.project_dir / "target")]
    assert project.get_defer_args() == project.get_state_args() == []


def test_a_part_of_a_task(project: Any) -> None:
    from prefect_support.dbt_models import dbt_models

    @dbt_models(project.manifest_path, select="stg_orders products fct_sales")
    def models() -> None:
        taken.append(sorted(n.unique_id.split(".")[2] for n in project.cli(["build"]).nodes))

    taken: list[list[str]] = []
    part = models.part(select="products stg_orders", exclude="resource_type:seed")
    part.fn()
    models.part(keys=["stg_orders"], tests=False).fn()
    assert taken == [
        ["not_null_stg_orders_order_id", "stg_orders", "unique_stg_orders_order_id"],
        ["stg_orders"],
    ]
    assert [asset.key for asset in part.assets] == ["asset://stg_orders"]
    assert part.name == models.name
    assert len(models.assets) == 3


@pytest.mark.parametrize("keys", [["nobody"], ["discontinued"]])
def test_a_key_that_the_task_does_not_make(project: Any, keys: list[str]) -> None:
    from prefect_support.dbt_models import dbt_models

    @dbt_models(project.manifest_path, select="stg_orders products fct_sales")
    def models() -> None:
        raise AssertionError("never runs")

    with pytest.raises(KeyError, match=keys[0]):
        models.part(keys=keys)
