import dagster as dg


@dg.op
def one():
    return 1


@dg.job
def steps():
    r"""One step.

    With a pattern, \d+, and "quotes".
    """
    one()


@dg.job
def short():
    'One "line".'
    one()


defs = dg.Definitions(jobs=[steps, short])
