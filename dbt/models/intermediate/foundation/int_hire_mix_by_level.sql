-- Shares laid end to end on [0, 1): a draw falls into exactly one of them.
with running as (

    select
        level_id,
        hire_share,
        sum(hire_share) over (order by level_id rows unbounded preceding) as reached,
        sum(hire_share) over () as total
    from {{ ref('stg_config_job_levels') }}

)

select
    {{ var('simulation_year') | int }} as simulation_year,
    level_id,
    {{ share('reached - hire_share', 'total') }} as share_from,
    {{ share('reached', 'total') }} as share_to
from running
where hire_share > 0
