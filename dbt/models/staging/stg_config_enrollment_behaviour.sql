select
    cast(age_band as varchar) as age_band,
    cast(voluntary_rate as decimal(9, 6)) as voluntary_rate,
    cast(opt_out_rate as decimal(9, 6)) as opt_out_rate,
    cast(voluntary_deferral_rate as decimal(9, 4)) as voluntary_deferral_rate
from {{ ref('config_enrollment_behaviour') }}
