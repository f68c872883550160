"""Do Prefect's own reckoning of your schedule and your polling flow give what Dagster's give?"""

import asyncio
import datetime as dt
import os


def check(learner):
    from prefect.variables import Variable

    inbox = learner.folder / "inbox"
    inbox.mkdir()
    os.environ["INBOX"] = str(inbox)
    flow = learner.code()
    learner.has(flow, "inbox", "report", "CURSOR")
    Variable.unset(flow.CURSOR)
    found = []
    for names in (["a", "b"], [], ["c"]):
        for name in names:
            (inbox / name).write_text("")
        found.append(learner.run(flow.inbox))
    wanted = learner.dagster["calls"]
    learner.require(
        found == wanted,
        f"TODO 1: over three calls Dagster's sensor asks for {wanted}; your flow read {found}",
    )
    ticks = asyncio.run(ticks_of(schedule(learner)))
    learner.require(
        ticks == learner.dagster["ticks"],
        f"TODO 2: in prefect.yaml: Dagster ticks at {learner.dagster['ticks']} (UTC), yours at {ticks}",
    )


def schedule(learner):
    import yaml

    written = yaml.safe_load((learner.folder / "prefect.yaml").read_text())
    found = [each for each in written["deployments"] if each["name"] == "report"]
    learner.require(found and found[0].get("schedules"), "prefect.yaml has no schedule for `report`")
    return found[0]["schedules"][0]


async def ticks_of(written):
    from prefect.server.schemas.schedules import CronSchedule

    reckoned = CronSchedule(cron=written["cron"], timezone=written.get("timezone", "UTC"))
    dates = await reckoned.get_dates(5, start=dt.datetime(2026, 3, 6, tzinfo=dt.UTC))
    return [date.astimezone(dt.UTC).isoformat() for date in dates]
