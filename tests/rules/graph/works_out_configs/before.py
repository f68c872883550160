from dagster import Config, Definitions, config_mapping, graph, job, op


class Greeting(Config):
    words: str = "hello"


@op
def greet(config: Greeting) -> str:
    return config.words


@config_mapping(config_schema={"loud": bool})
def louder(given):
    return {"greet": {"config": {"words": "HELLO" if given["loud"] else "hello"}}}


@graph(config=louder)
def greetings():
    greet()


@job(config={"ops": {"greetings": {"config": {"loud": True}}}})
def shouts():
    greetings()


whispers = greetings.to_job(name="whispers", config={"loud": False})
defs = Definitions(jobs=[shouts, whispers])
