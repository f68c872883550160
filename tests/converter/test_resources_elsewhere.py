"""Resources in a dictionary of another module, under the members of an enum, handed to one another."""

from __future__ import annotations

from pathlib import Path

from migrate.conversion import convert_project
from migrate.reading.project import read
from migrate.rules import is_construct

RESOURCES = """import os
from enum import Enum
from pathlib import Path

import dagster as dg

HOME = "metals"


class Keys(Enum):
    SCALES = "scales"
    FILES = "files"


class Scales(dg.ConfigurableResource):
    unit: str = "g"


class Files(dg.ConfigurableResource):
    home: str
    owner: str
    scales: Scales


scales = Scales()
RESOURCES = {
    Keys.SCALES.value: scales,
    Keys.FILES.value: Files(home=str(Path(HOME)), owner=os.getenv("OWNER", ""), scales=scales),
}
"""
DEFINITIONS = """import dagster as dg

from shop.things import RESOURCES, Files


@dg.asset
def gold(files: Files) -> None:
    print(files.home)


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[gold], jobs=[everything], resources=RESOURCES)
"""


def test_what_a_resource_is_made_of_is_imported_where_it_is_made(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    for name, code in (("__init__", ""), ("things", RESOURCES), ("definitions", DEFINITIONS)):
        (tmp_path / "shop" / f"{name}.py").write_text(code)
    done = convert_project(read(tmp_path, is_construct)).files["shop/definitions.py"].decode()
    assert 'Files(home=str(Path(HOME)), owner=os.getenv("OWNER", ""), scales=things_scales())' in done
    assert "import os\n" in done
    assert "from pathlib import Path" in done
    assert "import HOME" in done
    assert "scales as things_scales" in done


MADE = """from pathlib import Path

import dagster as dg


class Files(dg.ConfigurableResource):
    home: str


def make_resources(home: str) -> dict:
    Path(home).mkdir(exist_ok=True)
    return {"files": Files(home=home)}


@dg.asset
def gold(files: Files) -> None:
    print(files.home)


everything = dg.define_asset_job("everything")
defs = dg.Definitions(assets=[gold], jobs=[everything], resources=make_resources("metals"))
"""


def test_a_resource_that_a_function_makes_is_taken_from_its_answer(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(MADE)
    done = convert_project(read(tmp_path, is_construct)).files["shop.py"].decode()
    told: dict[str, object] = {}
    start = done.index("def files()")
    exec(
        done[start:].split("\n\n")[0], {"make_resources": lambda home: {"files": home}, "Files": object}, told
    )
    assert told["files"]() == "metals"  # type: ignore[operator]
    assert "gold.submit(files_resource)" in done or "files()" in done[start + 12 :]


STORES = """from dagster import resource


@resource(config_schema={"size": int})
def lake(context):
    return context.resource_config["size"]


@resource(config_schema={"size": int})
def store_resource(context):
    return context.resource_config["size"]
"""
JOBS = """from dagster import Definitions, job, op

from shop.stores import lake, store_resource


class Store:
    pass


@op(required_resource_keys={"lake", "store"})
def add(context) -> int:
    return context.resources.lake + context.resources.store


@job(resource_defs={"lake": lake.configured({"size": 3}), "store": store_resource.configured({"size": 4})})
def nightly() -> None:
    add()


store = Store()
defs = Definitions(jobs=[nightly])
"""


def test_a_resource_in_a_flow_is_not_named_like_the_function_that_makes_it(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    for name, code in (("__init__", ""), ("stores", STORES), ("jobs", JOBS)):
        (tmp_path / "shop" / f"{name}.py").write_text(code)
    done = convert_project(read(tmp_path, is_construct)).files["shop/jobs.py"].decode()
    assert "from shop.stores import lake, store_resource\n" in done
    assert "    lake_resource = lake(size=3)\n    store_resource_ = store_resource(size=4)\n" in done
    assert "add.submit(lake_resource, store_resource_)" in done


FIRST = """from dagster import Definitions, asset

from shop.stores import Store


@asset
def north(store: Store) -> str:
    return store.name


defs = Definitions(assets=[north], resources={"store": Store(name="n")})
"""
SECOND = """from dagster import Definitions, FilesystemIOManager, asset

from shop.stores import Store


@asset
def south(store: Store) -> str:
    return store.name


defs = Definitions(
    assets=[south], resources={"store": Store(name="s"), "io_manager": FilesystemIOManager(base_dir="south")}
)
"""
CLASS = """from dagster import ConfigurableResource


class Store(ConfigurableResource):
    name: str
"""
MERGED = """from dagster import Definitions

from shop import first, second

defs = Definitions.merge(first.defs, second.defs)
"""


def materialize_of(tmp_path: Path, **modules: str) -> str:
    (tmp_path / "shop").mkdir()
    for name, code in {"__init__": "", "stores": CLASS, "first": FIRST, **modules}.items():
        (tmp_path / "shop" / f"{name}.py").write_text(code)
    return convert_project(read(tmp_path, is_construct)).files["shop/materialize.py"].decode()


def test_code_locations_that_give_a_resource_differently_have_flows_of_their_own(tmp_path: Path) -> None:
    done = materialize_of(tmp_path, second=SECOND)
    north, south = done.split("@flow(")[1:]
    assert 'store = Store(name="n")\n    io_manager = PickledFiles()\n' in north
    assert "store = second.store()\n    io_manager = second.io_manager()\n" in south


def test_what_merged_definitions_give_is_everybodys(tmp_path: Path) -> None:
    second = (
        SECOND.replace('"store": Store(name="s"), ', "")
        .replace("store.name", "'s'")
        .replace("store: Store", "")
    )
    done = materialize_of(tmp_path, second=second, definitions=MERGED)
    assert done.count("@flow(") == 1
    assert "io_manager = second.io_manager()\n" in done
    assert "PickledFiles()" not in done


LOCATION = """import dagster as dg
from dagster import AssetSelection, Definitions, asset, asset_check, define_asset_job


@asset
def raw() -> str:
    return "{0}"


@asset
def {0}(raw: str) -> str:
    return raw


@asset
def {0}_loose(raw: str) -> str:
    return raw


@asset_check(asset=raw)
def {0}_check():
    return None


most = AssetSelection.all() - AssetSelection.assets({0}_loose)
everything_{0} = define_asset_job("everything_{0}", selection=most)
every_night = dg.ScheduleDefinition(name="every_night_{0}", target="*", cron_schedule="0 1 * * *")
defs = Definitions(
    assets=[{0}, {0}_loose, raw], asset_checks=[{0}_check], jobs=[everything_{0}], schedules=[every_night]
)
"""


def test_a_selection_means_what_its_own_code_location_holds(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    for name in ("north", "south"):
        (tmp_path / "shop" / f"{name}.py").write_text(LOCATION.format(name))
    (tmp_path / "shop" / "__init__.py").write_text("")
    files = convert_project(read(tmp_path, is_construct)).files
    for name, other in (("north", "south"), ("south", "north")):
        done = files[f"shop/{name}.py"].decode()
        assert f"{name}_future = {name}.submit(raw_future)" in done
        assert f"{name}_check.submit(" in done
        assert other not in done
    assert "shop/materialize.py" not in files


def test_assets_of_one_key_in_two_code_locations_are_not_wired_to_each_other(tmp_path: Path) -> None:
    loose = [LOCATION.format(name).split("most = ")[0] for name in ("north", "south")]
    ending = "defs = Definitions(assets=[{0}, {0}_loose, raw], asset_checks=[{0}_check])\n"
    north, south = (code + ending.format(n) for code, n in zip(loose, ("north", "south"), strict=True))
    (tmp_path / "shop").mkdir()
    for name, code in (("__init__", ""), ("north", north), ("south", south)):
        (tmp_path / "shop" / f"{name}.py").write_text(code)
    done = convert_project(read(tmp_path, is_construct)).files["shop/materialize.py"].decode()
    of_north, of_south = done.split("@flow(")[1:]
    assert "north_loose.submit(raw_future)" in of_north
    assert "north_check.submit(" in of_north
    assert "south" not in of_north
    assert "raw_future = south_raw.submit()" in of_south
    assert "south_check.submit(" in of_south
    assert "north" not in of_south


DBT = """from dagster import AssetExecutionContext, Definitions
from dagster_dbt import DbtCliResource

from {0}.assets import loaded
from {0}.jobs import every

FOLDER = "{0}/dbt"
defs = Definitions(assets=[loaded], jobs=[every], resources={{"dbt": DbtCliResource(project_dir=FOLDER)}})
"""
LOADED = """from dagster import asset
from dagster_dbt import DbtCliResource


@asset
def {0}_loaded(dbt: DbtCliResource) -> None:
    dbt.cli(["seed"]).wait()


loaded = {0}_loaded
"""
JOB = """from dagster import define_asset_job

every = define_asset_job("every_{0}", selection=["{0}_loaded"])
"""


def test_each_code_location_has_the_library_resource_that_it_names(tmp_path: Path) -> None:
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        parts = {"__init__": "", "definitions": DBT, "assets": LOADED, "jobs": JOB}
        for part, code in parts.items():
            (tmp_path / name / f"{part}.py").write_text(code.format(name))
    files = convert_project(read(tmp_path, is_construct)).files
    north, south = (files[f"{name}/jobs.py"].decode() for name in ("north", "south"))
    assert "from north.definitions import FOLDER\n" in north
    assert "dbt = DbtProject(project_dir=FOLDER)\n" in north
    assert "from south import definitions\n" in south
    assert "dbt = definitions.dbt()\n" in south
    assert "NotImplementedError" not in north + south
