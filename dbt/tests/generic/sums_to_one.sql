{#- Shares of a whole: nothing is left over, nothing is given twice. An empty table fails. -#}
{% test sums_to_one(model, column_name) %}
select sum({{ column_name }}) as total
from {{ model }}
having total is distinct from 1
{% endtest %}
