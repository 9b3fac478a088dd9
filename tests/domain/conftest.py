"""Properties are tried on the same examples every time, and however slow the machine is."""

from hypothesis import settings

settings.register_profile("rules", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("rules")
