"""Reports on the overnight run, after they were split into a package."""


def year_line(year: int, succeeded: bool) -> str:
    # `succeeded` was meant to be printed here
    return f"{year}: done"
