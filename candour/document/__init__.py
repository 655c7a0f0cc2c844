"""Document: the finished page as a Word file that its owners restyle, edit and send back."""

from candour.document.readback import controls_of, pictures_told, text_outside_controls

__all__ = ["controls_of", "pictures_told", "text_outside_controls"]
