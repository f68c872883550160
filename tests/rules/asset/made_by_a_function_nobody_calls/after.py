from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def table(name: str):
    @task
    def _table(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:6: it is made inside a function, and nothing that can be read "
            "calls that function. Call it at the top of a module."
        )
        # return 1

    return _table


@materialize(
    Asset(key="asset://one", properties=AssetProperties(name="one")),
    cache_policy=NO_CACHE,
)
def one() -> int:
    return 1
