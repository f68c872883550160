"""pyproject.toml of the target: Dagster's packages make way for Prefect, and it stays TOML."""

import tomllib

from migrate.target_files import settings

POETRY = b"""\
[tool.poetry.dependencies]
dagster = "^1.6"
pandas = "<3.0"

[tool.poetry.group.jobs.dependencies]
dagster-k8s = {version = "^0.22", extras = ["a"]}

[tool.uv.sources]
dagster = {path = "vendor"}
"""


def test_dependencies_by_name() -> None:
    told = tomllib.loads(settings(POETRY).decode())["tool"]
    assert told["poetry"]["dependencies"] == {"prefect": ">=3.4", "pandas": "<3.0"}
    assert told["poetry"]["group"]["jobs"]["dependencies"] == {}
    assert told["uv"]["sources"] == {"dagster": {"path": "vendor"}}


def test_dependencies_in_a_list() -> None:
    listed = b'[project]\ndependencies = [\n    "dagster>=1.9",\n    "dagster-dbt",\n    "pandas",\n]\n'
    told = tomllib.loads(settings(listed).decode())
    assert told["project"]["dependencies"] == ["prefect>=3.4", "pandas"]


def test_a_list_in_one_line_and_one_of_other_things() -> None:
    listed = (
        b'[project]\nkeywords = [\n    "dagster",\n    "shop",\n]\n'
        b'dependencies = ["dagster[x]>=1.9", "pandas"]\n'
        b"[dependency-groups]\ndev = ['dagster-webserver', 'pytest']\n"
        b'[[tool.mypy.overrides]]\nmodule = [\n    "dagster.*",\n    "dlt.*",\n]\n'
    )
    told = tomllib.loads(settings(listed).decode())
    assert told["project"]["keywords"] == ["dagster", "shop"]
    assert told["project"]["dependencies"] == ["prefect>=3.4", "pandas"]
    assert told["dependency-groups"]["dev"] == ["pytest"]
    assert told["tool"]["mypy"]["overrides"][0]["module"] == ["dagster.*", "dlt.*"]
