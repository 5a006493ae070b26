"""How well the readers read: scores, and those that were last measured. It imports no reader."""
