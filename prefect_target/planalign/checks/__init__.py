"""Asset checks, by theme. What is in ALL_CHECKS is deployed."""

from planalign.checks.census import census_checks
from planalign.checks.events import event_checks
from planalign.checks.plan import plan_checks
from planalign.checks.quality import quality_checks
from planalign.checks.reporting import reporting_checks
from planalign.checks.workforce import workforce_checks

ALL_CHECKS = [
    *census_checks,
    *workforce_checks,
    *event_checks,
    *plan_checks,
    *quality_checks,
    *reporting_checks,
]
