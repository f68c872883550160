{%- set year = var('simulation_year') | int -%}

with expected as (

    select
        cells.age_band,
        cells.tenure_band,
        sum(cells.headcount) as exposed,
        sum(cells.headcount * hazards.termination_rate) as expected_terminations
    from {{ ref('int_workforce_cells') }} as cells
    inner join {{ ref('int_hazard_termination') }} as hazards
        on cells.simulation_year = hazards.simulation_year
        and cells.level_id = hazards.level_id
        and cells.age_band = hazards.age_band
        and cells.tenure_band = hazards.tenure_band
    where cells.simulation_year = {{ year }}
    group by cells.age_band, cells.tenure_band

),

actual as (

    select
        age_band,
        tenure_band,
        count(*) as actual_terminations
    from {{ ref('fct_yearly_events') }}
    where simulation_year = {{ year }}
        and event_type = 'termination'
    group by age_band, tenure_band

)

select
    {{ year }} as simulation_year,
    expected.age_band,
    expected.tenure_band,
    cast(expected.exposed as bigint) as exposed,
    cast(expected.expected_terminations as decimal(18, 3)) as expected_terminations,
    coalesce(actual.actual_terminations, 0) as actual_terminations
from expected
left join actual
    on expected.age_band = actual.age_band
    and expected.tenure_band = actual.tenure_band
