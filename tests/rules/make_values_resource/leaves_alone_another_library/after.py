# dagster is only mentioned here
from elsewhere import make_values_resource

POND = make_values_resource(day=str)
