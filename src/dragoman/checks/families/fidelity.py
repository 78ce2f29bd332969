"""Structure inside a unit: what is not prose is unchanged, and white space is correct."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from types import MappingProxyType

from dragoman.checks.families.residue import is_english
from dragoman.checks.masking import CONTENT, MARK, mails
from dragoman.checks.pair import Fault, Pair, check
from dragoman.languages import language as languages
from dragoman.model import Span

_FEW_LETTERS = 4
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[’'.-][^\W_]+)*")
# All markup, with the parts that must not change: if these are the same, so are the elements.
_MARKS = re.compile(
    r"`[^`]*`?|\]\s*\([^()]*\)?|\]\[[^\[\]]*\]?|\[\^[^\]]*\]|<[^<>]*>?|[*_~\[\]\\]+"
)
_MARKUP = re.compile(r"[`*_~<\[\\]")
_TAG = re.compile(r"(?<!<)</?[A-Za-z][^<>]*>(?!>)")
_HOLDER = re.compile(
    r"[%{](?:(?<=%)(?:\(\w{1,64}\)[a-z]|(?<!\d.)[sdrifgxc]\b)|(?<={)[\w.!:]{1,64}\})"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\[\]()“”«»\"]*[^\s<>\[\]()“”«»\".,;:!?…’']")
_NAMES = {
    "strong": "strong emphasis",
    "emphasis": "emphasis",
    "strike": "strike-through",
    "code": "code",
    "math": "formula",
    "link": "link",
    "image": "image",
    "note": "footnote mark",
    "label": "label of a link",
    "break": "line break",
}


@check("error")
def same_as_source(pair: Pair) -> Iterator[Fault]:
    """The target is not a copy of the source, and is written in letters of its own language.

    Why: a unit that was copied and not translated looks done. Names in capitals, addresses, code
    and words that the glossary keeps may stand as they are.

    PASS az: BBC | BBC
    PASS ru: https://example.org/a | https://example.org/a
    PASS he: He left. | הוא הלך.
    FAIL ru: Chapter 18 | ⟦Chapter 18⟧
    FAIL ru: The council met. | ⟦The council met.⟧
    FAIL az: The council met. | ⟦The council met.⟧
    FAIL he: The council | ⟦The Council⟧
    """
    own = None if pair.language.latin else pair.language.own_letters
    if own is not None and own.search(pair.target):
        return
    same = pair.source == pair.target or _alike(pair.source, pair.target)
    if not same and (own is None or pair.lang == pair.source_locale):
        return
    source_letters = languages.of(pair.source_locale).own_letters
    if not same and source_letters and source_letters.search(pair.seen) is None:
        return  # in a third script, which is for another check to judge
    words = [w for w in _WORD.findall(pair.seen) if not _kept(w, pair.keep)]
    example = same and not pair.source.isascii()  # in another language, kept
    if sum(map(len, words)) < _FEW_LETTERS or example or not pair.target.strip():
        return
    if own is None and all(word.lower() in pair.language.like_english for word in words):
        return  # az radio
    severity = _of_copy(words, pair)
    end = len(pair.target)
    yield Fault("the target is still in the language of the source", 0, end, 0, 0, severity)


_LABEL_ALONE = re.compile(r"\W*\[[^\[\]]+\]\([^()\s]*\)\W*")
_VERSION = re.compile(r"\W*((?:[A-Z]\w*[ -])+)v?\d[\d.]*(?: [A-Z]{2,4})?\W*")


def _of_copy(words: Sequence[str], pair: Pair) -> str:
    """The severity of a copied text: less than an error where it may be a name.

    Args:
        words: its words that may not stay untranslated.
        pair: the text and its copy.
    """
    latin = pair.language.latin
    if latin and len(words) == 1 and words[0].islower() and not is_english(words[0]):
        return "info"  # az mar, metro
    capitals = all(word[0].isupper() for word in words)
    if not capitals:
        return "error"
    known = [word for word in words if is_english(word.lower())]
    if (version := _VERSION.fullmatch(pair.seen)) is not None:
        parts = languages.of(pair.source_locale).section("source").get("numbered", "").split()
        first = version[1].split(" ")[0].lower()
        return "error" if first in parts else "warning" if known else "info"
    if latin and len(words) <= 2:
        return "warning" if known or len(words) > 1 else "info"  # az Quba
    return "warning" if _LABEL_ALONE.fullmatch(pair.source) else "error"


def _alike(source: str, target: str) -> bool:
    """Whether two texts have the same words, whatever their capitals and marks."""
    words = (re.finditer(r"\w+", text.casefold()) for text in (source, target))
    return all(one and other and one[0] == other[0] for one, other in zip_longest(*words))


def _kept(word: str, keep: frozenset[str]) -> bool:
    """Whether a Latin word may stand in any text: BBC, iPhone, H2O, a, and words kept on purpose."""
    rest = word[1:]
    plain = rest.isalpha() and rest.islower()
    if not rest or (not plain and any(c.isupper() or c.isdigit() for c in rest)):
        return True
    return word.lower() in keep


@check("error", on=r"[`*_~<\[\]\\]")
def markup(pair: Pair) -> Iterator[Fault]:
    """The target has the inline markup of the source, as often, and its links the same address.

    Why: a lost link or footnote is lost in every edition. The order is free.

    PASS ru: A **bold** [link](x.html). | [Ссылка](x.html) **жирная**.
    PASS he: Run `make`. | הריצו `make`.
    FAIL az: A **bold** word. | Qalın söz.
    FAIL ru: See [here](a.html). | См. [здесь](⟦b.html⟧).
    FAIL he: Run `make test`. | הריצו ⟦`make tests`⟧.
    FAIL ru: A **bold** word. | Слово ⟦**⟧жирное.
    FAIL az: See the note.[^1] | Qeydə baxın.
    """
    if _MARKUP.search(pair.source) is None and _MARKUP.search(pair.target) is None:
        return
    if sorted(_MARKS.findall(pair.source)) == sorted(_MARKS.findall(pair.target)):
        return
    asked, given = (
        Counter(_same_page(chain(_elements(pair.inline(text), "[^" in text), _written(text))))
        for text in (pair.source, pair.target)
    )
    if pair.terms and (elsewhere := _elsewhere(pair)):
        given = Counter((name, elsewhere.get(value, value)) for name, value in given.elements())
    if asked == given:
        return
    lacking, excess = list((asked - given).elements()), list((given - asked).elements())
    for name, value in lacking:
        if name == "link" and (name, value) in given:
            continue  # a link that the source repeats
        instead = next((e for e in excess if e[0] == name), None)
        if instead:
            excess.remove(instead)
            start, end = _place(pair.target, *instead)
            yield Fault(f"{_shown(*instead)} stands for {_shown(name, value)}", start, end)
        else:
            start, end = _place(pair.source, name, value)
            stray = _stray(name, pair.target)
            yield Fault(f"{_shown(name, value)} is missing", *stray, start, end)
    for name, value in excess:
        start, end = _place(pair.target, name, value)
        yield Fault(f"{_shown(name, value)} is not in the source", start, end)


def _written(text: str) -> Iterator[tuple[str, str]]:
    """Tags, footnote marks and labels of links as they are written."""
    for tag in _TAG.findall(text) if "<" in text else ():
        if not tag.lower().startswith("<br"):
            yield "tag", tag
    if "[" in text:
        yield from (("note", note) for note in _NOTE.findall(text))
        yield from (("label", label) for label in _LABEL.findall(text))


_NOTE = re.compile(r"\[\^([^\]\s]{1,64})\]")
_LABEL = re.compile(r"\]\[([^\[\]]{1,200})\]")
_TORN_LINK = re.compile(r"\[[^\[\]]{1,200}\]?\s*\([^()\s]{1,200}\)?")
_DELIMITERS = {
    "strong": re.compile(r"\*\*|__"),
    "emphasis": re.compile(r"(?<![*\w])\*(?!\*)|(?<=\S)\*(?![*\w])|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)"),
    "strike": re.compile(r"~~"),
    "code": re.compile(r"`+"),
}


def _stray(name: str, target: str) -> tuple[int, int]:
    """The place of a mark of this kind without its partner, if there is one."""
    if name == "link" and (torn := _TORN_LINK.search(target)):
        return torn.span()
    if name not in _DELIMITERS:
        return 0, 0
    found = list(_DELIMITERS[name].finditer(target))
    return found[-1].span() if len(found) % 2 else (0, 0)


def _same_page(elements: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Elements with the fragments of links taken off their addresses.

    The identifiers of headings are often made of their texts, so a translated heading has another.
    """
    for name, value in elements:
        page, sign, fragment = value.partition("#") if name == "link" else (value, "", "")
        yield name, f"{page}#" if sign and fragment else value


def _elements(spans: Sequence[Span], noted: bool) -> Iterator[tuple[str, str]]:
    """The elements of some spans: the name of each, and what must not change in it.

    Args:
        spans: the spans of a text.
        noted: whether footnote marks are compared as they are written.
    """
    for span in spans:
        if noted and span.name == "note":
            continue
        if span.name in ("link", "image"):
            yield span.name, span.url
        elif span.name in ("code", "math"):
            yield span.name, span.text
        elif span.name in _NAMES:
            yield span.name, ""
        if span.children:
            yield from _elements(span.children, noted)


def _shown(name: str, value: str) -> str:
    return f"the {_NAMES.get(name, name)}{f' {value}' if value else ''}"


def _place(text: str, name: str, value: str) -> tuple[int, int]:
    """The span of an element in a text, found by its value; (0, 0) if it is not found."""
    patterns = {
        "link": rf"(?<=\]\(){re.escape(value)}|<?{re.escape(value)}>?",
        "image": rf"(?<=\]\(){re.escape(value)}",
        "code": rf"`+\s?{re.escape(value)}\s?`+",
        "math": re.escape(value),
        "note": rf"\[\^{re.escape(value)}\]",
        "label": rf"\]\[{re.escape(value)}\]",
        "strong": r"(\*\*|__)[^*_]+\1",
        "emphasis": r"(?<![*_])([*_])[^*_]+\1",
        "strike": r"~~[^~]+~~",
        "tag": re.escape(value),
    }
    found = re.search(patterns[name], text) if name in patterns else None
    return found.span() if found else (0, 0)


@check("error", on="[{%]")
def placeholder(pair: Pair) -> Iterator[Fault]:
    """Placeholders such as `{name}` and `%(count)d` are the same in the target as in the source.

    Why: they are filled in later, by name.

    PASS ru: Hello, {name}! | Здравствуйте, {name}!
    PASS he: 100% of them | 100% מהם
    FAIL az: Hello, {name}! | Salam, ⟦{ad}⟧!
    """
    if not ("{" in pair.source or "%" in pair.source or "{" in pair.target):
        return
    yield from _compared(_HOLDER.findall, pair.source, pair.target, "the placeholder")


@check("error", when="addressed")
def link(pair: Pair) -> Iterator[Fault]:
    """Web and e-mail addresses and telephone numbers of the source are unchanged in the target.

    Why: a wrong letter in them leads elsewhere.

    PASS he: Write to a@b.org. | כתבו אל a@b.org.
    PASS ru: See https://a.org/x. | См. https://a.org/x.
    FAIL az: Write to a@b.org. | ⟦a@b.com⟧ ünvanına yazın.
    FAIL ru: Call +994 12 555 12 34. | Звоните: ⟦+994 12 555 12 43⟧.
    """
    if "://" in pair.source or "www." in pair.source or "://" in pair.target:
        elsewhere = _elsewhere(pair) if pair.terms else {}
        source, target = _without_links(pair.source, pair), _without_links(pair.target, pair)
        yield from _compared(_ADDRESS.findall, source, target, "the address", elsewhere)
    if "@" in pair.source or "@" in pair.target:
        yield from _compared(_mails, pair.source, pair.target, "the address")
    yield from _phones(pair)


def _without_links(text: str, pair: Pair) -> str:
    """A text with the addresses of its links masked, which are compared as markup; offsets stay."""
    for name, address in _elements(pair.inline(text), noted=True):
        if name in ("link", "image") and address and _MARKUP.search(text):
            for written in (f"({address}", f"<{address}>"):
                text = text.replace(written, CONTENT * len(written))
    return text


def _phones(pair: Pair) -> Iterator[Fault]:
    asked = pair.source_phones
    if not asked:
        return
    given = pair.target_phones
    known = {phone.digits for phone in given}
    digits = "" if all(phone.digits in known for phone in asked) else re.sub(r"\D", "", pair.target)
    for phone in asked:
        if phone.digits in known or phone.digits in digits:
            continue
        near = next((g for g in given if g.digits[:4] == phone.digits[:4]), None)
        start, end = (near.start, near.end) if near else (0, 0)
        said = pair.source[phone.start : phone.end]
        message = f"the telephone number is {said} in the source"
        yield Fault(message, start, end, phone.start, phone.end)


def _elsewhere(pair: Pair) -> dict[str, str]:
    """Addresses of pages that the glossary has elsewhere in this language, by that address."""
    found = {}
    for source, term in pair.glossary.addresses.items():
        wording = term.wordings.get(pair.locale) or term.wordings.get(pair.lang)
        found.update(dict.fromkeys(wording.forms if wording else (), source))
    return found


def _mails(text: str) -> list[str]:
    return [match[0] for match in mails(text)]


def _compared(
    find: Callable[[str], list[str]],
    source: str,
    target: str,
    what: str,
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Fault]:
    asked = Counter(find(source))
    given = Counter(elsewhere.get(value, value) for value in find(target))
    if asked == given:
        return
    lacking, excess = list((asked - given).elements()), list((given - asked).elements())
    for value in lacking:
        if value in given:
            continue  # repeated in the source
        at = source.find(value)
        if excess:
            wrong = excess.pop(0)
            start = target.find(wrong)
            yield Fault(
                f"{what} is {value} in the source", start, start + len(wrong), at, at + len(value)
            )
        else:
            yield Fault(f"{what} {value} is missing", 0, 0, at, at + len(value))
    for value in excess:
        start = target.find(value)
        yield Fault(f"{what} {value} is not in the source", start, start + len(value))


_OUTER = re.compile(r"\A\s+|\s+\Z")
_INNER = re.compile(
    r"[ \u00a0](?:(?<=\S.)[ \u00a0]+(?=\S)(?P<many>)"
    rf"|(?<=[^\s(\[«“„\"—–{CONTENT}{MARK}].)[ \u00a0]*(?=[,;!?](?:\s|$|[»”\")]|[^\W\d_])|\.(?:\s|$)|:\s))"
)
_POINTS = frozenset(".,;:!?")
_BESIDE = {mark: (f" {mark}", f"{mark} ") for mark in _POINTS}
_AFTER = re.compile(
    r"[,;:.?!](?:(?<=[^\W\d_][,;:])(?=[^\W\d_])"
    r"|(?<=[^\W\d_A-ZА-ЯЁƏÖÜĞŞÇİ]{3}[.?!])(?=[A-ZА-ЯЁƏÖÜĞŞÇİ][^\W\d_])|(?<=[א-ת]{3}[.?!])(?=[א-ת]{3}))"
)


AFTER_PREFIX = "a blank after the prefix"


@check("warning")
def white_space(pair: Pair) -> Iterator[Fault]:
    """No blanks at the ends, none doubled, none before a comma or stop, one after a comma.

    Why: they are seen in print, and break lines in the wrong place.

    PASS ru: Yes! | Да !.. — нет
    PASS az: Yes, no. | Bəli, yox.
    FAIL he: Yes, no. | כן⟦ ⟧, לא.
    FAIL ru: Two words | Два⟦  ⟧слова
    FAIL az: Yes, no. | Bəli⟦,⟧yox.
    FAIL ru: He left. She stayed. | Он ушёл⟦.⟧Она осталась.
    FAIL az: the 34th day | 34⟦ -⟧cü gün
    FAIL he: to Israel | ⟦ל ⟧ישראל
    """
    target = pair.target
    if target.strip() != target and pair.source.strip() == pair.source:
        for match in _OUTER.finditer(target):
            yield Fault("blanks at the end", *match.span(), fix="", safe=True)
    after, before = pair.language.after_prefix, pair.language.before_ending
    if not (after or before or _odd(target, pair.chars)):
        return
    yield from _blanks(pair)
    tight = _AFTER.search(pair.seen_source) is not None
    for match in _AFTER.finditer(pair.seen) if not tight else ():
        if not pair.asks(pair.target[match.start() - 2 : match.end() + 2]):
            yield Fault("no blank after the mark", *match.span(), fix=match[0] + " ")
    for match in after.finditer(pair.seen) if after else ():
        fix, safe = match[0].rstrip(), match[0].strip() == "-"
        yield Fault(AFTER_PREFIX, *match.span(), fix=fix, safe=safe)
    for match in before.finditer(pair.seen) if before else ():
        safe = match[0].strip() == "-"
        yield Fault("a blank before the ending", *match.span(), fix="-", safe=safe)


def _odd(target: str, chars: frozenset[str]) -> bool:
    """Whether a blank of a text may be too many or too few: by counting, for speed."""
    if "  " in target or "\u00a0" in chars:
        return True
    for mark in _POINTS & chars:
        before, after = _BESIDE[mark]
        if before in target:
            return True
        if target.count(mark) != target.count(after) + target.endswith(mark):
            return True
    return False


def _blanks(pair: Pair) -> Iterator[Fault]:
    spaced = pair.language.section("spacing").get("before_marks", ())
    for match in _INNER.finditer(pair.seen):
        many = match.lastgroup == "many"
        if many and "  " in pair.source:
            continue
        if (
            not many
            and match[0].isspace()
            and pair.target[match.end()] == "."
            and pair.target.startswith("..", match.end())
        ):
            continue
        if not many and pair.target[match.end() : match.end() + 1] in spaced:
            continue
        said = "blanks doubled" if many else "a blank before the mark"
        yield Fault(said, *match.span(), fix=" " if many else "", safe=True)
