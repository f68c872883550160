from catalogue import definitions


@definitions
def everything():
    """This is not Dagster's: dagster is only mentioned."""
    return [1, 2]
