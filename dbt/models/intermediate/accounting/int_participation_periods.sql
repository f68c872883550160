{%- set year = var('simulation_year') | int -%}

with participants as (

    select
        status.employee_id,
        greatest(status.enrollment_date, spells.spell_start) as participation_start,
        spells.spell_end as participation_end
    from {{ ref('int_enrollment_status') }} as status
    inner join {{ ref('int_employment_spells') }} as spells
        on status.simulation_year = spells.simulation_year
        and status.employee_id = spells.employee_id
    where status.simulation_year = {{ year }}
        and status.participation_status = 'participating'

),

-- Pay earned while in the plan: the days both overlap, at the pay of the period.
earned as (

    select
        participants.employee_id,
        participants.participation_start,
        participants.participation_end,
        sum({{ money(
            'periods.annual_compensation * (least(periods.period_end, participants.participation_end)'
            ~ ' - greatest(periods.period_start, participants.participation_start) + 1) / ' ~ days_in_year()
        ) }}) as earned
    from participants
    inner join {{ ref('int_compensation_periods') }} as periods
        on periods.simulation_year = {{ year }}
        and participants.employee_id = periods.employee_id
        and participants.participation_start <= periods.period_end
        and participants.participation_end >= periods.period_start
    group by all

)

select
    {{ year }} as simulation_year,
    earned.employee_id,
    earned.participation_start,
    earned.participation_end,
    cast(least(earned.earned, limits.compensation_limit) as decimal(18, 2)) as plan_compensation
from earned
inner join {{ ref('int_plan_limits') }} as limits
    on limits.simulation_year = {{ year }}
