-- Every age and every tenure falls into exactly one band.
select
    band_kind,
    band,
    lower_bound,
    lag(upper_bound) over (partition by band_kind order by band_order) as band_before_ends
from {{ ref('stg_config_bands') }}
qualify lower_bound <> coalesce(band_before_ends + 1, 0)
