"""The outside world's shapes: papers a person can hold, files other systems can read."""
