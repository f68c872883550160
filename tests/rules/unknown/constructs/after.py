from prefect import flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.freshness import require_fresh
from prefect_support.observations import observes


@flow(name="freshness")
def freshness() -> None:
    """Whether its assets were made in time."""
    require_fresh(["asset://gold"], within=3)


@task(cache_policy=NO_CACHE)
@observes("asset://source")
def source():
    """Looks at a file."""


class Loader:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:11: Component Loader: a class on top of Component is not "
            "converted. Write in Python what its build_defs returns, and convert "
            "again."
        )


def helper() -> int:
    raise NotImplementedError(
        "code.py:15: dagster.DagsterInstance.get is not converted. Ask "
        "Prefect's API instead: prefect.get_client()."
    )


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    raise RuntimeError("empty")


if __name__ == "__main__":
    raise NotImplementedError(
        "code.py:25: materialize materialize: it is not converted. Call the "
        "flow."
    )
