{%- set year = var('simulation_year') | int -%}

select
    simulation_year,
    employee_id,
    cast(sum(earned) as decimal(18, 2)) as prorated_compensation,
    max_by(annual_compensation, period_number) as closing_compensation
from {{ ref('int_compensation_periods') }}
where simulation_year = {{ year }}
group by simulation_year, employee_id
