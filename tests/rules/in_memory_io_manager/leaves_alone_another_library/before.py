# dagster is only mentioned here
from elsewhere import InMemoryIOManager

store = InMemoryIOManager()
