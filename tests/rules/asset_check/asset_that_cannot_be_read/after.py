from prefect import task


@task
def is_there(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:7: the asset it checks cannot be told by reading. Name the "
        "asset by a literal key."
    )
    # return AssetCheckResult(passed=True)
