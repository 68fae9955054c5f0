"""Personal data, for the operator: who was erased, and who processed whose data."""
