{%- set year = var('simulation_year') | int -%}

select
    walk.simulation_year,
    walk.opening,
    walk.closing,
    walk.growth_rate,
    parameters.target_growth_rate,
    cast(walk.growth_rate - parameters.target_growth_rate as decimal(18, 9)) as variance,
    -- A headcount is whole: one person more than planned is no variance.
    abs(walk.closing - walk.opening * (1 + parameters.target_growth_rate)) <= 2 as within_tolerance
from {{ ref('fct_headcount_walk') }} as walk
inner join {{ ref('int_simulation_parameters') }} as parameters
    on walk.simulation_year = parameters.simulation_year
where walk.simulation_year = {{ year }}
