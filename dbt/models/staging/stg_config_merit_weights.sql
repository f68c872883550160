select
    cast(level_id as integer) as level_id,
    cast(tenure_band as varchar) as tenure_band,
    cast(weight as decimal(6, 3)) as weight
from {{ ref('config_merit_weights') }}
