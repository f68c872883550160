"""Code locations that share a module give resources of one name differently: each flow gets its own."""

from dagster import (
    ConfigurableResource,
    Definitions,
    FilesystemIOManager,
    asset,
    define_asset_job,
    job,
    op,
    sensor,
)


class Store(ConfigurableResource):
    name: str


class Shelf(ConfigurableResource):
    store: Store
    height: int = 1


@asset
def north(store: Store, shelf: Shelf) -> str:
    return f"{store.name} {shelf.store.name} {shelf.height}"


@asset
def south(store: Store, shelf: Shelf) -> str:
    return f"{store.name} {shelf.store.name} {shelf.height}"


@asset
def loose_north(store: Store) -> str:
    return store.name


@asset
def loose_south(store: Store) -> str:
    return store.name


@asset
def of_both(store: Store) -> str:
    return store.name


@op
def look(store: Store, shelf: Shelf) -> str:
    return f"{store.name} {shelf.height}"


@job
def looks() -> None:
    look()


@job
def looks_south() -> None:
    look()


@sensor(job=looks)
def asks(store: Store) -> None:
    print(store.name)


north_job = define_asset_job("north_job", selection=["north"])
south_job = define_asset_job("south_job", selection=["south"])
north_store = Store(name="n")
south_store = Store(name="s")
defs = Definitions(
    assets=[north, loose_north, of_both],
    jobs=[north_job, looks],
    sensors=[asks],
    resources={"store": north_store, "shelf": Shelf(store=north_store, height=2)},
)
others = Definitions(
    assets=[south, loose_south, of_both],
    jobs=[south_job, looks_south],
    resources={
        "store": south_store,
        "shelf": Shelf(store=south_store),
        "io_manager": FilesystemIOManager(base_dir="south"),
    },
)
