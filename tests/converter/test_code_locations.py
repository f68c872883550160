"""Every deployed code location of a tree is found, whoever points at it; what nobody points at is said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.errors import SourceError
from migrate.results import Conversion

IMPORTS_ONE = """from app.assets import one
from dagster import Definitions

defs = Definitions(assets=[one])
"""


def code(name: str) -> str:
    return (
        "from dagster import Definitions, asset\n\n\n"
        f"@asset\ndef {name}() -> int:\n    return 1\n\n\n"
        f"@asset\ndef {name}_unused() -> int:\n    return 1\n\n\n"
        f"defs = Definitions(assets=[{name}])\n"
    )


def write(root: Path, files: dict[str, str]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content)
    return root


def deployed(result: Conversion) -> set[str]:
    rows = as_json(result)["constructs"]
    return {r["name"] for r in rows if r["disposition"] != "undeployed" and r["kind"] == "asset"}


POINTERS = {
    "workspace, a module": ("workspace.yaml", "load_from:\n  - python_module: first\n"),
    "workspace, a module with a folder": (
        "workspace.yaml",
        "load_from:\n  - python_module:\n      module_name: first\n      working_directory: .\n",
    ),
    "workspace, a file": ("workspace.yaml", "load_from:\n  - python_file: first.py\n"),
    "workspace, a file with a path": (
        "deploy/workspace.yaml",
        "load_from:\n  - python_file: {relative_path: ../first.py}\n",
    ),
    "workspace, a server beside it": (
        "workspace.yaml",
        "load_from:\n  - grpc_server: {host: 127.0.0.1, port: 4000}\n  - python_package: first\n",
    ),
    "Dagster+": (
        "dagster_cloud.yaml",
        "locations:\n  - location_name: one\n    code_source: {package_name: first}\n",
    ),
    "pyproject, dagster": ("pyproject.toml", '[tool.dagster]\nmodule_name = "first"\n'),
    "pyproject, several": ("pyproject.toml", '[[tool.dagster.modules]]\ntype = "module"\nname = "first"\n'),
    "pyproject, dg": ("pyproject.toml", '[tool.dg.project]\ncode_location_target_module = "first"\n'),
    "dg.toml": ("dg.toml", '[project]\ncode_location_target_module = "first"\n'),
}


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_pointer_says_what_is_deployed(tmp_path: Path, pointer: str) -> None:
    path, content = POINTERS[pointer]
    root = write(tmp_path, {"first.py": code("one"), "second.py": code("two"), path: content})
    result = convert(root)
    assert deployed(result) == {"one"}
    assert [where["file"] for where in result.locations] == ["first.py"]
    assert result.locations[0]["told_by"] == path


def test_without_a_pointer_every_definitions_is_taken_and_named(tmp_path: Path) -> None:
    root = write(tmp_path, {"first.py": code("one"), "second.py": code("two")})
    result = convert(root)
    assert deployed(result) == {"one", "two"}
    assert result.locations == [
        {"name": "first", "file": "first.py", "told_by": ""},
        {"name": "second", "file": "second.py", "told_by": ""},
    ]


def test_a_module_that_is_named_narrows(tmp_path: Path) -> None:
    root = write(tmp_path, {"first.py": code("one"), "second.py": code("two")})
    assert deployed(convert(root, modules=["second"])) == {"two"}


def test_a_named_module_that_is_not_there_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, {"first.py": code("one")})
    with pytest.raises(SourceError, match="third"):
        convert(root, modules=["third"])


def test_projects_side_by_side_keep_to_themselves(tmp_path: Path) -> None:
    """The same module name, the same asset name and a resource of the same key in both."""
    files = {}
    for name in ("a", "b"):
        files[f"{name}/pyproject.toml"] = '[tool.dg.project]\nroot_module = "app"\n'
        files[f"{name}/src/app/__init__.py"] = ""
        files[f"{name}/src/app/definitions.py"] = IMPORTS_ONE
        files[f"{name}/src/app/assets.py"] = (
            f"from dagster import asset\n\n\n@asset\ndef one() -> str:\n    return '{name}'\n"
        )
    result = convert(write(tmp_path, files))
    assert result.summary == {"converted": 4}
    for name in ("a", "b"):
        assert f"return '{name}'".encode() in result.files[f"{name}/src/app/assets.py"]
        assert f"{name}/prefect.yaml" in result.files


def test_projects_that_import_each_other_are_read_together(tmp_path: Path) -> None:
    files = {
        "core/pyproject.toml": "",
        "core/core/__init__.py": "",
        "core/core/assets.py": "from dagster import asset\n\n\n@asset\ndef one() -> int:\n    return 1\n",
        "app/pyproject.toml": '[tool.dagster]\nmodule_name = "app.definitions"\n',
        "app/app/__init__.py": "",
        "app/app/definitions.py": (IMPORTS_ONE.replace("app.", "core.")),
    }
    assert deployed(convert(write(tmp_path, files))) == {"one"}


def test_a_package_that_passes_its_definitions_on(tmp_path: Path) -> None:
    files = {
        "dagster_cloud.yaml": "locations:\n  - code_source: {package_name: app}\n",
        "app/__init__.py": "from app.definitions import defs as defs\n",
        "app/definitions.py": code("one"),
        "app/other.py": code("two"),
    }
    assert deployed(convert(write(tmp_path, files))) == {"one"}


def test_a_folder_without_init_is_imported_by_its_name(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": '[tool.dagster]\nmodule_name = "app.definitions"\n',
        "app/definitions.py": (IMPORTS_ONE),
        "app/assets.py": "from dagster import asset\n\n\n@asset\ndef one() -> int:\n    return 1\n",
    }
    assert deployed(convert(write(tmp_path, files))) == {"one"}


def test_a_pointer_to_code_that_is_elsewhere_is_told(tmp_path: Path) -> None:
    pointer = "load_from:\n  - python_module: first\n  - python_module: gone.away\n"
    result = convert(write(tmp_path, {"first.py": code("one"), "workspace.yaml": pointer}))
    assert any("gone.away" in note["note"] for note in result.notes)


def test_what_only_running_would_tell_counts_as_deployed(tmp_path: Path) -> None:
    held = "defs = Definitions(assets=[one], jobs=[*find_jobs()])\n"
    job = "\n\n@op\ndef work() -> None: ...\n\n\n@job\ndef nightly() -> None:\n    work()\n\n\n"
    find = "def find_jobs():\n    return [j for j in globals().values()]\n\n\n"
    source = (
        code("one")
        .split("defs =")[0]
        .replace("import Definitions, asset", "import Definitions, asset, job, op")
    )
    rows = as_json(convert(write(tmp_path, {"first.py": source + job + find + held})))["constructs"]
    assert {r["name"]: r["disposition"] for r in rows if r["kind"] in ("job", "op")} == {
        "nightly": "converted",
        "work": "converted",
    }


def test_a_folder_without_init_beside_a_package_of_the_same_name_further_down(tmp_path: Path) -> None:
    """`ops` is a folder of `src`; a package `ops` in one job's folder does not hide it from other jobs."""
    op = "from dagster import op\n\n\n@op\ndef load() -> int:\n    return 1\n"
    job = "from dagster import job\n\nfrom ops.files import load\n\n\n@job\ndef nightly():\n    load()\n"
    files = {
        "workspace.yaml": "load_from:\n  - python_file:\n      relative_path: src/jobs/nightly.py\n"
        "      working_directory: src\n",
        "src/ops/files.py": op,
        "src/jobs/nightly.py": job + "\n\ndefs = Definitions(jobs=[nightly])\n",
        "src/jobs/drivers/ops/__init__.py": op,
    }
    files["src/jobs/nightly.py"] = files["src/jobs/nightly.py"].replace(
        "import job", "import Definitions, job"
    )
    result = convert(write(tmp_path, files))
    assert result.summary == {"converted": 3, "undeployed": 1}
    assert b"load.submit()" in result.files["src/jobs/nightly.py"]


def test_assets_of_a_file_that_no_import_statement_can_name(tmp_path: Path) -> None:
    """Dagster loads such a file of a package all the same."""
    loads = "import app\nfrom dagster import Definitions, load_assets_from_package_module\n\n"
    files = {
        "app/__init__.py": "",
        "app/noaa-gfs.py": "from dagster import asset\n\n\n@asset\ndef two() -> int:\n    return 2\n",
        "one.py": loads + "defs = Definitions(assets=load_assets_from_package_module(app))\n",
    }
    flow = convert(write(tmp_path, files)).files["materialize.py"].decode()
    assert 'import_module("app.noaa-gfs").two.submit()' in flow
    compile(flow, "materialize.py", "exec")


def test_resources_of_a_package_that_no_import_statement_can_name(tmp_path: Path) -> None:
    """What they were given is a variable of that package: it is asked of the module, by its name's text."""
    files = {
        "my-app/__init__.py": "",
        "my-app/kept.py": "import os\n\nfrom dagster_duckdb import DuckDBResource\n\n"
        'place = os.getenv("PLACE")\nLOCAL = {"db": DuckDBResource(database=place)}\n',
        "my-app/one.py": "from dagster import Definitions, asset\n"
        "from dagster_duckdb import DuckDBResource\n\nfrom .kept import LOCAL\n\n\n"
        "@asset\ndef two(db: DuckDBResource) -> None: ...\n\n\n"
        "defs = Definitions(assets=[two], resources=LOCAL)\n",
    }
    result = convert(write(tmp_path, files))
    assert not [e for e in result.entries if type(e.outcome).__name__ == "Manual"]
    assert result.errors == []
    python = {path: text.decode() for path, text in result.files.items() if path.endswith(".py")}
    assert any('import_module("my-app.kept").place' in text for text in python.values())
    for path, text in python.items():
        compile(text, path, "exec")


def test_a_tree_that_is_a_package_itself(tmp_path: Path) -> None:
    files = {"__init__.py": "", "app.py": code("one")}
    assert deployed(convert(write(tmp_path, files))) == {"one"}


def test_projects_with_packaging_of_their_own_inside_packages(tmp_path: Path) -> None:
    """Folders above hold an `__init__` nobody imports; a shared library stands beside, and what it left."""
    marks = ("all/__init__.py", "all/one/__init__.py", "all/one/one/__init__.py", "src/shared/__init__.py")
    uses = (
        "from dagster import asset\nfrom shared.clients import Client\n\n\n"
        "@asset\ndef taken(client: Client) -> int:\n    return client.number\n"
    )
    told = '[tool.dagster]\nmodule_name = "one.d"\n'
    client = "import dagster as dg\n\n\nclass Client(dg.ConfigurableResource):\n    number: int = 1\n"
    defs = (
        "from dagster import Definitions\nfrom one.assets import taken\nfrom shared.clients import Client\n\n"
        'defs = Definitions(assets=[taken], resources={"client": Client()})\n'
    )
    root = write(
        tmp_path,
        {
            **dict.fromkeys(marks, '"""A mark."""\n'),
            "pyproject.toml": "",
            "all/one/pyproject.toml": told,
            "all/one/one/assets.py": uses,
            "all/one/one/d.py": defs,
            "lib/pyproject.toml": "",
            "lib/src/shared/__init__.py": "",
            "lib/src/shared/clients.py": client,
        },
    )
    result = convert(root)
    rows = {r["name"]: r["disposition"] for r in as_json(result)["constructs"]}
    assert rows == {"taken": "converted", "Client": "converted", "defs": "converted"}


def test_assets_that_a_module_only_imports_are_loaded_with_it(tmp_path: Path) -> None:
    """By name and by star, also through a module that does not mention Dagster."""
    files = {
        "app/__init__.py": "",
        "app/assets/__init__.py": "from app.assets.raw import one\n\nfrom .more import *\n",
        "app/assets/raw.py": code("one"),
        "app/assets/more.py": code("two").replace("defs =", "_ ="),
        "app/definitions.py": (
            "from dagster import Definitions, load_assets_from_modules\n\nfrom app import assets\n\n"
            "defs = Definitions(assets=load_assets_from_modules([assets]))\n"
        ),
        "pyproject.toml": '[tool.dagster]\nmodule_name = "app.definitions"\n',
    }
    assert deployed(convert(write(tmp_path, files))) == {"one", "two", "two_unused"}


def test_a_package_that_only_the_settings_name_may_lack_its_init(tmp_path: Path) -> None:
    """Modules of one name in its folders are modules of their own."""
    relative = "from dagster import Definitions\n\nfrom .{0}.definitions import {0}\n\n"
    files = {
        "pyproject.toml": '[tool.dagster]\nmodule_name = "app.definitions"\n',
        "app/config/__init__.py": "",
        "app/sales/definitions.py": code("sales"),
        "app/stock/definitions.py": code("stock"),
        "app/definitions.py": relative.format("sales") + "defs = Definitions(assets=[sales])\n",
    }
    assert deployed(convert(write(tmp_path, files))) == {"sales"}


def test_nobody_imports_definitions_that_are_gone(tmp_path: Path) -> None:
    """A package passes them on, in a file that does not mention Dagster, and one above passes that on."""
    files = {
        "app/__init__.py": "from .inner import defs as defs\n\n__all__ = ['defs']\n",
        "app/inner/__init__.py": '"""The shop."""\n\nfrom app.inner.code import defs, shop_unused, shop\n\n'
        "__all__ = [\n    'shop',\n    'defs',\n]\n",
        "app/inner/code.py": code("shop"),
        "pyproject.toml": '[tool.dagster]\nmodule_name = "app"\n',
    }
    result = convert(write(tmp_path, files))
    assert not result.files["app/__init__.py"].strip()
    assert b"defs" not in result.files["app/inner/__init__.py"]
    assert result.files["app/inner/__init__.py"].endswith(b"__all__ = [\n    'shop',\n]\n")
    assert deployed(result) == {"shop"}


def test_a_package_that_is_called_src(tmp_path: Path) -> None:
    from migrate.reading.source import module_name

    for name in (
        "app/pyproject.toml",
        "app/src/__init__.py",
        "app/src/jobs/__init__.py",
        "app/src/jobs/one.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert module_name(tmp_path, "app/src/jobs/one.py") == ("src.jobs.one", False)


SAME_PACKAGES = {
    "sales/code/app/__init__.py": "",
    "sales/code/app/definitions.py": code("orders"),
    "stock/code/app/__init__.py": "",
    "stock/code/app/definitions.py": code("parcels"),
}


def pointer(folder: str) -> dict[str, str]:
    return {f"{folder}/workspace.yaml": "load_from:\n  - python_file: code/app/definitions.py\n"}


def test_packages_of_one_name_in_several_folders_are_projects_of_their_own(tmp_path: Path) -> None:
    root = write(tmp_path / "two", {**SAME_PACKAGES, **pointer("sales"), **pointer("stock")})
    result = convert(root)
    assert deployed(result) == {"orders", "parcels"}
    assert {path for path in result.files if path.endswith("definitions.py")} == {
        "sales/code/app/definitions.py",
        "stock/code/app/definitions.py",
    }


def test_definitions_in_packages_of_one_name_are_enough_where_no_settings_name_one(tmp_path: Path) -> None:
    assert deployed(convert(write(tmp_path / "two", SAME_PACKAGES))) == {"orders", "parcels"}


def test_a_package_of_the_same_name_that_no_settings_name_is_not_deployed(tmp_path: Path) -> None:
    assert deployed(convert(write(tmp_path / "two", {**SAME_PACKAGES, **pointer("sales")}))) == {"orders"}
