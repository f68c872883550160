# dagster is only mentioned here
from elsewhere import resource


@resource
def pond(context):
    return context
