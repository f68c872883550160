"""`--layout single`: one readable file that does what the many modules do, or a refusal that says where."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.errors import SourceError
from migrate.target import Target
from shims.handed import handed

ROOT = Path(__file__).parents[2]
LEGACY = ROOT / "dagster_legacy"
MIGRATE = str(Path(sys.executable).with_name("migrate"))

SHOP = {
    "pyproject.toml": '[project]\nname = "shop"\n\n[tool.dagster]\nmodule_name = "shop.definitions"\n',
    "shop/__init__.py": '"""A shop."""\n',
    "shop/places.py": (
        '"""Where things are."""\n\nimport os\nfrom pathlib import Path\n\n'
        'HERE = Path(__file__).parent / "things"\nOTHER = os.path.dirname(__file__)\ntotal = 3\n'
    ),
    "shop/tools.py": (
        "from __future__ import annotations\n\n"
        "import datetime\nfrom typing import TYPE_CHECKING\n\n"
        "if TYPE_CHECKING:\n    from collections.abc import Sequence\n\n"
        "    from shop.prices import Price\n\n\n"
        "def total(prices: Sequence[Price]) -> int:\n"
        "    from shop.prices import value_of as worth\n\n"
        "    return sum(worth(p) for p in prices)\n\n\n"
        "def say(text: str) -> str:\n"
        "    with open('said.txt', 'a') as file:\n        print(text, file=file)\n"
        "    return text\n\n\n"
        "def today() -> datetime.date:\n    return datetime.date(2026, 1, 2)\n\n\n"
        'if __name__ == "__main__":\n    print(today())\n'
    ),
    "shop/prices.py": (
        "# Prices are in cents.\nfrom dataclasses import dataclass\nfrom datetime import datetime\n\n\n"
        '@dataclass\nclass Price:\n    """One price."""\n\n    cents: int\n'
        "    at: datetime | None = None\n\n\n"
        'def value_of(price: "Price") -> int:\n    return price.cents\n'
    ),
    "shop/assets.py": (
        "import shop.places\nfrom dagster import asset\nfrom shop import tools as t\n"
        "from shop.prices import Price\n\nseen = 0\n\n\n"
        "@asset\ndef orders() -> int:\n    global seen\n    seen += 1\n"
        "    total = t.total([Price(1), Price(2)])\n    return total + shop.places.total\n\n\n"
        "@asset\ndef day(orders: int) -> str:\n    return t.say(f'{t.today()} {orders} {seen}')\n"
    ),
    "shop/more.py": (
        "from dagster import asset\n\nfrom .places import HERE, OTHER\nfrom .tools import say\n\n\n"
        "@asset(key_prefix=['more'])\ndef orders() -> str:\n    return say(f'{HERE} {OTHER}')\n"
    ),
    "shop/definitions.py": (
        "from dagster import Definitions, ScheduleDefinition\n"
        "from dagster import define_asset_job, load_assets_from_modules\n\n"
        "from shop import assets, more\n\n"
        "everything = define_asset_job('everything', selection='*')\n"
        "defs = Definitions(\n    assets=load_assets_from_modules([assets, more]),\n    jobs=[everything],\n"
        "    schedules=[ScheduleDefinition(job=everything, cron_schedule='0 6 * * 1')],\n)\n"
    ),
    "scripts/ask.py": (
        "from shop.prices import Price as P\nfrom shop.tools import today\n\nprint(P(7), today())\n"
    ),
}


def write(root: Path, files: dict[str, str]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return root


def command(*words: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True)


def ruff(folder: Path) -> str:
    options = ("--isolated", "--no-cache", "--select", "F,E4,E7,E9,I", "--line-length", "110", ".")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *options], cwd=folder, capture_output=True, text=True
    )
    return "" if done.returncode == 0 else done.stdout


def test_the_reference_becomes_one_file(tmp_path: Path) -> None:
    target = Target(LEGACY, tmp_path / "one")
    result = convert(LEGACY, single=True)
    target.write(result)
    own = [p for p in result.files if p.endswith(".py") and not p.startswith("prefect_support/")]
    assert sorted(own) == ["flows.py", "scripts/generate_census.py"]
    assert ruff(tmp_path / "one") == ""
    assert target.changes(convert(LEGACY, single=True)) == []
    lines = (tmp_path / "one" / "flows.py").read_text().splitlines()
    starts = ("def ", "class ", "    def ")
    for row in json.loads((tmp_path / "one" / "conversion.json").read_text())["constructs"]:
        assert row["target"] in ("", "flows.py")
        if row["target_line"]:
            assert lines[row["target_line"] - 1].startswith((*starts, f"{row['name']} =")), row
    assert result.files["prefect.yaml"].decode().count("entrypoint: flows.py:") == 8


def test_no_comment_and_no_docstring_is_lost() -> None:
    mirrored, single = convert(LEGACY).files, convert(LEGACY, single=True).files["flows.py"].decode()
    comments = {
        line.strip()
        for path, data in mirrored.items()
        if path.startswith("planalign/") and path.endswith(".py")
        for line in data.decode().splitlines()
        if line.strip().startswith("# ")
    }
    assert [c for c in comments if c not in single] == []
    assert "# Data frames that outlive a run." in single


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, quiet_environment: dict[str, str]) -> dict[str, Path]:
    """The shop, converted in both layouts by the command."""
    folder = tmp_path_factory.mktemp("both")
    project = write(folder / "shop", SHOP)
    for layout in ("mirrored", "single"):
        words = (MIGRATE, "convert", str(project), "--out", str(folder / layout), "--layout", layout)
        done = command(*words, cwd=folder, env=quiet_environment)
        assert done.returncode == 0, done.stderr
        assert ruff(folder / layout) == ""
    return {layout: folder / layout for layout in ("mirrored", "single")}


@pytest.mark.real
def test_what_lies_beside_imports_from_the_one_file(
    both: dict[str, Path], quiet_environment: dict[str, str]
) -> None:
    there = {**quiet_environment, "PYTHONPATH": "."}
    asked = command(sys.executable, "scripts/ask.py", cwd=both["single"], env=there)
    assert asked.stdout == "Price(cents=7, at=None) 2026-01-02\n"


@pytest.mark.real
def test_the_probe_sees_the_same_graph(
    tmp_path: Path, both: dict[str, Path], quiet_environment: dict[str, str]
) -> None:
    dumps = {}
    for layout, folder in both.items():
        flow = "flows:everything" if layout == "single" else "shop.definitions:everything"
        words = ("--root", str(folder), "--flow", flow, "--out", str(tmp_path / "dump.json"))
        command(
            sys.executable,
            handed("prefect_probe", tmp_path),
            *words,
            cwd=tmp_path,
            env=quiet_environment,
        )
        dumps[layout] = json.loads((tmp_path / "dump.json").read_text())
        for asset in dumps[layout]["assets"]:
            asset.pop("place", None)
    assert dumps["single"]["assets"] == dumps["mirrored"]["assets"]
    assert len(dumps["single"]["assets"]) == 3
    assert dumps["single"]["jobs"] == dumps["mirrored"]["jobs"]
    assert dumps["single"]["schedules"] == dumps["mirrored"]["schedules"] != []


SERVED = """
import json, runpy, sys
import prefect

def serve(*deployments, **options):
    rows = [
        [d.name, d.flow_name, [[s.schedule.cron, s.schedule.timezone, s.active] for s in d.schedules or []]]
        for d in deployments
    ]
    print(json.dumps([rows, options]))

prefect.serve = serve
runpy.run_path("flows.py", run_name="__main__")
"""


@pytest.mark.real
def test_the_file_serves_what_prefect_yaml_deploys(
    both: dict[str, Path], quiet_environment: dict[str, str]
) -> None:
    """Everything is real up to the last call, which would not come back."""
    folder = both["single"]
    done = command(sys.executable, "-c", SERVED, cwd=folder, env=quiet_environment)
    rows, options = json.loads(done.stdout)
    assert [(r[0], r[1], r[2]) for r in rows] == [
        ("everything", "everything", []),
        ("everything_schedule", "everything", [["0 6 * * 1", "UTC", False]]),
    ]
    assert options == {}
    deployed = (folder / "prefect.yaml").read_text()
    assert deployed.count("entrypoint: flows.py:everything\n") == 2


REFUSED = {
    "a module as a value": (
        "shop/assets.py",
        "import shop.places\n",
        "import shop.places\n\nkept = [shop.places]\n",
    ),
    "a name of another module is set": ("shop/assets.py", "    seen += 1\n", "    shop.places.total = 4\n"),
    "a condition": (
        "shop/assets.py",
        "from shop.prices import Price\n",
        "try:\n    from shop.prices import Price\nexcept ImportError:\n    Price = None\n",
    ),
    "by its name": (
        "shop/tools.py",
        "import datetime\n",
        "import datetime\nimport importlib\n\nimportlib.import_module('shop.places')\n",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_merged_is_refused_with_its_place(tmp_path: Path, case: str) -> None:
    path, old, new = REFUSED[case]
    project = write(tmp_path, {**SHOP, path: SHOP[path].replace(old, new, 1)})
    with pytest.raises(SourceError, match="cannot become one file") as refused:
        convert(project, single=True)
    assert refused.value.file == str(project / path)
    assert (refused.value.line or 0) > 1
    assert "--layout" in refused.value.remedy
    convert(project)
