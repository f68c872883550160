{%- set year = var('simulation_year') | int -%}

-- The next year is made from this table, looked up by name: see int_active_employees_prev_year.
select
    *,
    cast(current_timestamp as timestamp) as loaded_at
from {{ ref('int_workforce_closing') }}
where simulation_year = {{ year }}
