# dagster is only mentioned here
from elsewhere import TypeCheck

KEPT = TypeCheck
