{%- set year = var('simulation_year') | int -%}

-- Pay of the people who were here on both ends of the year, by the level they began it in.
with continuing as (

    select
        opening.level_id,
        count(*) as continuing_employees,
        sum(opening.compensation) as opening_payroll,
        sum(closing.current_compensation) as closing_payroll
    from {{ ref('int_opening_workforce') }} as opening
    inner join {{ ref('fct_workforce_snapshot') }} as closing
        on closing.simulation_year = {{ year }}
        and opening.employee_id = closing.employee_id
        and closing.employment_status = 'active'
    where opening.simulation_year = {{ year }}
    group by opening.level_id

)

select
    {{ year }} as simulation_year,
    level_id,
    continuing_employees,
    {{ money('opening_payroll / continuing_employees') }} as average_opening_compensation,
    {{ money('closing_payroll / continuing_employees') }} as average_closing_compensation,
    {{ share('closing_payroll - opening_payroll', 'opening_payroll') }} as growth_rate
from continuing
