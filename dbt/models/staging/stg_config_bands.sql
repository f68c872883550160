with age_bands as (

    select
        'age' as band_kind,
        age_band as band,
        lower_bound,
        upper_bound,
        band_order
    from {{ ref('config_age_bands') }}

),

tenure_bands as (

    select
        'tenure' as band_kind,
        tenure_band as band,
        lower_bound,
        upper_bound,
        band_order
    from {{ ref('config_tenure_bands') }}

)

select * from age_bands
union all
select * from tenure_bands
