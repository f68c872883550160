"""A run config names the member of an enumeration, whether the job writes it or a run gives it."""

from enum import Enum
from typing import Optional

from dagster import Config, Definitions, ScheduleDefinition, job, op


class Colour(Enum):
    RED = "#f00"
    BLUE = "#00f"


class Finish(str, Enum):
    matt = "matt"
    gloss = "gloss"


class Coat(Config):
    colour: Colour = Colour.RED


class Paint(Config):
    colour: Colour = Colour.RED
    trim: Optional[Colour] = None
    others: list[Colour] = []
    finish: Finish = Finish.matt
    coat: Coat = Coat()


@op
def paint(config: Paint) -> list:
    trim = config.trim.name if config.trim else ""
    return [config.colour.value, trim, config.finish.value, config.coat.colour.value]


@job(config={"ops": {"paint": {"config": {"colour": "BLUE", "trim": "RED", "coat": {"colour": "BLUE"}}}}})
def walls():
    paint()


@job
def floors():
    paint()


monthly = ScheduleDefinition(
    job=floors,
    cron_schedule="0 0 1 * *",
    run_config={"ops": {"paint": {"config": {"colour": "BLUE", "finish": "gloss"}}}},
)

defs = Definitions(jobs=[walls, floors], schedules=[monthly])
