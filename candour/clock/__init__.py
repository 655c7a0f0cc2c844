"""Working days and the clocks of complaints: the only place that counts either."""

from candour.clock.calendar import Calendar
from candour.clock.explain import StepDates, explain
from candour.clock.start import Start, clock_starts, days_over, days_taken, due_on
from candour.holidays import Holiday

__all__ = [
    "Calendar",
    "Holiday",
    "Start",
    "StepDates",
    "clock_starts",
    "days_over",
    "days_taken",
    "due_on",
    "explain",
]
