{% snapshot scd_workforce_state %}
{#- The date of the change is the simulation's own, not the clock's: two runs are equal, and a year
    that is run again adds nothing. -#}
{{ config(
    unique_key='employee_id',
    strategy='timestamp',
    updated_at='state_changed_at',
) }}

select
    employee_id,
    simulation_year,
    employment_status,
    detailed_status,
    department,
    level_id,
    participation_status,
    enrollment_date,
    deferral_rate,
    cast(last_state_change_date as timestamp) as state_changed_at
from {{ ref('fct_workforce_snapshot') }}
where simulation_year = {{ var('simulation_year') | int }}

{% endsnapshot %}
