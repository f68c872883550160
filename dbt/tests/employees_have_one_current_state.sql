select
    employee_id,
    count(*) filter (where dbt_valid_to is null) as current_states
from {{ ref('scd_workforce_state') }}
group by employee_id
having current_states <> 1
