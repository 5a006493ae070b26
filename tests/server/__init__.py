"""What clients of the server find, tested with the clients that they use."""
