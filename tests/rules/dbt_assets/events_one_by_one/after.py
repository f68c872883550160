from pathlib import Path

from prefect import task

MANIFEST = Path("dbt/target/manifest.json")


def ran(dbt, context):
    yield from dbt.cli(["build"])


@task
def elsewhere(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:14: a yield from what is no call of dbt (line 15) has no "
        "counterpart. Call dbt in the function itself; Prefect needs no events."
    )
    # yield from ran(dbt, context)


@task
def told(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:19: a yield of something that is no Output (line 22) has no "
        "counterpart. Return it instead."
    )
    # for event in dbt.cli(["build"], context=context).stream():
    #     context.log.info(str(event))
    #     yield event
