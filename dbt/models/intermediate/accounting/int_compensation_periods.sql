{%- set year = var('simulation_year') | int -%}

-- A period begins with the spell and with every change of pay, and ends the day before the next.
with starts as (

    select employee_id, {{ year_start() }} as period_start, compensation as annual_compensation
    from {{ ref('int_opening_workforce') }}
    where simulation_year = {{ year }}

    union all

    select employee_id, effective_date, compensation_amount
    from {{ ref('int_hiring_events') }}
    where simulation_year = {{ year }}

    union all

    select employee_id, effective_date, compensation
    from {{ ref('int_compensation_changes') }}
    where simulation_year = {{ year }}

),

periods as (

    select
        starts.employee_id,
        row_number() over by_start as period_number,
        starts.period_start,
        coalesce(lead(starts.period_start) over by_start - 1, spells.spell_end) as period_end,
        starts.annual_compensation
    from starts
    inner join {{ ref('int_employment_spells') }} as spells
        on spells.simulation_year = {{ year }}
        and starts.employee_id = spells.employee_id
    window by_start as (partition by starts.employee_id order by starts.period_start)

)

select
    {{ year }} as simulation_year,
    employee_id,
    period_number,
    period_start,
    period_end,
    annual_compensation,
    period_end - period_start + 1 as days,
    {{ money('annual_compensation * (period_end - period_start + 1) / ' ~ days_in_year()) }} as earned
from periods
