"""The demo school: made-up people who live through months by the same rules as everyone."""
