{%- set year = var('simulation_year') | int -%}

-- Age and tenure are completed years on the last day of the year.
with employees as (

    select
        *,
        {{ year }} - year(birth_date) as current_age,
        {{ year }} - year(hire_date) as current_tenure
    from {{ ref('int_active_employees_prev_year') }}
    where simulation_year = {{ year }}

)

select
    employees.*,
    age_bands.band as age_band,
    tenure_bands.band as tenure_band
from employees
{{ join_bands('employees') }}
