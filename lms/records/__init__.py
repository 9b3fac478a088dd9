"""The imperative shell: gather facts, call a rule, store the outcome. Never commits."""
