"""What the operator does to a system that lives: look, mend, back up, bring back."""
