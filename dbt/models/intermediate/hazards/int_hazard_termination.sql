{%- set year = var('simulation_year') | int -%}

with raw as (

    select
        cells.simulation_year,
        cells.level_id,
        cells.age_band,
        cells.tenure_band,
        cells.headcount,
        cast(base.base_rate * ages.multiplier * tenures.multiplier as decimal(18, 9)) as raw_rate
    from {{ ref('int_workforce_cells') }} as cells
    inner join {{ ref('stg_config_termination_hazard_base') }} as base
        on cells.level_id = base.level_id
    inner join {{ ref('stg_config_termination_hazard_age_multipliers') }} as ages
        on cells.age_band = ages.age_band
    inner join {{ ref('stg_config_termination_hazard_tenure_multipliers') }} as tenures
        on cells.tenure_band = tenures.tenure_band
    where cells.simulation_year = {{ year }}

),

-- One factor for all cells, so that the expected overall rate is the configured one.
overall as (

    select
        cast(round(
            {{ var('total_termination_rate') }} * sum(headcount) / sum(headcount * raw_rate), 9
        ) as decimal(18, 9)) as normalisation
    from raw

)

select
    raw.simulation_year,
    raw.level_id,
    raw.age_band,
    raw.tenure_band,
    raw.raw_rate,
    overall.normalisation,
    cast(least(raw.raw_rate * overall.normalisation, 0.95) as decimal(18, 9)) as termination_rate
from raw
cross join overall
