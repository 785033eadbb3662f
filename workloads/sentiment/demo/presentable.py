"""Selects posts that can be shown in public: others have insults, private names or broken bytes."""

from __future__ import annotations

import re

# A third of the data set are messages to these companies, which mention no other people.
_AIRLINES = ("AmericanAir", "JetBlue", "SouthwestAir", "USAirways", "united", "VirginAmerica")

# Sentences of plain characters: no link, hashtag, further mention, emoji or damaged byte, and not
# cut off at the end.
_SENTENCES = re.compile(
    rf"@(?:{'|'.join(_AIRLINES)}) [A-Za-z][A-Za-z0-9 ,.'!?-]{{24,88}}[a-z][.!?]"
)

# Beginnings of words that are offensive or about private or sensitive subjects.
_OFFENSIVE = re.compile(
    r"\b(?:arse|ass\b|bastard|bitch|bomb|bull|cancer|crap|crash|cunt|damn|dead|death|dick|die\b|died"
    r"|dumb|dying|fat\b|fuck|funeral|god\b|gun|hell\b|homeless|idiot|jesus|kill|moron|murder|omg"
    r"|piss|president|racis|rape|retard|screw|sex|shit|sick|slut|stupid|suck|terror|whore|wtf)",
    re.IGNORECASE,
)


def is_presentable(text: str) -> bool:
    """Returns whether a post is a message to an airline in plain, inoffensive sentences."""
    return _SENTENCES.fullmatch(text) is not None and _OFFENSIVE.search(text) is None
