"""What the dbt project is made of, read from its manifest."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
import yaml

from .conftest import ROOT, Simulated

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("reference_dbt")]

VARS = {
    "simulation_year": 2025,
    "start_year": 2025,
    "random_seed": 42,
    "target_growth_rate": 0.03,
    "total_termination_rate": 0.12,
    "new_hire_termination_rate": 0.25,
    "cola_rate": 0.025,
    "merit_budget_pct": 0.035,
    "promotion_increase_pct": 0.12,
    "eligibility_waiting_days": 90,
    "auto_enroll": True,
    "default_deferral_rate": 0.03,
    "match_rate": 0.5,
    "match_cap_pct": 0.06,
}
STAGES = ("staging", "foundation", "hazards", "events", "accounting", "marts", "monitoring")


@pytest.fixture(scope="module")
def manifest(simulated: Simulated) -> dict[str, Any]:
    return simulated.manifest


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> dict[str, Any]:
    return {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}


def test_the_numbers_of_things(manifest: dict[str, Any], models: dict[str, Any]) -> None:
    kinds = Counter(node["resource_type"] for node in manifest["nodes"].values())
    assert (kinds["model"], kinds["seed"], kinds["snapshot"]) == (66, 14, 1)
    assert kinds["test"] >= 130
    assert not manifest["disabled"]
    folders = Counter(model["fqn"][1] for model in models.values())
    assert folders == {"staging": 14, "intermediate": 33, "marts": 13, "monitoring": 6}
    inner = Counter(model["fqn"][2] for model in models.values() if model["fqn"][1] == "intermediate")
    assert inner == {"foundation": 10, "hazards": 3, "events": 6, "accounting": 14}
    singular = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and not node.get("test_metadata")
    ]
    assert len(singular) >= 8


def test_names_say_the_layer(models: dict[str, Any]) -> None:
    prefixes = {
        "staging": "stg_",
        "intermediate": "int_",
        "marts": ("fct_", "dim_"),
        "monitoring": ("mon_", "dq_"),
    }
    assert [name for name, model in models.items() if not name.startswith(prefixes[model["fqn"][1]])] == []


def test_every_model_seed_and_snapshot_is_described(manifest: dict[str, Any]) -> None:
    nodes = [
        node for node in manifest["nodes"].values() if node["resource_type"] in ("model", "seed", "snapshot")
    ]
    assert [node["name"] for node in nodes if not node["description"]] == []
    audit = manifest["nodes"]["model.planalign.fct_workforce_snapshot"]["columns"]["loaded_at"]
    assert "clock" in audit["description"]


def test_every_model_is_tested(manifest: dict[str, Any], models: dict[str, Any]) -> None:
    tested = {
        name
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        for name in node["depends_on"]["nodes"]
    }
    assert [name for name, model in models.items() if model["unique_id"] not in tested] == []


def test_vars_and_their_defaults() -> None:
    assert yaml.safe_load((ROOT / "dbt" / "dbt_project.yml").read_text())["vars"] == VARS


def test_every_var_is_read_by_a_model_that_computes_with_it(
    manifest: dict[str, Any], models: dict[str, Any]
) -> None:
    @cache
    def read_by_macro(name: str) -> frozenset[str]:
        macro = manifest["macros"][name]
        if macro["package_name"] != "planalign":
            return frozenset()
        found = frozenset(re.findall(r"""var\(['"](\w+)""", macro["macro_sql"]))
        return found.union(*(read_by_macro(inner) for inner in macro["depends_on"]["macros"]))

    used: set[str] = set()
    for name, model in models.items():
        if name != "int_simulation_parameters":  # it only writes them down
            used.update(re.findall(r"""(?:var|rate)\(['"](\w+)""", model["raw_code"]))
            used.update(*(read_by_macro(macro) for macro in model["depends_on"]["macros"]))
    assert used == set(VARS)
    assert set(re.findall(r"var\(['\"](\w+)", models["int_simulation_parameters"]["raw_code"])) == set(VARS)


def test_all_but_staging_keep_every_year(models: dict[str, Any]) -> None:
    for name, model in models.items():
        config = model["config"]
        if model["fqn"][1] == "staging":
            assert config["materialized"] == "table", name
        else:
            assert (config["materialized"], config["incremental_strategy"], config["unique_key"]) == (
                "incremental",
                "delete+insert",
                "simulation_year",
            ), name


def test_stages_run_one_after_another(models: dict[str, Any]) -> None:
    stage = {model["unique_id"]: [STAGES.index(tag) for tag in model["tags"]] for model in models.values()}
    assert all(len(tags) == 1 for tags in stage.values())
    backward = [
        (name, parent)
        for name, model in models.items()
        for parent in model["depends_on"]["nodes"]
        if parent in stage and stage[parent] > stage[model["unique_id"]]
    ]
    assert backward == []


def test_one_model_reads_around_the_graph(models: dict[str, Any]) -> None:
    hidden = [name for name, model in models.items() if "get_relation" in model["raw_code"]]
    assert hidden == ["int_active_employees_prev_year"]
    for name, model in models.items():
        assert "information_schema" not in model["raw_code"], name
        assert not re.search(r"\bfrom\s+(\w+\.)*(fct|dim|int|stg)_", model["raw_code"]), name


def test_nothing_random_and_one_clock(manifest: dict[str, Any], models: dict[str, Any]) -> None:
    own = [
        macro["macro_sql"] for macro in manifest["macros"].values() if macro["package_name"] == "planalign"
    ]
    code = {**{name: model["raw_code"] for name, model in models.items()}, "macros": "\n".join(own)}
    forbidden = re.compile(
        r"\b(random|\w*uuid|hash|now|today|setseed|\w*current_date|\w*current_timestamp|run_started_at|invocation_id)\b",
        re.IGNORECASE,
    )
    comment = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
    found = {name: set(forbidden.findall(comment.sub("", text))) for name, text in code.items()}
    assert {name: words for name, words in found.items() if words} == {
        "fct_workforce_snapshot": {"current_timestamp"}
    }


def test_the_source_has_the_asset_key_that_loads_it(manifest: dict[str, Any]) -> None:
    source = manifest["sources"]["source.planalign.raw.census"]
    assert (source["schema"], source["identifier"]) == ("raw", "census")
    meta = {**source.get("meta", {}), **source["config"].get("meta", {})}
    assert meta == {"dagster": {"asset_key": ["raw_census"]}}


def test_no_python_in_the_dbt_folder_and_no_packages() -> None:
    folder = ROOT / "dbt"
    assert list(folder.rglob("*.py")) == []
    assert not (folder / "packages.yml").exists()


def test_the_readme_lists_every_model(models: dict[str, Any]) -> None:
    text = (ROOT / "dbt" / "README.md").read_text()
    assert set(re.findall(r"^\| ((?:stg|int|fct|dim|mon|dq)_\w+)", text, re.MULTILINE)) == set(models)


def test_the_readme_names_columns_that_exist(six_years: Any) -> None:
    text = (ROOT / "dbt" / "README.md").read_text()
    rows = re.findall(r"^\| ((?:int|fct|dim|mon|dq)_\w+) \[[^|]*\| ([^|]*) \|$", text, re.MULTILINE)
    rows += re.findall(r"^\| (stg_\w+) \|[^|]*\| ([^|]*) \|$", text, re.MULTILINE)
    assert len(rows) == 66 - 2  # two event models have no columns of their own
    for table, listed in rows:
        if table == "int_workforce_closing":
            continue
        real = {row[0] for row in six_years.sql(f"describe {table}").fetchall()}
        named = set(re.sub(r"\([^)]*\)", "", listed).replace(" ", "").split(","))
        assert named - real == set(), table
        if not table.endswith("_events") or table == "fct_yearly_events":
            assert real - named <= {"simulation_year", "loaded_at"}, table
