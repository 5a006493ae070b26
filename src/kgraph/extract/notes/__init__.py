"""Source notes: where the copy lies, its marks, who drew it up and cleared it, how it went."""
