"""Places, states and bodies by their names."""
