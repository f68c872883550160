import os

SETTINGS = {"home": os.environ["HOME"], "port": int(os.environ["PORT"])}
