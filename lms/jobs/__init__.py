"""Work that may wait: letters, papers, attempts whose time is over. One worker runs it."""
