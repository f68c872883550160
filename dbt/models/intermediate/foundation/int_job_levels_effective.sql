{%- set year = var('simulation_year') | int -%}

-- Pay ranges follow the cost of living from the scenario's first year on.
with growth as (

    select pow(1 + {{ var('cola_rate') }}, {{ year - var('start_year') | int }}) as factor

)

select
    {{ year }} as simulation_year,
    levels.level_id,
    levels.level_name,
    cast(round(levels.min_compensation * growth.factor, 0) as decimal(18, 2)) as min_compensation,
    cast(round(levels.max_compensation * growth.factor, 0) as decimal(18, 2)) as max_compensation
from {{ ref('stg_config_job_levels') }} as levels
cross join growth
