{%- set year = var('simulation_year') | int -%}

-- One raise a year for everyone who was here when the year began: cost of living for all, and merit
-- by level and tenure, spread by performance.
with scheduled as (

    select
        workforce.*,
        calendar.effective_date,
        hazards.merit_pct,
        0.6 + 0.8 * {{ draw('workforce.employee_id', 'performance') }} as performance
    from {{ ref('int_opening_workforce') }} as workforce
    inner join {{ ref('int_raise_calendar') }} as calendar
        on workforce.simulation_year = calendar.simulation_year
        and {{ draw('workforce.employee_id', 'raise month') }} >= calendar.share_from
        and {{ draw('workforce.employee_id', 'raise month') }} < calendar.share_to
    inner join {{ ref('int_hazard_merit') }} as hazards
        on workforce.simulation_year = hazards.simulation_year
        and workforce.level_id = hazards.level_id
        and workforce.tenure_band = hazards.tenure_band
    where workforce.simulation_year = {{ year }}

),

priced as (

    select
        scheduled.*,
        coalesce(promotions.compensation_amount, scheduled.compensation) as previous_compensation,
        coalesce(promotions.level_id, scheduled.level_id) as level_id_at_raise,
        cast(round(scheduled.merit_pct * scheduled.performance, 6) as decimal(9, 6)) as merit_increase_pct,
        {{ rate('cola_rate') }} as cola_increase_pct
    from scheduled
    left join {{ ref('int_promotion_events') }} as promotions
        on scheduled.simulation_year = promotions.simulation_year
        and scheduled.employee_id = promotions.employee_id
    left join {{ ref('int_termination_events') }} as leavers
        on scheduled.simulation_year = leavers.simulation_year
        and scheduled.employee_id = leavers.employee_id
    where leavers.employee_id is null
        or leavers.effective_date > scheduled.effective_date

)

select
    'raise-{{ year }}-' || employee_id as event_id,
    employee_id,
    simulation_year,
    'raise' as event_type,
    effective_date,
    {{ money('previous_compensation * (1 + merit_increase_pct + cola_increase_pct)') }} as compensation_amount,
    previous_compensation,
    level_id_at_raise as level_id,
    department,
    age_band,
    tenure_band,
    merit_increase_pct,
    cola_increase_pct
from priced
