import os

import dagster as dg


def untold(name: str):
    common = {"name": os.environ["PREFIX"] + name, "group_name": "raw"}
    print(common["name"])

    @dg.asset(**common)
    def _untold() -> int:
        return len(name)

    return _untold


def made(name: str):
    common = {"name": f"raw_{name}", "group_name": "raw"}
    print(common["name"])

    @dg.asset(**common)
    def _made() -> int:
        return len(name)

    return _made


unknown = [untold(name) for name in os.listdir(".")]
orders = made("orders")
refunds = made("refunds")
defs = dg.Definitions(assets=[*unknown, untold("one"), orders, refunds])
