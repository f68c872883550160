from typing import Annotated

from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from prefect_support.argument_checks import inst
from prefect_support.io import AssetPath
from prefect_support.partitions import MultiPartitions, partition_of
from prefect_support.time_windows import daily, monthly

LIMITS = {"rows": 5}
days = daily("2024-01-01")
Days = Annotated[str, days]
months = monthly("2024-01-01")
Months = Annotated[str, months]
both = MultiPartitions(
    {"day": days, "region": partition_of(["n", "s"])}
)
Both = Annotated[str, both]


@materialize(
    Asset(key="asset://weights", properties=AssetProperties(name="weights")),
    tags=["group:scales"],
    cache_policy=NO_CACHE,
)
def weights() -> list[str]:
    add_asset_metadata("asset://weights", {"rows": 5, "unit": "kg"})
    # what the decorator says
    rows = 5
    facts = [{"rows": 5, "unit": "kg"}.get("unit")]
    facts += ["scales", task_run.task_name, str(rows)]
    facts += [days.keys[0], days.latest()]
    return facts + [key.to_user_string() for key in {AssetPath(["weights"])}]


@materialize(
    Asset(key="asset://plain", properties=AssetProperties(name="plain")),
    cache_policy=NO_CACHE,
)
def plain() -> int:
    add_asset_metadata("asset://plain", LIMITS)
    return (LIMITS or {})["rows"]
    return 1
    return len(None.get_partition_keys())


@materialize(
    Asset(key="asset://of_both", properties=AssetProperties(name="of_both")),
    cache_policy=NO_CACHE,
)
def of_both() -> str:
    own = inst(both, MultiPartitions)
    ticking = own.dimensions["day"]
    kind = "windows"
    if kind:
        kind += ", short"
    if kind:
        # a comment of the branch
        kind += ", ticking"
    regions = own.dimensions["region"].keys
    return f"{kind} {ticking.keys[0]} {regions}"


@materialize(
    Asset(key="asset://never", properties=AssetProperties(name="never")),
    cache_policy=NO_CACHE,
)
def never(partition_key: str) -> str:
    for part in partition_key.split("-"):
        pass
    if months:
        return "some"
    return "none"


@materialize(
    Asset(key="asset://left", properties=AssetProperties(name="left")),
    Asset(key="asset://right", properties=AssetProperties(name="right")),
    cache_policy=NO_CACHE,
)
def pair() -> None:
    print({AssetPath(["left"]), AssetPath(["right"])}, days.keys)
