"""What has gone wrong over the years and is still here. The README says what each one is."""
