"""Adapters translate between a platform and the core; they know ids, limits and layout, and nothing else."""

NAMES = ("web", "slack", "discord")
