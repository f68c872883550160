import dagster as dg


class Store(dg.ConfigurableResource):
    path: str


@dg.asset
def raw(store: Store) -> None:
    print(store.path)


assets = dg.Definitions(assets=[raw])
resources = dg.Definitions(resources={"store": Store(path="a"), "spare": Store(path="b")})
defs = dg.Definitions.merge(assets, resources)
