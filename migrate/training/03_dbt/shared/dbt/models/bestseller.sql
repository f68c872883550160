select item from {{ ref('orders') }} order by price desc limit 1
