{#- Cents, as a decimal: sums of decimals do not depend on their order, sums of doubles do. -#}
{%- macro money(expression) -%}
cast(round({{ expression }}, 2) as decimal(18, 2))
{%- endmacro -%}

{#- A rate or share, rounded to nine places; null when the divisor is zero. -#}
{%- macro share(part, whole) -%}
cast(round(({{ part }}) / nullif({{ whole }}, 0), 9) as decimal(18, 9))
{%- endmacro -%}

{#- A rate among the vars as a decimal of six places: however it is written, products with money fit. -#}
{%- macro rate(name) -%}
cast({{ var(name) }} as decimal(9, 6))
{%- endmacro -%}
