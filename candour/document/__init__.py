"""Document: the finished page as a Word file that its owners restyle, edit and send back."""

from candour.document.readback import controls_of, pictures_told, text_outside_controls
from candour.document.template import missing_styles, plain_template
from candour.document.word import write_word

__all__ = [
    "controls_of",
    "missing_styles",
    "pictures_told",
    "plain_template",
    "text_outside_controls",
    "write_word",
]
