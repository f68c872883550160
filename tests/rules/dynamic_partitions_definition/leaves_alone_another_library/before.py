from calendars import DailyPartitionsDefinition, DynamicPartitionsDefinition, MultiPartitionsDefinition

# dagster has classes of these names too
days = DailyPartitionsDefinition(start_date="2024-01-01")
both = MultiPartitionsDefinition({"day": days, "who": DynamicPartitionsDefinition(name="who")})
