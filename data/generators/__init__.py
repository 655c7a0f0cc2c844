"""The generators: synthetic exports of two councils, the same bytes on every run."""
