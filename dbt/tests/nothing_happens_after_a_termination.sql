{{ config(meta={'dagster': {'ref': {'name': 'fct_yearly_events'}}}) }}

select
    events.event_id,
    events.effective_date,
    leavers.termination_date
from {{ ref('fct_yearly_events') }} as events
inner join {{ ref('int_all_terminations') }} as leavers
    on events.simulation_year = leavers.simulation_year
    and events.employee_id = leavers.employee_id
where events.event_type not in ('termination', 'new_hire_termination')
    and events.effective_date >= leavers.termination_date
