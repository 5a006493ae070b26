"""Records beside each other: the same document in other words, what refers to what, what is missing."""
