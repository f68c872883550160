from dagster import GraphOut, In, Nothing, OpExecutionContext, Out, graph, job, op


@op
def one() -> int:
    return 1


@op(out={"left": Out(int), "right": Out(int)})
def two(value: int):
    return value, value + 1


@op
def add(a: int, b: int) -> int:
    return a + b


@op(ins={"after": In(Nothing)})
def done(context: OpExecutionContext) -> None:
    context.log.info("done")


@graph
def twice(number):
    """Adds a number to itself."""
    left, right = two(number)
    return add(left, right)


@graph(out={"small": GraphOut(), "large": GraphOut()})
def sizes():
    first = one()
    return {"small": first, "large": twice(first)}


@job
def everything():
    small, large = sizes()
    total = add(small, large)
    results = []
    for number in range(2):
        results.append(twice.alias(f"twice_{number}")(total))
    done(results)
    done.alias("done_again")([one.alias("first")(), total])
