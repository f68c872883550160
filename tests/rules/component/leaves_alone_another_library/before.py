# dagster is only mentioned here
from component import Schedule

nightly = Schedule("shop.Schedule", "this type of component")
