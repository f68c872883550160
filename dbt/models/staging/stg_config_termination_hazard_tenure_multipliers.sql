select
    cast(tenure_band as varchar) as tenure_band,
    cast(multiplier as decimal(6, 3)) as multiplier
from {{ ref('config_termination_hazard_tenure_multipliers') }}
