from typing import Any

import dlt
from dlt.extract.resource import DltResource

from prefect_support.dlt_sources import (
    DltRunner,
    ResourceData,
    ResourceNames,
    dlt_source,
)


@dlt.source
def shop():
    @dlt.resource
    def orders():
        yield {"id": 1}

    yield orders


class Keys(ResourceNames):
    def get_asset_key(self, resource: DltResource) -> Any:
        return f"asset://dlt/{resource.source_name}/{resource.name}"


class Specs(ResourceNames):
    def get_asset_spec(self, data: ResourceData) -> Any:
        spec = super().get_asset_spec(data)
        return spec.replace_attributes(key=spec.key.with_prefix("raw"), deps=["asset://source"], group_name="raw")


PIPELINE = dlt.pipeline("shop", destination="duckdb")


@dlt_source(shop(), PIPELINE, names=Keys())
def one(dlt: DltRunner) -> None:
    dlt.run()


@dlt_source(shop(), PIPELINE, names=Specs())
def two(dlt: DltRunner) -> None:
    dlt.run()


def dlt_resource() -> DltRunner:
    return DltRunner()
