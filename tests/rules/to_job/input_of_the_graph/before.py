from dagster import Definitions, graph, op
from elsewhere import load


@op
def show(value: int) -> None:
    print(value)


@op
def one() -> int:
    return 1


@graph
def shown(value: int):
    show(value)


@graph
def ones():
    one()


work = shown.to_job()
five = shown.to_job(name="five", input_values={"value": 5})
of_pond = shown.to_job(name="of_pond", input_values={"value": load()})
loaded = ones.to_job(name="loaded", config=load())
defs = Definitions(jobs=[work, five, of_pond, loaded])
