"""Errors: sentences an officer can act on."""


class CandourError(Exception):
    """Something stopped the work; the message says where, what was found, and what to do."""


class ConfigurationError(CandourError):
    """A declaration (council, KPI, report, expectation) is wrong: file, path, found, allowed."""


class InputError(CandourError):
    """An export was refused: which file, what was found, what was expected, what to do."""


class ReconciliationError(CandourError):
    """Two figures that must agree do not: both values, their places and the gap."""


class UnreachableError(CandourError):
    """A place outside could not be reached just now: which, and how; another try may do."""
