"""E-mail addresses and phone numbers in text are masked before it is stored."""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

EMAIL_MASK = "[email]"
PHONE_MASK = "[phone]"

EMAIL_PATTERN = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"

# 7 to 15 digits (ITU-T E.164 allows 15 at most), grouped as phone numbers are: an optional
# country code, an optional area code with or without brackets, then the subscriber's number.
# Dates (4-2-2), spans of years, prices and the long ids of posts do not match.
PHONE_PATTERN = (
    r"(?<![\w.])(?!(?:19|20)\d\d-(?:19|20)\d\d\b)"
    r"(?:\+?\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-]?)?"
    r"\d{3,4}[ .-]?\d{4}(?![\w])(?!\.\d)"
)

# What every match of the patterns above contains: one pass over the few texts that get so far.
# A mention ("@name") is followed by no dot; most numbers in posts are shorter than a phone's.
_EMAIL_GUARD = r"@[A-Za-z0-9-]+\.[A-Za-z0-9-]"
_PHONE_GUARD = r"\d[\d .()-]{5}"

# A phone number has seven digits; most texts end before this finds one, in a single pass.
_SEVEN_DIGITS = r"^(?:[^0-9]*+[0-9]){7}"


def holds_email_candidate(text: Column) -> Column:
    """Cheap: true where the pattern for e-mail addresses has to be tried."""
    return text.contains("@") & text.contains(".") & text.rlike(_EMAIL_GUARD)


def holds_phone_candidate(text: Column) -> Column:
    """Cheap: true where the pattern for phone numbers has to be tried."""
    return text.rlike(_SEVEN_DIGITS) & text.rlike(_PHONE_GUARD)


def mask_personal_data(text: Column) -> Column:
    """Returns `text` with e-mail addresses and phone numbers replaced by their masks."""
    without_email = F.when(
        holds_email_candidate(text), F.regexp_replace(text, EMAIL_PATTERN, EMAIL_MASK)
    ).otherwise(text)
    return F.when(
        holds_phone_candidate(text), F.regexp_replace(without_email, PHONE_PATTERN, PHONE_MASK)
    ).otherwise(without_email)
