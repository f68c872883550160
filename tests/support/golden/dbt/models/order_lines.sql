{{ config(materialized='ephemeral') }}
select o.order_id, o.product, o.quantity * p.price * {{ var('price_factor', 1) }} as amount
from {{ ref('stg_orders') }} o join {{ ref('products') }} p using (product)
