from elsewhere import late

from dagster import job, op


@op
def one() -> int:
    return 1


@job
def conditional():
    """Wires what it finds."""
    if late():
        one()
