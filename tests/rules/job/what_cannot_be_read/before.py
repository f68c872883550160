from dagster import job, op


@op
def one() -> int:
    return 1


@job
def conditional():
    """Wires what it finds."""
    for _ in range(3):
        one()
