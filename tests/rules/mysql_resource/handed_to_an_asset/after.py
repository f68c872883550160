import os
from functools import partial
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.mysql_database import MySQLDatabase
from prefect_support.sensors import RunRequest, SensorContext, SkipReason, launch


@materialize(
    Asset(key="asset://races", properties=AssetProperties(name="races")),
    cache_policy=NO_CACHE,
)
def races(mysql: MySQLDatabase) -> None:
    with mysql.get_connection() as connection:
        connection.cursor().execute("insert into races select * from raw")


@flow(name="races_job", task_runner=ThreadPoolTaskRunner())
def races_job() -> State[Any]:
    mysql_resource = mysql()

    races_future = races.submit(mysql_resource)
    return settle(races=races_future)


@flow(name="new_races")
def new_races() -> int:
    return launch(
        "new_races",
        partial(_new_races, mysql=mysql()),
        deployment="races_job/races_job",
    )


def _new_races(context: SensorContext, mysql: MySQLDatabase) -> RunRequest | SkipReason:
    with mysql.get_connection() as connection:
        cursor = connection.cursor()
        cursor.execute("select count(*) from raw")
        rows = cursor.fetchone()[0]
    if str(rows) == context.cursor:
        return SkipReason("nothing new")
    context.update_cursor(str(rows))
    return RunRequest()


def mysql() -> MySQLDatabase:
    return MySQLDatabase(user="me", password=os.getenv("SQL_PASSWORD"), port=3306, ssl_ca="ca")
