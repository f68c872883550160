# dagster is only mentioned here
from parts import Component, Model


class Wheel(Component, Model):
    size: int = 1
