import dagster as dg


def version(text: str) -> dg.DataVersion:
    return dg.DataVersion(text)


def each(names: list[str]) -> list[dg.ObserveResult]:
    return [dg.ObserveResult(dg.AssetKey([name]), {"rows": 1}, data_version=version(name)) for name in names]


@dg.multi_observable_source_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def both():
    yield from each(["a", "b"])


@dg.observable_source_asset
def tagged():
    return dg.ObserveResult(tags={"a": "b"})


defs = dg.Definitions(assets=[both, tagged])
