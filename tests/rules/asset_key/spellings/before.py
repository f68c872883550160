import dagster as dg


def key_of(name: str, parts: list[str]):
    return [
        dg.AssetKey("gold"),
        dg.AssetKey(["metals", "gold"]),
        dg.AssetKey(f"metal_{name}"),
        dg.AssetKey(["metals", name]),
        dg.AssetKey(name),
    ]
