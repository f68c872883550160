"""A part of a dbt step: dbt is told what Dagster tells it, and runs what Dagster's job runs."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

FILES = {
    "models/stg_orders/inner.sql": "{{ config(tags=['slow']) }} select * from {{ ref('products') }}",
    "models/stg_orders/inner.yml": """
version: 2
models:
  - name: inner
    columns:
      - name: product
        data_tests:
          - not_null
          - relationships: {to: ref('products'), field: product}
  - name: discontinued
    columns:
      - name: product
        data_tests:
          - relationships: {to: ref('products'), field: product}
""",
    "tests/two_parents.sql": "select 1 from {{ ref('fct_sales') }}, {{ ref('products') }} where false",
}
Case = dict[str, Any]
TEXT = "build_dbt_asset_selection"
CASES: dict[str, Case] = {
    "all of it": {},
    "by keys": {"keys": ["stg_orders", "discontinued"]},
    "by keys without tests": {"keys": ["stg_orders", "inner"], "tests": False},
    "by keys that have no tests, without tests": {"keys": ["products"], "tests": False},
    "by a tag": {"select": "tag:slow"},
    "by a name that is a folder's, too": {"keys": ["stg_orders"]},
    "what is around": {"select": "+discontinued"},
    "less what has a tag": {"select": "+fct_sales inner", "exclude": "tag:slow"},
    "without tests": {"select": "+fct_sales", "exclude": "resource_type:test"},
    "one without a test": {"select": "inner discontinued", "exclude": "not_null_inner_product"},
}
STEPS: list[tuple[str, str]] = [
    ("fqn:*", ""),
    ("+discontinued stg_orders inner", ""),
    ("fqn:*", "fct_sales"),
    ("fqn:*", "resource_type:test"),
]


@pytest.fixture(scope="module")
def manifest(
    parsed_dbt: Path, parse_dbt: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("subsets") / "dbt"
    shutil.copytree(parsed_dbt, folder)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    parse_dbt(folder)
    return folder / "target" / "manifest.json"


def told_by_dagster(manifest: Path, step: tuple[str, str], case: Case) -> dict[str, list[str]]:
    """What Dagster gives dbt when a job takes the part: asked in the running step."""
    import json

    from dagster import AssetExecutionContext, AssetSelection, Definitions, define_asset_job
    from dagster_dbt import build_dbt_asset_selection, dbt_assets
    from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context as params_for
    from dagster_dbt.dagster_dbt_translator import DagsterDbtTranslator

    told = []

    @dbt_assets(manifest=manifest, select=step[0], exclude=step[1])
    def models(context: AssetExecutionContext) -> Iterator[Any]:
        params = params_for(context, json.loads(manifest.read_text()), DagsterDbtTranslator())
        told.append([*params.selection_args, params.indirect_selection])
        yield from ()

    if "keys" in case:
        chosen: Any = AssetSelection.assets(*case["keys"])
        chosen = chosen if case.get("tests", True) else chosen.without_checks()
    elif case:
        chosen = build_dbt_asset_selection([models], case["select"], case.get("exclude"))
    else:
        chosen = AssetSelection.all()
    job = define_asset_job("part", chosen)
    Definitions([models], jobs=[job]).resolve_job_def("part").execute_in_process()
    return as_options(told[0][:-1], told[0][-1])


def as_options(args: list[str], indirect: str | None = None) -> dict[str, list[str]]:
    found = {name: sorted(text.split()) for name, text in zip(args[::2], args[1::2], strict=True)}
    found = {name: words for name, words in found.items() if words not in ([], ["fqn:*"])}
    return found | ({"--indirect-selection": [indirect]} if indirect else {})


@pytest.mark.parametrize("step", STEPS, ids=["all", "some", "less", "untested"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_dbt_is_told_what_dagster_tells_it(manifest: Path, step: tuple[str, str], case: Case) -> None:
    from prefect_support.dbt_models import dbt_models
    from prefect_support.dbt_selection import with_selection

    told = []

    @dbt_models(manifest, select=step[0], exclude=step[1])
    def models() -> None:
        told.append(with_selection(["build"])[1:])

    try:
        expected: Any = told_by_dagster(manifest, step, case)
    except Exception as error:
        expected = type(error)
    try:
        part = models.part(**case) if case else models
        with pytest.raises(RuntimeError, match="made no dbt call"):
            part.fn()
        got: Any = as_options(told[0])
    except (KeyError, ValueError) as error:
        got = type(error)
    assert got == expected
