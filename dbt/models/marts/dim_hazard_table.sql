{%- set year = var('simulation_year') | int -%}

select
    cells.simulation_year,
    cells.level_id,
    cells.age_band,
    cells.tenure_band,
    cells.headcount,
    terminations.termination_rate,
    promotions.promotion_rate,
    merit.merit_pct
from {{ ref('int_workforce_cells') }} as cells
inner join {{ ref('int_hazard_termination') }} as terminations
    on cells.simulation_year = terminations.simulation_year
    and cells.level_id = terminations.level_id
    and cells.age_band = terminations.age_band
    and cells.tenure_band = terminations.tenure_band
inner join {{ ref('int_hazard_promotion') }} as promotions
    on cells.simulation_year = promotions.simulation_year
    and cells.level_id = promotions.level_id
    and cells.age_band = promotions.age_band
    and cells.tenure_band = promotions.tenure_band
inner join {{ ref('int_hazard_merit') }} as merit
    on cells.simulation_year = merit.simulation_year
    and cells.level_id = merit.level_id
    and cells.tenure_band = merit.tenure_band
where cells.simulation_year = {{ year }}
