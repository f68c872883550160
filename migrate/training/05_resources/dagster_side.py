"""A till that is opened for a run and closed after it, in Dagster. `python dagster_side.py` runs it."""

import json
import os

import dagster as dg

DIARY: list[str] = []


class Till(dg.ConfigurableResource):
    shop: str
    currency: str = "EUR"

    # Dagster calls these around each step that asks for the resource, whether it succeeds or fails.
    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        DIARY.append(f"open {self.shop}")

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        DIARY.append("close")

    def sell(self, price: int) -> None:
        if price <= 0:
            raise ValueError(f"nothing costs {price}")
        DIARY.append(f"{price} {self.currency}")


@dg.asset
def sale(till: Till) -> None:
    till.sell(int(os.environ["PRICE"]))


# EnvVar is read when the run starts, not when the code loads.
resources = {"till": Till(shop=dg.EnvVar("SHOP"))}
defs = dg.Definitions(assets=[sale], resources=resources)


def outcome(shop: str, price: int) -> dict:
    DIARY.clear()
    os.environ.update(SHOP=shop, PRICE=str(price))
    result = dg.materialize([sale], resources=resources, raise_on_error=False)
    return {"success": result.success, "diary": list(DIARY)}


if __name__ == "__main__":
    cases = {"sold": ("Corner", 12), "refused": ("Station", 0)}
    print(json.dumps({name: outcome(*case) for name, case in cases.items()}))
