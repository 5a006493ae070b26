"""Which event a text means: those of the authority, and those that everybody calls by a name."""
