{%- set year = var('simulation_year') | int -%}

-- The limits of the year, else the latest published before it, else the earliest there are.
select
    {{ year }} as simulation_year,
    limit_year,
    deferral_limit,
    catch_up_limit,
    compensation_limit
from {{ ref('stg_config_plan_limits') }}
qualify row_number() over (
    order by limit_year <= {{ year }} desc, abs(limit_year - {{ year }})
) = 1
