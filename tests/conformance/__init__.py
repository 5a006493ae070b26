"""Public conformance suites, run by our own runners; they skip where a suite is absent."""
