"""A run config names the member of an enumeration, whether the job writes it or a run gives it."""

from enum import Enum
from typing import Annotated, Any, Optional

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.enum_members import by_name
from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle


class Colour(Enum):
    RED = "#f00"
    BLUE = "#00f"


class Finish(str, Enum):
    matt = "matt"
    gloss = "gloss"


class Coat(BaseModel, extra="forbid"):
    colour: Annotated[Colour, by_name(Colour)] = Colour.RED


class Paint(BaseModel, extra="forbid"):
    colour: Annotated[Colour, by_name(Colour)] = Colour.RED
    trim: Optional[Annotated[Colour, by_name(Colour)]] = None
    others: list[Annotated[Colour, by_name(Colour)]] = []
    finish: Finish = Finish.matt
    coat: Coat = Coat()


@task(cache_policy=NO_CACHE)
def paint(config: Paint) -> list:
    trim = config.trim.name if config.trim else ""
    return [config.colour.value, trim, config.finish.value, config.coat.colour.value]


@flow(name="walls", task_runner=ThreadPoolTaskRunner())
def walls() -> State[Any]:
    paint_future = paint.submit(
        Paint(colour="BLUE", trim="RED", coat={"colour": "BLUE"})
    )
    return settle(paint=paint_future)


@flow(name="floors", task_runner=ThreadPoolTaskRunner())
def floors(
    paint_config: Layered[Paint] = layered(Paint),  # noqa: B008
) -> State[Any]:
    paint_future = paint.submit(paint_config)
    return settle(paint=paint_future)
