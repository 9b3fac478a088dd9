"""Pages: one file per noun. A view loads, authorises, acts; then commits and redirects."""
