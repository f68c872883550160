from dagster import MaterializeResult, MetadataValue, Output, asset


@asset
def gold() -> MaterializeResult:
    rows = 3
    if rows == 0:
        return MaterializeResult()
    return MaterializeResult(metadata={"rows": rows, "path": MetadataValue.path("/safe")})


@asset
def silver() -> Output[int]:
    return Output(2, metadata={"rows": 2})
