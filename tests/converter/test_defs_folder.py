"""A project as `dg` lays it out: folders without `__init__`, found by load_defs, nothing named twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert

SETTINGS = '[project]\nname = "shop"\n[tool.dg.project]\nroot_module = "shop"\n'
ROOT = """import dagster as dg

import shop.defs


@dg.definitions
def defs() -> dg.Definitions:
    return dg.load_defs(shop.defs)
"""
BY_FOLDER = """from pathlib import Path

from dagster import definitions, load_from_defs_folder


@definitions
def defs():
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
"""
ASSETS = "import dagster as dg\n\n\n@dg.asset\ndef orders() -> None:\n    pass\n"
JOBS = (
    "import dagster as dg\n\nfrom shop.defs.sales.assets import orders\n\n"
    'orders_job = dg.define_asset_job("orders_job", selection=[orders])\n'
)
RESOURCES = """import dagster as dg


class Store(dg.ConfigurableResource):
    path: str


@dg.definitions
def resources():
    return dg.Definitions(resources={"store": Store(path="x")})
"""


@pytest.mark.parametrize("root", [ROOT, BY_FOLDER])
def test_what_lies_below_the_defs_folder_is_deployed(tmp_path: Path, root: str) -> None:
    files = {
        "pyproject.toml": SETTINGS,
        "src/shop/__init__.py": "",
        "src/shop/definitions.py": root,
        "src/shop/defs/sales/assets.py": ASSETS,
        "src/shop/defs/sales/jobs.py": JOBS,
        "src/shop/defs/resources.py": RESOURCES,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    result = convert(tmp_path)
    assert set(result.summary) == {"converted"}, [(e.construct.name, e.outcome) for e in result.entries]
    assert "def orders_job()" in result.files["src/shop/defs/sales/jobs.py"].decode()
    assert (
        'def store() -> Store:\n    return Store(path="x")'
        in result.files["src/shop/defs/resources.py"].decode()
    )
    assert "entrypoint: src/shop/defs/sales/jobs.py:orders_job" in result.files["prefect.yaml"].decode()


def test_assets_that_no_job_selects_get_flows(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(
        "import dagster as dg\n\n\n@dg.asset\ndef a() -> None: ...\n\n\n"
        "@dg.asset(automation_condition=dg.AutomationCondition.on_cron('0 1 * * *'))\n"
        "def b() -> None: ...\n\n\n"
        "@dg.asset(deps=[a], automation_condition=dg.AutomationCondition.eager())\ndef c() -> None: ...\n\n\n"
        "defs = dg.Definitions(assets=[a, b, c])\n"
    )
    result = convert(tmp_path)
    code, yaml = result.files["materialize.py"].decode(), result.files["prefect.yaml"].decode()
    assert [line for line in code.splitlines() if line.startswith("def ")] == [
        "def on_cron_0_1() -> State[Any]:",
        "def eager_assets() -> State[Any]:",
        "def materialize_all() -> State[Any]:",
    ]
    assert 'cron: "0 1 * * *"' in yaml
    assert "prefect.resource.id: [asset://a]" in yaml


def test_a_folder_called_as_a_library_stays_part_of_its_package(tmp_path: Path) -> None:
    uses = "import snowflake.connector\n" + ASSETS.replace("orders", "rows")
    files = {
        "pyproject.toml": SETTINGS,
        "shop/__init__.py": "",
        "shop/definitions.py": ROOT,
        "shop/defs/sales/assets.py": ASSETS,
        "shop/defs/snowflake/py/assets.py": uses,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    converted = convert(tmp_path)
    assert converted.summary == {"converted": 3}
    assert b"def rows" in converted.files["shop/defs/snowflake/py/assets.py"]


def test_a_file_that_imports_by_the_path_does_not_rename_the_package(tmp_path: Path) -> None:
    """`from src.shop…` works where a run starts in the project's folder; dg loads `shop` all the same."""
    files = {
        "pyproject.toml": SETTINGS,
        "src/shop/__init__.py": "",
        "src/shop/definitions.py": BY_FOLDER,
        "src/shop/defs/__init__.py": "",
        "src/shop/defs/sales/assets.py": ASSETS,
        "src/shop/defs/sales/jobs.py": JOBS.replace("from shop", "from src.shop"),
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    result = convert(tmp_path)
    assert set(result.summary) == {"converted"}, [(e.construct.name, e.outcome) for e in result.entries]
    assert "orders_future = orders.submit()" in result.files["src/shop/defs/sales/jobs.py"].decode()


FACTORY = """import dagster as dg


def landed(name: str):
    @dg.asset(name=f"{name}_raw")
    def _landed() -> None:
        pass

    return _landed


orders = landed("orders")
lines = landed("lines")
"""
AFTER = """import dagster as dg

from . import landing


@dg.asset(deps=[landing.orders, landing.lines])
def basket() -> None:
    pass
"""


def test_assets_of_a_factory_may_stand_after_what_depends_on_them(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": SETTINGS,
        "src/shop/__init__.py": "",
        "src/shop/definitions.py": BY_FOLDER,
        "src/shop/defs/__init__.py": "",
        "src/shop/defs/basket.py": AFTER,
        "src/shop/defs/landing.py": FACTORY,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    result = convert(tmp_path)
    assert set(result.summary) == {"converted"}, [(e.construct.name, e.outcome) for e in result.entries]
    written = "".join(text.decode() for text in result.files.values())
    assert 'asset_deps=["asset://orders_raw", "asset://lines_raw"]' in written
