import os

import dagster as dg


@dg.multi_observable_source_asset(specs=[dg.AssetSpec(os.environ["KEY"])])
def tables():
    yield dg.ObserveResult(asset_key="a")
