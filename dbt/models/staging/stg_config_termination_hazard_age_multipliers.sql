select
    cast(age_band as varchar) as age_band,
    cast(multiplier as decimal(6, 3)) as multiplier
from {{ ref('config_termination_hazard_age_multipliers') }}
