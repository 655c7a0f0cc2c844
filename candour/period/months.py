"""Months and days: their ordinals, and their names in words."""

from datetime import date

from candour.errors import ConfigurationError

MONTHS_A_YEAR = 12
_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month_ordinal(day: date) -> int:
    """The number of the month a day falls in: year x 12 + month - 1."""
    return day.year * MONTHS_A_YEAR + day.month - 1


def first_of(ordinal: int) -> date:
    """The first day of the month with this ordinal."""
    year, months_before = divmod(ordinal, MONTHS_A_YEAR)
    return date(year, months_before + 1, 1)


def month_name(number: int) -> str:
    """The name of a month from 1 (January) to 12 (December).

    The names are ours because strftime's follow the language of the machine.

    Raises:
        ConfigurationError: The number is not 1 to 12.
    """
    if number not in range(1, MONTHS_A_YEAR + 1):
        raise ConfigurationError(
            f"{number} is not a month; give 1 (January) to 12 (December), 4 for April."
        )
    return _NAMES[number - 1]


def month_in_words(day: date) -> str:
    """The month a day falls in as British readers write it: "April 2024"."""
    return f"{month_name(day.month)} {day.year}"


def day_in_words(day: date) -> str:
    """A day as British readers write it: "1 April 2024"."""
    return f"{day.day} {month_in_words(day)}"


def weekday_in_words(day: date) -> str:
    """A day with its weekday: "Monday 1 April 2024"."""
    return f"{_WEEKDAYS[day.weekday()]} {day_in_words(day)}"
