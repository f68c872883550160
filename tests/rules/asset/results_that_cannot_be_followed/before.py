from dagster import Definitions, MaterializeResult, asset, define_asset_job


def counted(rows):
    return MaterializeResult(metadata={"rows": len(rows)})


print(counted([1]))


@asset
def made_twice(flag: bool) -> MaterializeResult:
    result = MaterializeResult(metadata={"first": 1})
    if flag:
        result = MaterializeResult(metadata={"second": 2})
    return result


@asset
def forgotten() -> MaterializeResult:
    result = MaterializeResult(metadata={"rows": 1})
    if result:
        return MaterializeResult()
    return result


@asset
def read_again() -> MaterializeResult:
    result = MaterializeResult(metadata={"rows": 1})
    print(result.metadata)
    return result


defs = Definitions(assets=[forgotten, read_again], jobs=[define_asset_job("everything")])
