# dagster is only mentioned here
from elsewhere import MSTeamsResource

KEPT = MSTeamsResource
