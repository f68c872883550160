# nothing of dagster's
from mylib import DagsterEventType

KEPT = DagsterEventType
