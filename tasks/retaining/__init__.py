"""Retaining: what is older than a council keeps goes, with a tombstone; what is needed stays."""
