"""Lists that a module fills step by step are read as Dagster loads them, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

HEAD = """
import os

import dagster as dg


@dg.asset
def a():
    return 1


@dg.asset
def b():
    return 1


def make(name):
    @dg.asset(name=name)
    def made():
        return 1

    return made

"""
TOLD = {
    "append": "found = [a]\nfound.append(b)",
    "extend": "found = []\nfound.extend([a, b])",
    "added": "found = [a]\nfound += (b,)",
    "loop": "found = []\nfor one in (a, b):\n    if one is not b:\n        continue\n    found.append(one)",
    "loop over numbers": "found = []\nfor x in range(3):\n    if x == 1:\n        found.append(a)",
    "dictionary": 'kept = {"a": a}\nkept["b"] = b\nfound = list(kept.values())',
    "update": 'kept = {"a": a}\nkept.update({"b": b})\nfound = list(kept.values())',
    "factory": 'found = []\nfor name in ("x", "y"):\n    found.append(make(name))',
    "branch": "WANTED = 2\nif WANTED > 1:\n    found = [a]\nelse:\n    found = [b]",
    "other branch": "WANTED = 2\nif WANTED < 1:\n    found = [a]\nelse:\n    found = [b]",
    "import that works": "try:\n    import json\n\n    found = [a]\nexcept ImportError:\n    found = [b]",
    "break": "found = []\nfor one in (a, b):\n    found.append(one)\n    break\nelse:\n    found.append(b)",
    "else": "found = []\nfor one in (a,):\n    found.append(one)\nelse:\n    found.append(b)",
    "function": "def gather():\n    own = []\n    own += [a]\n    own.append(b)\n"
    "    return own\n\nfound = gather()",
}
UNTOLD = {
    "globals": "found = []\nfor value in list(globals().values()):\n"
    "    if isinstance(value, dg.AssetsDefinition):\n        found.append(value)",
    "inserted": "found = [a]\nfound.insert(0, b)",
    "of the environment": 'if os.getenv("LIVE"):\n    found = [a]\nelse:\n    found = [b]',
    "while": "found = []\nwhile len(found) < 1:\n    found.append(a)",
    "function": "def gather():\n    own = [a]\n    own.insert(0, b)\n    return own\n\nfound = gather()",
}


def dispositions(tmp_path: Path, statements: str) -> dict[str, str]:
    (tmp_path / "code.py").write_text(HEAD + statements + "\n\ndefs = dg.Definitions(assets=found)\n")
    constructs = as_json(convert(tmp_path))["constructs"]
    return {c["name"]: c["disposition"] for c in constructs if c["kind"] == "asset"}


@pytest.mark.real
@pytest.mark.parametrize("case", [c for c in TOLD if c != "factory"])
def test_what_is_deployed_is_what_dagster_loads(case: str, tmp_path: Path) -> None:
    import dagster as dg

    scope: dict[str, object] = {}
    exec(HEAD + TOLD[case], scope)
    found = scope["found"]
    assert isinstance(found, list)
    loaded = {key.path[-1] for key in dg.Definitions(assets=found).resolve_all_asset_keys()}
    told = dispositions(tmp_path, TOLD[case])
    assert {name for name, how in told.items() if how == "converted"} == loaded & {"a", "b"}
    assert {name for name, how in told.items() if how == "undeployed"} == {"a", "b", "made"} - loaded


def test_a_factory_called_in_a_loop_is_deployed(tmp_path: Path) -> None:
    assert dispositions(tmp_path, TOLD["factory"])["made"] != "undeployed"


@pytest.mark.parametrize("case", UNTOLD)
def test_nothing_is_called_undeployed_where_the_list_cannot_be_told(case: str, tmp_path: Path) -> None:
    told = dispositions(tmp_path, UNTOLD[case])
    assert (told["a"], told["b"]) == ("converted", "converted")


STORES = """
import os

from dagster_duckdb import DuckDBResource

if os.getenv("LIVE"):
    store = DuckDBResource(database="live.duckdb")
else:
    store = DuckDBResource(database="test.duckdb")
"""
USED = """
from stores import store


@dg.asset(required_resource_keys={"store"})
def c(context):
    with context.resources.store.get_connection() as connection:
        connection.execute("select 1")


defs = dg.Definitions(assets=[c], resources={"store": store})
"""


def test_a_resource_of_a_branch_stays_deployed(tmp_path: Path) -> None:
    """The target keeps both branches: which of them counts is told when it runs."""
    (tmp_path / "stores.py").write_text(STORES)
    (tmp_path / "code.py").write_text(HEAD + USED)
    found = [c for c in as_json(convert(tmp_path))["constructs"] if c["kind"] == "DuckDBResource"]
    assert [c["line"] for c in found if c["disposition"] != "undeployed"] == [9]


def test_a_job_over_what_the_environment_chooses_is_refused(tmp_path: Path) -> None:
    code = UNTOLD["of the environment"] + '\njob = dg.define_asset_job("job", selection=found)\n'
    (tmp_path / "code.py").write_text(HEAD + code + "defs = dg.Definitions(assets=[a, b], jobs=[job])\n")
    (job,) = (c for c in as_json(convert(tmp_path))["constructs"] if c["kind"] == "define_asset_job")
    assert job["disposition"] == "manual"
