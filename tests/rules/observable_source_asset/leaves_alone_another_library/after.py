# dagster is only mentioned here
from elsewhere import observable_source_asset


@observable_source_asset
def charges():
    return 1
