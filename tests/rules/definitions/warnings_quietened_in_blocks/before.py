import logging
import warnings

import dagster
from dagster import Definitions, asset

try:
    warnings.filterwarnings("ignore", category=DeprecationWarning)
except ValueError:
    pass

try:
    preview = getattr(dagster, "PreviewWarning", None)
    if preview:
        warnings.filterwarnings("ignore", category=preview)
except Exception:
    pass

if True:
    from dagster import BetaWarning

    warnings.filterwarnings("ignore", category=BetaWarning)

if hasattr(warnings, "catch_warnings"):
    warnings.simplefilter("ignore", dagster.SupersessionWarning)
    logging.captureWarnings(True)


@asset
def orders():
    return 1


defs = Definitions(assets=[orders])
