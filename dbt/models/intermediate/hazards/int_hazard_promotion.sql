{%- set year = var('simulation_year') | int -%}

with raw as (

    select
        cells.simulation_year,
        cells.level_id,
        cells.age_band,
        cells.tenure_band,
        cast(base.base_rate * ages.multiplier * tenures.multiplier as decimal(18, 9)) as raw_rate
    from {{ ref('int_workforce_cells') }} as cells
    inner join {{ ref('stg_config_promotion_hazard_base') }} as base
        on cells.level_id = base.level_id
    inner join {{ ref('stg_config_promotion_hazard_age_multipliers') }} as ages
        on cells.age_band = ages.age_band
    inner join {{ ref('stg_config_promotion_hazard_tenure_multipliers') }} as tenures
        on cells.tenure_band = tenures.tenure_band
    where cells.simulation_year = {{ year }}

),

-- Nobody is promoted out of the highest level.
highest as (

    select max(level_id) as level_id
    from {{ ref('int_job_levels_effective') }}
    where simulation_year = {{ year }}

)

select
    raw.*,
    cast(case when raw.level_id < highest.level_id then least(raw.raw_rate, 0.5) else 0 end as decimal(18, 9)) as promotion_rate
from raw
cross join highest
