"""What nobody could hand over is refused when the code location loads, before anything runs."""

from __future__ import annotations

import pytest

from shims.dagster_proxy import route

pytestmark = pytest.mark.real


@pytest.fixture
def load(tmp_path, monkeypatch):
    """The Definitions of three assets, in a row by value, with these routes."""
    from dagster import Definitions, asset

    @asset
    def fee() -> int:
        return 3

    @asset
    def total(fee: int) -> int:
        return fee + 1

    @asset(deps=[total])
    def note() -> None: ...

    def loaded(lines: str, **resources: object):
        config = tmp_path / "migration.toml"
        config.write_text("schema = 1\n")
        (tmp_path / "routing.toml").write_text(f"schema = 1\n[routes]\n{lines}\n")
        return route(Definitions(assets=[fee, total, note], resources=resources), config)

    monkeypatch.delenv("CHANGEOVER_CONFIG", raising=False)
    monkeypatch.delenv("CHANGEOVER_RUN", raising=False)
    return loaded


RETIRED = '"fee" = "retired"'
DEPLOYED = '"fee" = "prefect"\n[deployments]\nfee = "a/b"'


@pytest.mark.parametrize("reader", ["dagster", "prefect"])
@pytest.mark.parametrize(("maker", "where"), [(RETIRED, "it is retired"), (DEPLOYED, "the deployment a/b")])
def test_a_value_that_dagsters_store_never_gets_is_refused_with_a_remedy(load, maker, where, reader):
    with pytest.raises(ValueError, match="total takes the value of fee") as caught:
        load(f'"total" = "{reader}"\n{maker}')
    assert where in str(caught.value)
    assert "[handover]" in str(caught.value)


@pytest.mark.parametrize(
    "lines",
    [
        '"*" = "retired"',
        f'"total" = "retired"\n{RETIRED}',
        f'{RETIRED}\n[handover]\nfee = "both know"',
        '"*" = "prefect"\n[deployments]\n"*" = "a/b"',
        '"fee" = "prefect"',
        '"total" = "prefect"',
    ],
)
def test_whatever_can_be_handed_over_or_is_nobodys_loads(load, lines):
    load(lines)


def test_other_partitions_than_its_own_are_refused(tmp_path, monkeypatch):
    from dagster import Definitions, StaticPartitionsDefinition, asset

    @asset(partitions_def=StaticPartitionsDefinition(["a", "b"]))
    def parts() -> int:
        return 1

    @asset
    def whole(parts: dict) -> None: ...

    monkeypatch.delenv("CHANGEOVER_CONFIG", raising=False)
    monkeypatch.delenv("CHANGEOVER_RUN", raising=False)
    (tmp_path / "migration.toml").write_text("schema = 1\n")
    routes = tmp_path / "routing.toml"
    routes.write_text('schema = 1\n[routes]\n"whole" = "prefect"\n')
    with pytest.raises(ValueError, match="whole takes the value of parts, in other partitions"):
        route(Definitions(assets=[parts, whole]), tmp_path / "migration.toml")
    routes.write_text('schema = 1\n[routes]\n"parts" = "prefect"\n')
    route(Definitions(assets=[parts, whole]), tmp_path / "migration.toml")


def test_a_store_of_the_projects_own_is_left_to_the_project(load):
    from dagster import FilesystemIOManager

    load(RETIRED, io_manager=FilesystemIOManager(base_dir="store"))


def test_inside_a_bridge_dagster_does_it_by_itself(load, monkeypatch):
    def stand_ins() -> int:
        return sum("prefect" in str(one.op.tags) for one in load('"*" = "prefect"').assets)

    assert stand_ins() == 3
    monkeypatch.setenv("CHANGEOVER_BRIDGED", "1")
    assert stand_ins() == 0
