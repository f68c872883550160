import dagster as dg


def build(trial: bool) -> list[dg.AssetsDefinition]:
    prefix = ["trial"] if trial else []

    def key(name: str) -> dg.AssetKey:
        return dg.AssetKey([*prefix, name])

    @dg.asset(key_prefix=prefix)
    def raw() -> None: ...

    @dg.asset(key_prefix=prefix, deps=[dg.AssetDep(key("raw"))])
    def clean() -> None: ...

    return [raw, clean]


real = build(trial=False)
tried = build(trial=True)
defs = dg.Definitions(assets=[*real, *tried])
