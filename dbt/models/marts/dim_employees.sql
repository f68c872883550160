{%- set year = var('simulation_year') | int -%}

select
    simulation_year,
    employee_id,
    birth_date,
    hire_date,
    cast(year(hire_date) as integer) as hire_year,
    department,
    is_new_hire,
    case when starts_with(employee_id, 'NH_') then 'simulated' else 'census' end as cohort
from {{ ref('int_workforce_closing') }}
where simulation_year = {{ year }}
