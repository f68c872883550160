# dagster is only mentioned here
from elsewhere import script_relative_path

KEPT = script_relative_path
