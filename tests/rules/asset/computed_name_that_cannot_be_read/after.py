from prefect import task


@task
def metal(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:7: its name cannot be told by reading. Write the keys as "
        "literals."
    )
    # return 1
