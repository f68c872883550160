from prefect import task


@task
def metals(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:7: its outputs cannot be told by reading. Write the outs and "
        "keys as literals."
    )
    # return 1
