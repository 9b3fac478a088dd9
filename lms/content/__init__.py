"""Authors' files: read, checked, rendered, and put together as one frozen library."""
