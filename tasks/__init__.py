"""The verbs: each task reads, calls candour, and writes."""
