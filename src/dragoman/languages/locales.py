"""Facts of locales: direction, plural forms, names; from the language's file, or else from CLDR.

The file comes first for two reasons: every command needs a direction, and reading it is faster than
loading Babel; and plural rules must not change with the installed version of CLDR, because authorities
differ (Hebrew has two, three or four forms) and a catalog's header must stay the same.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.errors import DragomanError
from dragoman.languages import language as languages

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}")


def check(locale: str) -> str:
    """Return the locale if CLDR knows it.

    Raises:
        DragomanError: it is not a locale.

    >>> check("pt_BR")
    'pt_BR'
    """
    if languages.of(locale).code == locale and languages.of(locale).direction:
        return locale
    if _TAG.fullmatch(locale) is None:
        raise DragomanError(
            f"{locale!r} is not the name of a locale", how_to_fix="write one like az, he or pt_BR"
        )
    from babel import Locale, UnknownLocaleError, localedata  # slow, seldom needed

    try:
        Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        from difflib import get_close_matches  # seldom needed

        near = get_close_matches(locale, [*languages.codes(), *localedata.locale_identifiers()], 1)
        raise DragomanError(
            f"{locale!r} is not a locale that CLDR knows",
            how_to_fix=f"did you mean {near[0]}?" if near else "write one like az, he or pt_BR",
        ) from None
    return locale


@cache
def direction(locale: str) -> str:
    """`ltr` or `rtl`, from CLDR's layout of the locale's script.

    >>> direction("he"), direction("az"), direction("ar_EG")
    ('rtl', 'ltr', 'rtl')
    """
    known = languages.of(locale)
    if known.direction and locale == known.code:
        return known.direction
    from babel import Locale  # slow, seldom needed

    return str(Locale.parse(locale.replace("-", "_")).text_direction)


@cache
def script(locale: str) -> str:
    """The script (ISO 15924) of a locale; empty if CLDR does not know it.

    >>> script("ru"), script("az_Cyrl"), script("sr")
    ('Cyrl', 'Cyrl', 'Cyrl')
    """
    language, *rest = locale.replace("-", "_").split("_")
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return part.title()
    if known := languages.of(language).script:
        return known
    from babel.core import get_global  # slow, seldom needed

    likely = str(get_global("likely_subtags").get(language.lower(), ""))
    return next((part for part in likely.split("_") if len(part) == 4), "")


def plural_forms(locale: str) -> str:
    """The value of a catalog's Plural-Forms header.

    >>> plural_forms("az")
    'nplurals=2; plural=(n != 1);'
    """
    if known := languages.of(locale).plural_forms:
        return known
    from babel.messages.plurals import get_plural  # slow, seldom needed

    return f"nplurals={get_plural(locale)[0]}; plural={get_plural(locale)[1]};"


def language_tag(locale: str) -> str:
    """The BCP 47 tag of a locale, as used in HTML and XML.

    >>> language_tag("pt_BR")
    'pt-BR'
    """
    return locale.replace("_", "-")


def office_tag(locale: str) -> str:
    """The language tag for office files, whose spell checkers need a country.

    >>> office_tag("he"), office_tag("pt_BR")
    ('he-IL', 'pt-BR')
    """
    known = languages.of(locale)
    own = known.exports.get("word") if known.code == locale else None
    return own or language_tag(locale)


@cache
def name(locale: str, in_locale: str | None = None) -> str:
    """The name of a locale, in its own language or in that of `in_locale`.

    >>> name("he"), name("he", "en")
    ('עברית', 'Hebrew')
    """
    from babel import Locale  # slow, seldom needed

    parsed = Locale.parse(locale.replace("-", "_"))
    shown = parsed.get_display_name((in_locale or locale).replace("-", "_"))
    return str(shown or locale)


def title(locale: str) -> str:
    """The name of a locale in its own language, with a capital, as where it stands alone.

    >>> title("az"), title("ru"), title("he")
    ('Azərbaycan', 'Русский', 'עברית')
    """
    own = name(locale)
    dotted = own[:1] == "i" and languages.of(locale).turkic
    return ("İ" if dotted else own[:1].upper()) + own[1:]


def number(value: int, locale: str) -> str:
    """A number in the format of the locale.

    >>> number(12345, "ru")
    '12\\xa0345'
    """
    from babel.numbers import format_decimal  # slow, seldom needed

    return str(format_decimal(value, locale=locale.replace("-", "_")))


def percent(part: int, whole: int, locale: str) -> str:
    """A part as a percentage of a whole, rounded down, so that only the whole is 100 %.

    >>> percent(999, 1000, "en"), percent(1, 3, "ru")
    ('99%', '33\\xa0%')
    """
    from babel.numbers import format_percent  # slow, seldom needed

    share = part * 100 // whole if whole else 100
    return str(format_percent(share / 100, locale=locale.replace("-", "_")))


def date(text: str, locale: str) -> str:
    """An ISO date in the long format of the locale; any other text is returned unchanged.

    >>> date("1992-02-26", "he"), date("spring 1992", "he")
    ('26 בפברואר 1992', 'spring 1992')
    """
    from datetime import date as day  # seldom needed

    from babel.dates import format_date  # slow, seldom needed

    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return text
    try:
        return format_date(day.fromisoformat(text), "long", locale=locale.replace("-", "_"))
    except ValueError:
        return text
