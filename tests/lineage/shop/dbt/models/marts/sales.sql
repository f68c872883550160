with days as (select * from {{ ref('stg_till') }})
select days.sku, {{ cents('days.amount') }} as total, opening.stock - 1 as left_over, days.year, rate
from days
join {{ ref('opening') }} as opening using (sku)
join rates on true
