"""PlanAlign: a workforce and retirement-plan simulation."""
