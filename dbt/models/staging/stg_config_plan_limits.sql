select
    cast(limit_year as integer) as limit_year,
    cast(deferral_limit as decimal(18, 2)) as deferral_limit,
    cast(catch_up_limit as decimal(18, 2)) as catch_up_limit,
    cast(compensation_limit as decimal(18, 2)) as compensation_limit
from {{ ref('config_plan_limits') }}
