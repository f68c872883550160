from pathlib import Path

from dagster_dbt import DbtCliResource, dbt_assets


class Component:
    manifest: Path

    def build(self):
        @dbt_assets(manifest=self.manifest)
        def models(context, dbt: DbtCliResource):
            yield from dbt.cli(["build"], context=context).stream()

        return models
