{{ config(meta={'dagster': {'ref': {'name': 'int_compensation_periods'}}}) }}

-- Each day of employment is paid once.
select
    spells.simulation_year,
    spells.employee_id,
    spells.days_employed,
    sum(periods.days) as days_paid
from {{ ref('int_employment_spells') }} as spells
left join {{ ref('int_compensation_periods') }} as periods
    on spells.simulation_year = periods.simulation_year
    and spells.employee_id = periods.employee_id
group by all
having days_paid is distinct from spells.days_employed
