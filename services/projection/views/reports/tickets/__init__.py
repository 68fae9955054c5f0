"""What reports tell of tickets: what is counted of them, and how a figure opens to them."""
