from dagster import job, op


@op
def one() -> int:
    return 1


@job
def conditional():
    """Wires what it finds."""
    if 1 > 2:
        one()
