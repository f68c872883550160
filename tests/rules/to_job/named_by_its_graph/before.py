from dagster import Definitions, graph, op


@op
def hello() -> int:
    return 1


@graph
def greeting():
    hello()


@graph(name="farewell")
def parting():
    hello()


greeting_job = greeting.to_job()
parting_job = parting.to_job()
nightly = greeting.to_job(name="by_night")

defs = Definitions(jobs=[greeting_job, parting_job, nightly])
