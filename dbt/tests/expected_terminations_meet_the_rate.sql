{{ config(meta={'dagster': {'ref': {'name': 'int_hazard_termination'}}}) }}

-- Unless a cell has reached the cap, the hazards add up to the configured rate.
select
    cells.simulation_year,
    sum(cells.headcount * hazards.termination_rate) / sum(cells.headcount) as expected_rate,
    any_value(parameters.total_termination_rate) as configured_rate
from {{ ref('int_workforce_cells') }} as cells
inner join {{ ref('int_hazard_termination') }} as hazards
    on cells.simulation_year = hazards.simulation_year
    and cells.level_id = hazards.level_id
    and cells.age_band = hazards.age_band
    and cells.tenure_band = hazards.tenure_band
inner join {{ ref('int_simulation_parameters') }} as parameters
    on cells.simulation_year = parameters.simulation_year
group by cells.simulation_year
having abs(expected_rate - configured_rate) > 0.000001
    and max(hazards.termination_rate) < 0.95
