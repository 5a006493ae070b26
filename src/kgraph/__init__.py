"""kgraph: a knowledge graph of people, documents and events from diplomatic correspondence."""

__version__ = "0.1.0"
