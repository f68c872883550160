from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


def late(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:9: build_time_partition_freshness_checks late: it is not "
        "converted. Until then nothing tells when these assets are late: make "
        "an automation with a Proactive EventTrigger on "
        "prefect.asset.materialization.succeeded of each key, within the same "
        "time."
    )


def columns(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:10: build_column_schema_change_checks columns: it is not "
        "converted. Compare the columns with those of the last run in a "
        "@validation of each asset: Prefect keeps the events, and no history to "
        "ask a check for."
    )


def bounds(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:11: build_metadata_bounds_checks bounds: it is not converted. "
        "Compare the value with its bounds in a @validation of each asset: "
        "Prefect keeps the events, and no history to ask a check for."
    )
