{%- set year = var('simulation_year') | int -%}

with raised as (

    select
        count(*) as raises,
        sum(compensation_amount) as compensation,
        sum(previous_compensation) as previous_compensation
    from {{ ref('fct_yearly_events') }}
    where simulation_year = {{ year }}
        and event_type = 'raise'

),

compared as (

    select
        raised.raises,
        {{ share('raised.compensation - raised.previous_compensation', 'raised.previous_compensation') }} as average_raise_pct,
        cast(parameters.cola_rate + parameters.merit_budget_pct as decimal(9, 6)) as target_raise_pct
    from raised
    inner join {{ ref('int_simulation_parameters') }} as parameters
        on parameters.simulation_year = {{ year }}

)

select
    {{ year }} as simulation_year,
    raises,
    average_raise_pct,
    target_raise_pct,
    cast(average_raise_pct - target_raise_pct as decimal(18, 9)) as variance,
    abs(average_raise_pct - target_raise_pct) <= 0.005 as within_tolerance
from compared
