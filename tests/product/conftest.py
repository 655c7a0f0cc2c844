"""What the tests of the whole product name of the house they share; its fixtures are above."""

from tests.conftest import LANDED_ON, RELEASED_AT, House, Made, settings_at

__all__ = ["LANDED_ON", "RELEASED_AT", "House", "Made", "settings_at"]
