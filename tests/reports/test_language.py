"""The language of a report."""

from __future__ import annotations

import pytest

from dateline.reports.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("GUERRILLAS BLEW UP A BRIDGE NEAR THE CAPITAL LAST NIGHT, THE ARMY SAID.", "en"),
        ("Gunmen seized a bus on Monday, killing five people, police said.", "en"),
        ("Les rebelles ont pris la ville dimanche, selon un responsable du ministère.", "fr"),
        ("Los guerrilleros mataron a cinco personas el domingo, según la policía.", "es"),
        ("LOS GUERRILLEROS MATARON A CINCO PERSONAS EL DOMINGO, SEGÚN LA POLICÍA.", "es"),
        ("قتل خمسة أشخاص في هجوم مسلح يوم الأحد", "ar"),
    ],
)
def test_tells_the_language_in_lower_and_upper_case(text: str, language: str) -> None:
    """Sentences are told apart, whatever their case."""
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "5", "!!!", "Lima", "Abidjan, Bamako, Ouagadougou, Niamey", "\x00", "🚨🚨"]
)
def test_takes_short_texts_for_english(text: str) -> None:
    """Names, digits and signs say nothing of a language."""
    assert detect_language(text) == "en"
