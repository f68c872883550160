from collections.abc import Iterator

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetSpec,
    ConfigurableResource,
    Definitions,
    MetadataValue,
    ObserveResult,
    multi_observable_source_asset,
)

KEYS = {name: AssetKey(["stripe", name]) for name in ("charges", "coupons")}
specs = [AssetSpec(key=KEYS[name], description=f"Stripe {name}") for name in KEYS]


class Account(ConfigurableResource):
    name: str = "main"


@multi_observable_source_asset(specs=specs, can_subset=True, group_name="stripe")
def tables(context: AssetExecutionContext, account: Account) -> Iterator[ObserveResult]:
    """What Stripe has."""
    for name, key in KEYS.items():
        yield ObserveResult(asset_key=key, metadata={"seen": MetadataValue.text(f"{account.name} {name}")})


defs = Definitions(assets=[tables], resources={"account": Account()})
