from dagster import Definitions

from shop.assets import report, till
from shop.models import models

defs = Definitions(assets=[till, models, report])
