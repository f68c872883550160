select
    simulation_year,
    opening,
    hires,
    terminations,
    closing,
    lag(closing) over (order by simulation_year) as closing_before,
    lag(simulation_year) over (order by simulation_year) as year_before
from {{ ref('fct_headcount_walk') }}
qualify opening + hires - terminations <> closing
    or (year_before = simulation_year - 1 and closing_before <> opening)
