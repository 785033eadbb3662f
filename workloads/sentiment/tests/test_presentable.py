from __future__ import annotations

import pytest

from workloads.sentiment.demo.presentable import is_presentable


@pytest.mark.parametrize(
    "text",
    [
        "@united thank you. Been trying for two days to set this up.",
        "@SouthwestAir Can I book a flight on my own and get reimbursed?",
        # "class" is not an insult, although it ends like one.
        "@JetBlue thanks for the upgrade to first class!",
    ],
)
def test_sentences_to_an_airline_can_be_shown(text: str) -> None:
    assert is_presentable(text)


@pytest.mark.parametrize(
    "text",
    [
        "Been trying for two days to set this up.",
        "@jakeflem thank you. Been trying for two days to set this up.",
        "@united @jakeflem thank you. Been trying for two days to set this up.",
        "RT @united thank you. Been trying for two days to set this up.",
        "@united thank you. Been trying for two days, see http://t.co/x.",
        "@united thank you. Been trying for two days to set this up #UA57.",
        "@united thank you. Been trying for two days to set th\ufffds up.",
        "@united thank you. Been trying for two days to",
        "@united thank you.",
        "@united thank you. " + "Been trying for two days. " * 4 + "Up.",
        "@united thank you for nothing, DAMNED be who set this up.",
        "@united thank you. Been trying for two idiotic days to set this up.",
    ],
)
def test_other_texts_cannot_be_shown(text: str) -> None:
    assert not is_presentable(text)
