from collections.abc import Iterator

from dagster import AssetOut, Definitions, MaterializeResult, Output, asset, define_asset_job, multi_asset


def counted(rows: list[int]) -> MaterializeResult:
    """Say how many rows there are."""
    return MaterializeResult(metadata={"rows": len(rows)})


def doubled(rows: list[int]) -> Output[list[int]]:
    if not rows:
        return Output([])
    return Output([2 * row for row in rows])


@asset
def kept() -> MaterializeResult:
    # one row
    result: MaterializeResult = MaterializeResult(metadata={"rows": 1})
    return result


@asset
def branches(kept) -> MaterializeResult:
    if kept:
        result = MaterializeResult(metadata={"rows": 2})
    elif kept is None:
        raise ValueError("nothing")
    else:
        result = counted([1])
    print("done")
    return result


@asset
def valued() -> Output[int]:
    output = Output(3, metadata={"rows": 3})
    return output


@asset
def early(valued: int):
    if valued > 3:
        result = MaterializeResult(metadata={"rows": 4})
        return result
    return counted([valued])


@asset
def twice(valued: int) -> Output[list[int]]:
    return doubled([valued])


@multi_asset(outs={"left": AssetOut(), "right": AssetOut()})
def both() -> Iterator[Output]:
    for side in (1,):
        first = Output(side, output_name="left", metadata={"side": side})
        yield first
    second = Output(2, output_name="right")
    yield second


everything = define_asset_job("everything")
defs = Definitions(assets=[kept, branches, valued, early, twice, both], jobs=[everything])
