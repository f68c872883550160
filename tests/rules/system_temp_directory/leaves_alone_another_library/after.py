# dagster is only mentioned here
from elsewhere import get_system_temp_directory

KEPT = get_system_temp_directory
