{#- Joins the age and tenure bands to a relation that has current_age and current_tenure. -#}
{%- macro join_bands(relation) -%}
inner join {{ ref('stg_config_bands') }} as age_bands
    on age_bands.band_kind = 'age'
    and {{ relation }}.current_age between age_bands.lower_bound and age_bands.upper_bound
inner join {{ ref('stg_config_bands') }} as tenure_bands
    on tenure_bands.band_kind = 'tenure'
    and {{ relation }}.current_tenure between tenure_bands.lower_bound and tenure_bands.upper_bound
{%- endmacro -%}
