select
    cast(level_id as integer) as level_id,
    cast(base_rate as decimal(9, 6)) as base_rate
from {{ ref('config_termination_hazard_base') }}
