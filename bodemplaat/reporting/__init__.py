"""`bodemplaat report …`: any report, of the system that runs or of a case that is played for it."""
