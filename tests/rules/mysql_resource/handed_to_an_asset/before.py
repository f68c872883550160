import os

from dagster import Definitions, RunRequest, SkipReason, asset, define_asset_job, sensor
from dagster_mysql import MySQLResource


@asset
def races(mysql: MySQLResource) -> None:
    with mysql.get_connection() as connection:
        connection.cursor().execute("insert into races select * from raw")


races_job = define_asset_job("races_job", selection=[races])


@sensor(job=races_job, required_resource_keys={"mysql"})
def new_races(context):
    with context.resources.mysql.get_connection() as connection:
        cursor = connection.cursor()
        cursor.execute("select count(*) from raw")
        rows = cursor.fetchone()[0]
    if str(rows) == context.cursor:
        return SkipReason("nothing new")
    context.update_cursor(str(rows))
    return RunRequest()


defs = Definitions(
    assets=[races],
    jobs=[races_job],
    sensors=[new_races],
    resources={"mysql": MySQLResource(user="me", password=os.getenv("SQL_PASSWORD"), port=3306, ssl_ca="ca")},
)
