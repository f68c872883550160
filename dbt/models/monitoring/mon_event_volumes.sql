{%- set year = var('simulation_year') | int -%}

with kinds as (

    select unnest(['termination', 'hire', 'new_hire_termination', 'promotion', 'raise', 'enrollment']) as event_type

),

counted as (

    select
        event_type,
        count(*) as events
    from {{ ref('fct_yearly_events') }}
    where simulation_year = {{ year }}
    group by event_type

)

-- A kind without events has a row of its own, with a zero.
select
    {{ year }} as simulation_year,
    kinds.event_type,
    coalesce(counted.events, 0) as events,
    {{ share('coalesce(counted.events, 0)', 'walk.opening') }} as share_of_opening
from kinds
inner join {{ ref('fct_headcount_walk') }} as walk
    on walk.simulation_year = {{ year }}
left join counted
    on kinds.event_type = counted.event_type
