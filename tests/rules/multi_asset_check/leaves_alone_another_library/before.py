# dagster is only mentioned here
from elsewhere import multi_asset_check


@multi_asset_check(specs=[])
def ducks():
    pass
