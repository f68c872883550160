select product, sum(amount) as amount, {{ var('year', 2025) }} as sales_year
from {{ ref('order_lines') }}
group by product
{% if var('year', 2025) > var('first_year', 2025) %}
union all
select product, 0 as amount, {{ var('year', 2025) }} from {{ ref('discontinued') }}
{% endif %}
