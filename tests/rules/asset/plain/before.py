import dagster as dg


@dg.asset
def gold() -> int:
    """How much gold there is.

    In ounces.
    """
    # the safe is counted every night
    return 1
