"""Finds the innermost cause of an exception and returns it in a sentence or two.

An exception of a task reaches the driver inside others: of the aborted job, of the Python function
that started it, of Python's proxy in the JVM, of the query. The outer ones only say that something
failed. The text of the last exception in the chain may contain another chain, printed by Python or
Java.
"""

from __future__ import annotations

import re
from typing import Any

LONGEST_SENTENCE = 400
# The names of a stream, a shard and two records take up to 300 characters; what to do follows them.
LONGEST_OF_OWN = 800

_MOST_CAUSES = 50
_FEWEST_WORDS = 3
_DIRECT_CAUSE = "The above exception was the direct cause of the following exception:"
_TRACEBACK = "Traceback (most recent call last):\n"
_JAVA_CAUSE = re.compile(r"^\s*Caused by: ", re.MULTILINE)
# What py4j writes before an exception of the JVM.
_CALL_FAILED = re.compile(r"An error occurred while calling [^\n]*\n: ")
# How Spark quotes the failure of a task in its own message.
_TASK_FAILED = re.compile(r"most recent failure: (?:Lost task [^\n]*?\(TID \d+\) \([^)]*\): )?")
_STREAM_FAILED = re.compile(r"^\[STREAM_FAILED\] Query \[[^\]]*\] terminated with exception: ")
_END_OF_MESSAGE = re.compile(
    r"^(?:\s+at \S+\(|\s+\.\.\. \d+ more|(?:Driver|JVM) stacktrace:|=== Streaming Query ===)",
    re.MULTILINE,
)
_CLASS = re.compile(
    r"((?:[a-zA-Z_][\w$]*\.)+[A-Z][\w$]*|[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Failure))"
    r"(?:: |:?\Z)"
)
# Exceptions of our own source. Their messages are complete: they also say what to do.
_OWN_CLASS = "streamingml."
_SENTENCE_END = re.compile(r"(?<=[^.\s]{2}[.!?])\s+(?=[A-Z0-9])")


def last_cause(error: BaseException) -> str:
    """Returns the innermost cause of an exception, in one sentence.

    It begins with the class of the exception if the message is too short to be understood.
    Messages of the job's own Java code are returned whole, because they also say what to do.
    """
    while error.__cause__ is not None:
        error = error.__cause__
    return cause_in_text(_innermost_of_java(error) or f"{type(error).__name__}: {error}")


def cause_in_text(text: str) -> str:
    """Returns the innermost cause of an exception that Python or Java has printed."""
    causes = list(_JAVA_CAUSE.finditer(text))
    if causes:
        return cause_in_text(text[causes[-1].end() :])
    if _DIRECT_CAUSE in text:
        return cause_in_text(text.partition(_DIRECT_CAUSE)[0])
    if _TRACEBACK in text:
        return cause_in_text(_after_frames(text.rpartition(_TRACEBACK)[2]))
    for quoted in (_CALL_FAILED, _TASK_FAILED):
        match = quoted.search(text)
        if match is not None:
            return cause_in_text(text[match.end() :])
    return _sentence(text)


def _innermost_of_java(error: BaseException) -> str | None:
    # Attributes of py4j's and of pyspark's exceptions.
    thrown: Any = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
    try:
        for _ in range(_MOST_CAUSES):
            cause = None if thrown is None else thrown.getCause()
            if cause is None:
                break
            thrown = cause
        return None if thrown is None else str(thrown.toString())
    except Exception:
        # The JVM may have ended; Python's text of the exception is still available.
        return None


def _after_frames(traceback: str) -> str:
    lines = traceback.splitlines()
    first = next(
        (n for n, line in enumerate(lines) if line.strip() and not line[0].isspace()), None
    )
    return "" if first is None else "\n".join(lines[first:])


def _sentence(text: str) -> str:
    message = _STREAM_FAILED.sub("", text.strip())
    end = _END_OF_MESSAGE.search(message)
    message = message[: end.start()].strip() if end else message
    match = _CLASS.match(message)
    name = ""
    is_own = match is not None and match[1].startswith(_OWN_CLASS)
    if match is not None:
        name = re.split(r"[.$]", match[1])[-1]
        message = message[match.end() :]
    words = " ".join(message.split())
    first = words if is_own else _SENTENCE_END.split(words, maxsplit=1)[0]
    if first in ("", "null", "None"):
        return name or "The cause is unknown."
    # Messages such as that of a KeyError are only a quoted name.
    is_too_short = len(first.split()) < _FEWEST_WORDS or first[0] in "'\""
    sentence = f"{name}: {first}" if name and is_too_short else first
    longest = LONGEST_OF_OWN if is_own else LONGEST_SENTENCE
    return sentence if len(sentence) <= longest else sentence[: longest - 1] + "…"
