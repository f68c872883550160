from dagster import EnvVar

SETTINGS = {"home": EnvVar("HOME"), "port": EnvVar.int("PORT")}
