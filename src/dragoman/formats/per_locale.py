"""Values in a file that name its language: filled in for the locale of each output."""

from __future__ import annotations


def filled(template: str, locale: str) -> str:
    """Replace `{locale}`, `{lang}` (BCP 47) and `{direction}` in a template.

    >>> filled("/{lang}/x", "pt_BR"), filled("{direction}", "he")
    ('/pt-BR/x', 'rtl')
    """
    from dragoman.languages import locales

    values = {"locale": locale}
    if "{lang}" in template:
        values["lang"] = locales.language_tag(locale)
    if "{direction}" in template:
        values["direction"] = locales.direction(locale)
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template
