# dagster is only mentioned here
from elsewhere import MySQLResource

KEPT = MySQLResource
