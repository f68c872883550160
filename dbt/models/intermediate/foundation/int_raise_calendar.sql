{%- set year = var('simulation_year') | int -%}

-- Shares laid end to end on [0, 1): a draw falls into exactly one month.
with running as (

    select
        raise_month,
        share,
        sum(share) over (order by raise_month rows unbounded preceding) as reached,
        sum(share) over () as total
    from {{ ref('stg_config_raise_timing') }}

)

select
    {{ year }} as simulation_year,
    raise_month,
    make_date({{ year }}, raise_month, 1) as effective_date,
    {{ share('reached - share', 'total') }} as share_from,
    {{ share('reached', 'total') }} as share_to
from running
where share > 0
