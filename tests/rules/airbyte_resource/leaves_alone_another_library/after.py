# dagster is only mentioned here
from elsewhere import AirbyteResource

KEPT = AirbyteResource
