from dagster import Definitions, ExperimentalThing, job, op


@op
def one() -> int:
    return 1


@op
def strange(value: int) -> int:
    return ExperimentalThing(value).run()


@job
def both():
    strange(one())


defs = Definitions(jobs=[both])
