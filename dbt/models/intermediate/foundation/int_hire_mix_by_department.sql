-- Shares laid end to end on [0, 1): a draw falls into exactly one of them.
with running as (

    select
        department,
        hire_share,
        sum(hire_share) over (order by department rows unbounded preceding) as reached,
        sum(hire_share) over () as total
    from {{ ref('stg_config_departments') }}

)

select
    {{ var('simulation_year') | int }} as simulation_year,
    department,
    {{ share('reached - hire_share', 'total') }} as share_from,
    {{ share('reached', 'total') }} as share_to
from running
where hire_share > 0
