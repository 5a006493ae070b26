"""What programs copy: event streams, change lists, OAI-PMH, dumps, letter indexes, patterns in pages."""
