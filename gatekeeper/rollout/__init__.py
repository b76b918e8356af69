"""A policy is proved by its examples and tables, taken into use, and asked what it would do."""
