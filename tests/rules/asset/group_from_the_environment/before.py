import os

import dagster as dg

PREFIX = "wild"


@dg.asset(group_name=os.getenv("GROUP", "birds"))
def ducks() -> int:
    return 1


@dg.asset(group_name=os.environ["GROUP"] + PREFIX, tags={"team": "birds"})
def geese() -> int:
    return 1


defs = dg.Definitions(assets=[ducks, geese])
