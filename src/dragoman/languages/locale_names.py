"""What people call a locale: other spellings of its code, former codes, names of languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.languages import language as languages


def canonical(name: str) -> str:
    """The code of a locale that is written in another way; the name itself if it is no such thing.

    >>> canonical("he-IL"), canonical("iw"), canonical("HE"), canonical("Hebrew"), canonical("עברית")
    ('he_IL', 'he', 'he', 'he', 'he')
    >>> canonical("klingonish")
    'klingonish'
    """
    from babel import Locale, UnknownLocaleError  # slow, seldom needed
    from babel.core import get_global

    if re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]+)*", name):
        language, *rest = re.split("[_-]", name)
        language = get_global("language_aliases").get(language.lower(), language.lower())
        try:
            return str(Locale.parse("_".join([language, *rest])))
        except (UnknownLocaleError, ValueError):
            pass
    return _by_name(name) or name


def meant(name: str, known: Sequence[str]) -> str:
    """The known locale that a name means: the same one, or the only one of that language.

    A name that means none of them, or several, is returned in its canonical form.

    >>> meant("he-IL", ["az", "he"]), meant("pt", ["pt_BR"]), meant("zh_TW", ["zh_Hans", "zh_Hant"])
    ('he', 'pt_BR', 'zh_Hant')
    """
    if name in known:
        return name
    code = canonical(name)
    by_canonical = {canonical(one): one for one in known}
    if code in by_canonical:
        return by_canonical[code]
    near = [one for one in known if _covers(one, code) or _covers(code, one)]
    return near[0] if len(near) == 1 else code


def _covers(wide: str, narrow: str) -> bool:
    """Whether a locale without a country includes another one: `he` does `he_IL`."""
    language, *rest = wide.split("_")
    if narrow.partition("_")[0] != language or any(len(part) != len("Latn") for part in rest):
        return False
    return not rest or _script(narrow) == rest[0]


def _script(code: str) -> str:
    """The script of a locale, by CLDR's likely subtags."""
    from babel import Locale

    found = Locale.parse(code)
    if found.script:
        return str(found.script)
    from babel.core import get_global

    likely = get_global("likely_subtags")
    full = likely.get(f"{found.language}_{found.territory}") or likely.get(found.language, "")
    return next((part for part in full.split("_") if len(part) == 4), "")


def _by_name(name: str) -> str:
    """The code of the language with this English or own name; empty if there is none."""
    from babel import Locale, localedata

    wanted = name.casefold()
    for code, english in Locale("en").languages.items():
        if english.casefold() == wanted and localedata.exists(code):
            return str(code)
    for code in languages.codes():
        try:
            own = Locale.parse(code).get_display_name(code) or ""
        except ValueError:
            continue
        if own.casefold() == wanted:
            return code
    return ""
