"""What names and calls at the top of modules are worth, as reading tells: the cases to leave alone first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrate.conversion import convert, is_construct
from migrate.model import Model
from migrate.reading.project import read
from migrate.reading.values import OfModule

DEFS = """from dagster import Definitions, asset, ScheduleDefinition, define_asset_job
{imports}
@asset
def orders() -> int:
    return 1
daily = define_asset_job("daily", selection="orders")
{code}
"""


def _worth(root: Path, name: str, code: str, imports: str = "", **files: str) -> Any:
    """What a name of the package `shop`'s definitions is worth."""
    for path, text in {"shop/__init__.py": "", **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "shop" / "definitions.py").write_text(DEFS.replace("{imports}", imports).replace("{code}", code))
    model = Model(read(root, is_construct))
    assert model.holdings is not None
    return model.project.evaluator.of_module("shop.definitions", name)


PART = {"shop/parts/__init__.py": "{}", "shop/parts/plans.py": "plans = ['a', 'b']\n"}


def _parts(init: str) -> dict[str, str]:
    return {**PART, "shop/parts/__init__.py": init}


@pytest.mark.parametrize("init", ["", "from . import plans\n", "from shop.parts import plans\n"])
def test_a_module_of_a_package_is_that_module(tmp_path: Path, init: str) -> None:
    found = _worth(tmp_path, "mine", "mine = parts.plans", "from shop import parts", **_parts(init))
    assert found == OfModule("shop.parts.plans")


@pytest.mark.parametrize("init", ["from shop.parts.plans import plans\n", "from .plans import plans\n"])
@pytest.mark.parametrize("how", ["parts.plans", "parts_plans", "[*parts.plans]"])
def test_a_package_binds_a_name_over_its_module(tmp_path: Path, init: str, how: str) -> None:
    imports = "from shop import parts\nfrom shop.parts import plans as parts_plans"
    assert _worth(tmp_path, "mine", f"mine = {how}", imports, **_parts(init)) == ["a", "b"]


def test_the_module_under_such_a_name_is_still_imported_from(tmp_path: Path) -> None:
    parts = _parts("from .plans import plans\n")
    assert _worth(tmp_path, "mine", "mine = plans", "from shop.parts.plans import plans", **parts) == [
        "a",
        "b",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "mine = isinstance(print(), str)",
        "mine = f'{orders.op.name}_x'",
        "mine = re.sub('a', 'b', open('/etc/x').read())",
        "mine = config_from_files(['*.yaml'])['tables'][0]",
        "mine = chosen([orders])[0]",
    ],
)
def test_what_only_running_tells_stays_unknown(tmp_path: Path, code: str) -> None:
    imports = "import re\nfrom dagster import config_from_files\ndef chosen(found):\n"
    imports += "    return [a for a in found if print(a)]\n"
    assert "Unknown" in repr(_worth(tmp_path, "mine", code, imports))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("mine = isinstance(orders, AssetsDefinition), isinstance(orders, AssetSpec)", (True, False)),
        ("mine = isinstance('a', (int, str))", True),
        ("mine = f'{daily.name}_schedule'", "daily_schedule"),
        ("mine = f'{orders.key.to_python_identifier()}__daily'", "orders__daily"),
        ("mine = re.sub(pattern=r'\\W', repl='_', string='a-b.c')", "a_b_c"),
        ("mine = check.not_none(check.inst('a', str))", "a"),
        (
            "mine = [t['name'] for t in config_from_files(files)['tables']]",
            ["x"],
        ),
        ("mine = config_from_files(files)['both']", {"a": 1, "b": 2}),
    ],
)
def test_what_can_be_told(tmp_path: Path, code: str, told: Any) -> None:
    imports = "import re\nfrom pathlib import Path\nfrom dagster_shared import check\n"
    imports += "from dagster import AssetsDefinition, AssetSpec, config_from_files\n"
    imports += "here = Path(__file__).parent / 'config'\nfiles = [f'{here}/a.yaml', f'{here}/b.yaml']\n"
    files = {
        "shop/config/a.yaml": "both: {a: 1, b: 0}\ntables: [{name: y}]\n",
        "shop/config/b.yaml": "both: {b: 2}\ntables: [{name: x}]\n",
    }
    assert _worth(tmp_path, "mine", code, imports, **files) == told


MAPPING = """
def with_owner(found, owner):
    done = []
    for one in found:
        done.append({body})
    return done
"""


def test_a_function_that_gives_assets_other_attributes_gives_them_back(tmp_path: Path) -> None:
    body = "one.map_asset_specs(owned(owner)) if one.is_executable else one"
    code = (
        MAPPING.replace("{body}", body) + "mine = with_owner(load_assets_from_modules([tables]), owner='me')"
    )
    imports = "from dagster import load_assets_from_modules\nfrom shop import tables"
    tables = "from dagster import asset\n@asset\ndef totals():\n    return 1\n"
    found = _worth(tmp_path, "mine", code, imports, **{"shop/tables.py": tables})
    assert getattr(found, "short", "") == "load_assets_from_modules"


def test_schedules_of_a_package_are_deployed(tmp_path: Path) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/sales/__init__.py": "from shop.sales.schedules import schedules\n",
        "shop/sales/schedules.py": "from dagster import ScheduleDefinition\nfrom shop.jobs import daily\n"
        "at_noon = ScheduleDefinition(job=daily, cron_schedule='0 12 * * *')\nschedules = [at_noon]\n",
        "shop/jobs.py": "from dagster import asset, define_asset_job\n@asset\ndef orders() -> int:\n"
        "    return 1\ndaily = define_asset_job('daily', selection='orders')\n",
        "shop/definitions.py": "from dagster import Definitions\nfrom shop import sales\n"
        "from shop.jobs import daily, orders\n"
        "defs = Definitions(assets=[orders], jobs=[daily], schedules=[*sales.schedules])\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    result = convert(tmp_path)
    assert b"0 12 * * *" in b"".join(t for p, t in result.files.items() if p.endswith((".py", ".yaml")))


SETTINGS = """from dataclasses import dataclass
@dataclass
class Settings:
    name: str
    checks: frozenset = frozenset({'fresh', 'full'})
    tables: list = None
    def __post_init__(self):
        {body}
"""


@pytest.mark.parametrize(
    "body",
    [
        "self.name = self.name.lower()",
        "self.tables[0], self.name = 1, 'b'",
        "self.name += 'b'",
        "self.tables.append(self.name)",
        "object.__setattr__(self, 'name', 'b')",
        "self.settle()",
        "del self.name",
    ],
)
def test_a_field_that_the_making_may_change_is_not_told(tmp_path: Path, body: str) -> None:
    code = SETTINGS.replace("{body}", body) + "one = Settings(name='A')\nmine = f'{one.name}_x'"
    assert "Unknown" in repr(_worth(tmp_path, "mine", code))


def test_a_making_that_only_looks_leaves_the_fields(tmp_path: Path) -> None:
    body = "if self.checks - {'fresh', 'full'}:\n            raise ValueError(self.name.upper())"
    code = SETTINGS.replace("{body}", body) + "one = Settings(name='A')\n"
    assert _worth(tmp_path, "mine", code + "mine = [one.name, 'fresh' in one.checks]") == ["A", True]


def test_what_a_property_works_out_is_told(tmp_path: Path) -> None:
    code = SETTINGS.replace("{body}", "assert self.name") + "    @property\n    def prefix(self):\n"
    code += "        return f'{self.name}_all'\none = Settings(name='A')\n"
    assert _worth(tmp_path, "mine", code + "mine = one.prefix") == "A_all"
