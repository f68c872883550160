from prefect import task

from prefect_support.asset_events import materialized


def made(name):
    return materialized(f"asset://{name}")


@task
def tables(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:9: a yield of something that is no Output (line 12) has no "
        "counterpart. Return it instead."
    )
    # left_alone = made("never")
    # print(left_alone)
    # yield made("told")
    # yield Output(1)
