# dagster is only mentioned here
from elsewhere import AssetsDefinition

made = AssetsDefinition.from_graph(1)
