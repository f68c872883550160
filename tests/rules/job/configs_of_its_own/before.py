import os

from dagster import Config, Definitions, graph, job, op


def bucket_of(name: str) -> str:
    return os.path.abspath(name)


class Put(Config):
    bucket: str
    prefix: str = ""


usual = Put(bucket=bucket_of("pond"))
KEPT = {"ops": {"put": {"config": {"bucket": bucket_of("lake"), "prefix": "k"}}}}


@op
def put(config: Put) -> str:
    return f"{config.prefix}:{config.bucket}"


@graph
def inner():
    put()


@job(config={"ops": {"put": {"config": usual.dict()}}})
def worked_out():
    put()


@job(config=KEPT)
def in_a_variable():
    put()


@job(config={"ops": {"inner": {"ops": {"put": {"config": {"bucket": "b"}}}}, "put": {"config": {"bucket": "a"}}}})
def nested():
    inner()
    put()


defs = Definitions(jobs=[worked_out, in_a_variable, nested])
