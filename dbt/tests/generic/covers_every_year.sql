{#- The table has rows for each year that was simulated. -#}
{% test covers_every_year(model) %}
select simulation_year
from {{ ref('int_simulation_parameters') }}
where simulation_year not in (select simulation_year from {{ model }})
{% endtest %}
