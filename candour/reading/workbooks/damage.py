"""Damage: what a library says of a broken workbook becomes a refusal an officer can act on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from python_calamine import PasswordError

from candour.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turns any error of a library, a panic of native code included, into a refusal."""
    try:
        yield
    except InputError:
        raise
    except MemoryError as error:
        raise InputError(
            "needs more memory than there is; export it as CSV, or in shorter spans of time."
        ) from error
    except PasswordError as error:
        raise InputError("is password-protected; export or save it without a password.") from error
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise InputError(
                f"is a workbook that cannot be read ({type(error).__name__}): it is damaged; open "
                f"it in Excel, save it and send it again."
            ) from error
        raise
