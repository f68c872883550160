from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def freshness(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:3: build_last_update_freshness_checks freshness: it is not "
        "converted. Until then nothing tells when these assets are late: make "
        "an automation with a Proactive EventTrigger on "
        "prefect.asset.materialization.succeeded of each key, within the same "
        "time."
    )


def source(*_args: object, **_kwargs: object) -> object:
    """Looks at a file."""
    raise NotImplementedError(
        "code.py:7: @observable_source_asset has no rule. Write it by hand, or "
        "ask for a rule."
    )


class Loader:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:11: Component Loader: a class on top of Component is not "
            "converted. Write it by hand, or ask for a rule."
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
