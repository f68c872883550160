# dagster is only mentioned here
from elsewhere import graph_asset


@graph_asset
def picture(a, b):
    return a, b
