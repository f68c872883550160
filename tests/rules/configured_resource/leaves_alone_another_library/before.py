# dagster is only mentioned here
from elsewhere import pond

small = pond.configured({"size": 1})
