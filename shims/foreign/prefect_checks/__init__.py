"""No server is asked here either; it must be said before Prefect is imported."""

from .. import prefect_probe as prefect_probe
