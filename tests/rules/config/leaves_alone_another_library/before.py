"""Spelled like dagster's, and another library's."""

from warehouse import Config


class Settings(Config):
    year: int = 2025
