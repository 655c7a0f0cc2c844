"""Words: what a report says about its figures, and the only way a template gets a number."""

from candour.words.direction import Direction, Judgement, Movement, Wording, movement
from candour.words.grammar import agree, article, in_words, listed, numeral, plural
from candour.words.lint import typed_digits, typed_digits_in_yaml
from candour.words.printing import shorthand_note
from candour.words.speaker import Ask, Speaker

__all__ = [
    "Ask",
    "Direction",
    "Judgement",
    "Movement",
    "Speaker",
    "Wording",
    "agree",
    "article",
    "in_words",
    "listed",
    "movement",
    "numeral",
    "plural",
    "shorthand_note",
    "typed_digits",
    "typed_digits_in_yaml",
]
