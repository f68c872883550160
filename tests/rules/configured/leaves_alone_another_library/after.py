# dagster is only mentioned here
from elsewhere import configured, op

made = configured(op)({"a": 1})
other = op.configured({"a": 1}, name="b")
