{#- The plan's entry date: the waiting period is over and the employee is 21. -#}
{%- macro eligibility_date(hire_date, birth_date) -%}
greatest({{ hire_date }} + {{ var('eligibility_waiting_days') | int }}, cast({{ birth_date }} + interval 21 year as date))
{%- endmacro -%}

{#- Employees scheduled for fewer hours a week never enter the plan. -#}
{%- macro hours_to_be_eligible() -%}
20
{%- endmacro -%}
