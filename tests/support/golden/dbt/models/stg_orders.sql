select order_id, product, quantity
from {{ source('shop', 'raw_orders') }}
where order_year = {{ var('year', 2025) }}
