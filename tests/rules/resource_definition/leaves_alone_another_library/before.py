# dagster is only mentioned here
from elsewhere import ResourceDefinition

pond = ResourceDefinition.none_resource()
