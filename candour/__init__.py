"""Candour, complaints reporting for councils: reports that cannot contradict themselves."""
