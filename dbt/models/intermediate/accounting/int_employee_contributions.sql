{%- set year = var('simulation_year') | int -%}

with requested as (

    select
        periods.employee_id,
        periods.plan_compensation,
        elections.deferral_rate,
        {{ money('periods.plan_compensation * elections.deferral_rate') }} as requested_deferral,
        coalesce(year(opening.birth_date), year(hires.birth_date)) as birth_year
    from {{ ref('int_participation_periods') }} as periods
    inner join {{ ref('int_deferral_elections') }} as elections
        on periods.simulation_year = elections.simulation_year
        and periods.employee_id = elections.employee_id
    left join {{ ref('int_opening_workforce') }} as opening
        on periods.simulation_year = opening.simulation_year
        and periods.employee_id = opening.employee_id
    left join {{ ref('int_hiring_events') }} as hires
        on periods.simulation_year = hires.simulation_year
        and periods.employee_id = hires.employee_id
    where periods.simulation_year = {{ year }}

),

-- Catch-up contributions are open from the year of the fiftieth birthday.
limited as (

    select
        requested.*,
        cast(
            limits.deferral_limit + case when {{ year }} - requested.birth_year >= 50 then limits.catch_up_limit else 0 end
            as decimal(18, 2)
        ) as deferral_limit
    from requested
    inner join {{ ref('int_plan_limits') }} as limits
        on limits.simulation_year = {{ year }}

)

select
    {{ year }} as simulation_year,
    employee_id,
    plan_compensation,
    deferral_rate,
    requested_deferral,
    deferral_limit,
    least(requested_deferral, deferral_limit) as employee_deferral,
    requested_deferral > deferral_limit as is_limited
from limited
