# nothing of dagster's
from mylib import get_current_datetime

NOW = get_current_datetime()
