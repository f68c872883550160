import os

from dagster import AssetOut, multi_asset


@multi_asset(outs={os.environ["METAL"]: AssetOut()})
def metals():
    return 1
