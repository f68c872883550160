from pathlib import Path

from dagster import AssetExecutionContext, Definitions
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets

plain = DagsterDbtTranslator(
    settings=DagsterDbtTranslatorSettings(enable_asset_checks=False, enable_code_references=True)
)


class Own(DagsterDbtTranslator):
    def __init__(self, settings: DagsterDbtTranslatorSettings):
        super().__init__(settings=settings)


@dbt_assets(manifest=Path("a.json"), dagster_dbt_translator=plain)
def models(context: AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(
    manifest=Path("b.json"),
    dagster_dbt_translator=Own(
        settings=DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True)
    ),
)
def others(context: AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


defs = Definitions(assets=[models, others], resources={"dbt": DbtCliResource(project_dir="dbt")})
