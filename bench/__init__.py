"""Benchmarks: how long Candour takes beside what an analyst would write; never asserted."""
