"""SPARQL over HTTP: the protocol, its limits, and the processes in which queries run."""
