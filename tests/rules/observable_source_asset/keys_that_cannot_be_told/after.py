from prefect import task


@task
def tables(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:7: its keys cannot be told by reading. Write the keys as "
        "literals."
    )
    # yield dg.ObserveResult(asset_key="a")
