# what `defs.yaml` is read as: tests/converter/test_components.py has the YAML
import dagster as dg
from dagster_component import Schedule, SlingReplicationCollectionComponent

nightly = Schedule("shop.lib.Schedule", "this type of component")
copies = SlingReplicationCollectionComponent("dagster_sling.SlingReplicationCollectionComponent", "the template env.X")
defs = dg.Definitions(assets=[nightly, copies])
