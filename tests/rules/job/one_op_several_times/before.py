from dagster import Config, Definitions, graph, job, op


class Amount(Config):
    value: int = 1


@op
def add(left: int, right: int) -> int:
    return left + right


@op
def draw(config: Amount) -> int:
    return config.value


@graph
def sums():
    add(add(), add())


@job
def twice():
    sums()
    sums()


@job(config={"ops": {"draw": {"config": {"value": 2}}, "draw_2": {"config": {"value": 3}}}})
def fixed():
    add(draw(), draw())


@job
def asked():
    add(draw(), draw())


defs = Definitions(jobs=[twice, fixed, asked])
