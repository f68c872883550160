"""Functions and loops that make jobs, schedules or definitions: written out where they are called."""
