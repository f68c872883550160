select sum(price) as revenue from {{ ref('orders') }}
