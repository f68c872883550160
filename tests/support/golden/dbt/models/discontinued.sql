select product from {{ ref('products') }} where price < 1
