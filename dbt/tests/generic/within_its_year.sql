{#- The date lies in the row's simulation_year. -#}
{% test within_its_year(model, column_name) %}
select {{ column_name }}
from {{ model }}
where year({{ column_name }}) is distinct from simulation_year
{% endtest %}
