# nothing of dagster's
from mylib import EventRecordsFilter

KEPT = EventRecordsFilter
