from dagster import Definitions, graph, op
from elsewhere import load


@op
def show(value: int) -> None:
    print(value)


@op
def one() -> int:
    return 1


@graph
def shown(value):
    show(value)


@graph
def ones():
    one()


work = shown.to_job()
loaded = ones.to_job(name="loaded", config=load())
defs = Definitions(jobs=[work, loaded])
