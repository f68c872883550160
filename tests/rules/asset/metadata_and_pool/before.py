import dagster as dg

COMMON = {"team": "ore"}


@dg.asset(
    metadata={"weight": 3, "docs": dg.MetadataValue.url("https://example.com")},
    code_version="2",
    is_virtual=False,
)
def gold() -> int:
    """Yellow."""
    return 1


@dg.asset(metadata=COMMON, pool="scales", key_prefix="metals")
def silver(context: dg.AssetExecutionContext, gold: int) -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"ounces": gold})


@dg.asset(metadata=None)
def tin() -> None: ...
