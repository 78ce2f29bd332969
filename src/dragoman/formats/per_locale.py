"""What a file says of its own language, in the words of the locale that it is written for."""

from __future__ import annotations


def said_of(template: str, locale: str) -> str:
    """A template with a locale's name, its language tag and its direction.

    >>> said_of("/{lang}/x", "pt_BR"), said_of("{direction}", "he")
    ('/pt-BR/x', 'rtl')
    """
    from dragoman.languages import locales

    facts = {"locale": locale}
    if "{lang}" in template:
        facts["lang"] = locales.language_tag(locale)
    if "{direction}" in template:
        facts["direction"] = locales.direction(locale)
    for name, value in facts.items():
        template = template.replace(f"{{{name}}}", value)
    return template
