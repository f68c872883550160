from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def build(name: str):

    @materialize(
        Asset(
            key=f"asset://metal_{name}", properties=AssetProperties(name=f"metal_{name}")
        ),
        name=f"metal_{name}",
        tags=["group:metals"],
        cache_policy=NO_CACHE,
    )
    def metal() -> str:
        return name

    return metal


metals = [build(name) for name in ("gold", "silver")]
