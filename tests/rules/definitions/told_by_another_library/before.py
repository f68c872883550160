from dagster import Definitions, asset
from toolbox import everything_in


@asset
def orders() -> int:
    return 1


KNOWN = {"assets": [orders]}
told = Definitions(**KNOWN)
found = everything_in(globals())
defs = Definitions(**found)
