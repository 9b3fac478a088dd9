"""Alembic's scripts, inside the package so that an installed product can upgrade itself."""
