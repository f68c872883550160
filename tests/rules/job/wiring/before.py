from dagster import Out, job, op


@op
def one() -> int:
    return 1


@op(out={"left": Out(int), "right": Out(int)})
def two(value: int):
    return value, value + 1


@op
def add(a: int, b: int) -> int:
    return a + b


@job(name="sums", description="Adds.", tags={"team": "vault"})
def add_everything():
    """Adds it all up."""
    # twice the same op
    left, right = two(one())
    add(left, b=right)
    add(a=left, b=one())
