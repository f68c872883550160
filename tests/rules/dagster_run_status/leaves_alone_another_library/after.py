# nothing of dagster's
from mylib import DagsterRunStatus

KEPT = DagsterRunStatus
