# dagster is only mentioned here
from elsewhere import graph


@graph
def picture(a, b):
    return a, b
