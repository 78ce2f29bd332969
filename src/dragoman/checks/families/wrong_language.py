"""Is the target in its own language? Judged by common words, for neighbours in the same script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Fault, Pair, check

_LEAST_LETTERS = 40
# Words that occur in every long sentence of a language, and hardly in its neighbours.
_COMMON = {
    "az": "və bir bu ki üçün ilə də da olan olub daha çox sonra kimi isə onun edir olaraq ən hər "
    "idi var yox bütün görə həm artıq edib onlar biz mən sən siz nə necə əgər lakin ancaq həmin "
    "onu ona bizim qədər etdi deyib dedi bəzi heç",
    "tr": "ve bir bu ki için ile olan olduğu daha çok sonra gibi ise onun ediyor olarak en her "
    "idi var yok bütün göre hem artık onlar biz ben sen siz ne nasıl eğer ama ancak değil onu ona "
    "kadar etti dedi bazı hiç oldu ettiği tarafından olduğunu yılında üzerinde şekilde üzere sürece "
    "diye şey şimdi önünde kendi aynı içinde göre yeni büyük ben değildi vardı orada burada",
    "en": "the of and to in is that for was on are as with his they at be this have from or had by "
    "but not what all were when we there been one their has would who will more if no out so said",
    "ru": "и в не на что он с как это по но из у за от так же для они бы к до его был была было "
    "были мы вы я то все о при или уже если только когда чтобы ее который которые которая после "
    "нет также этого том этом него нему ним ней них нам вас лет года году со ещё еще где ни есть",
    "uk": "і в не на що він з як це по але із у за від так же для вони б до його був була було були "
    "ми ви я то всі про при або вже якщо тільки коли щоб її який які яка після немає також цього "
    "тому років року та ще де ні є й під між",
    "bg": "и в не на че той с как това по но от у за така са за те би към до него беше бяха ние "
    "вие аз всички при или вече ако само когато да я който които която след няма също този тази "
    "години година със още където е се ще",
    "be": "і ў не на што ён з як гэта па але у за ад так жа для яны б да яго быў была было былі мы "
    "вы я то усе аб пры або ужо калі толькі каб яе які якія якая пасля няма таксама гэтага гадоў",
    "he": "של את על לא הוא היא זה עם כי גם אם או אל כל יש אין היה היו אני אנחנו אתה הם הן רק אבל "
    "כדי אשר לפני אחרי בין ללא יותר מאוד עד כמו לו לה להם בו בה מה מי איך אך ולא וגם אלה זאת שלא",
    "yi": "און פון די דער דאס אין איז מיט צו נישט איך ער זי מיר איר האט האבן זענען אויף ביי פאר "
    "אויך נאך אבער ווי ווען וואס וועט געווען א אן דעם דאָס אױף װאָס",
}  # fmt: skip
_NEIGHBOURS = {"az": ("tr", "en"), "ru": ("uk", "bg", "be"), "he": ("yi",)}
_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_OWN_ONLY = {
    code: {other: _SETS[other] - _SETS[code] for other in others}
    for code, others in _NEIGHBOURS.items()
}
_WORDS = re.compile(r"[^\W\d_]+")
# Endings and letters that a neighbour has in almost every sentence, and the language never.
_MARKS = {
    "tr": re.compile(
        r"(?:l[ae]rce|ler|leri|lerin|lerde|lerden|lere|[ae]c[ae][kğ]\w*|m[ae]k|[ıiuü]yor\w*|meye|mesi|den)(?!\w)"
    ),
    "bg": re.compile(r"ъ(?![еёюяи])"),
}
_NOT_ONE = 60
_AZ_LETTERS = re.compile(r"[əığöşçüƏĞÖŞÇÜİ]")


_LEAST_WORDS = 15
_CLEAR = 0.12
"""Least share of common words in a running text of a language."""


def nearest(text: str, lang: str) -> str:
    """The language that a long text reads like; its own where nothing says otherwise.

    >>> nearest("The road to the sea is long, and it was not for them that they had built it. " * 3, "he")
    'en'
    """
    words = _WORDS.findall(text.lower())
    if len(words) < _LEAST_WORDS:
        return lang
    shares = {
        code: sum(word in common for word in words) / len(words) for code, common in _SETS.items()
    }
    likest = max(shares, key=shares.__getitem__)
    clear = shares[likest] > max(_CLEAR, 1.5 * shares.get(lang, 0.0))
    return likest if clear else lang


_SIGNS = {"az": ("ə",), "ru": ("ы", "э"), "he": (" של ", " את ", " על ", " הוא ", " לא ", " זה ")}
_ALIEN = {"az": frozenset(), "ru": frozenset("іїєґўј"), "he": frozenset("ײװױ")}


def _own(pair: Pair) -> bool:
    """Whether it shows at a glance that the target is in its own language."""
    target = pair.target
    return any(sign in target for sign in _SIGNS[pair.lang]) and _ALIEN[pair.lang].isdisjoint(
        pair.chars
    )


@check("error", only="az he ru")
def wrong_language(pair: Pair) -> Iterator[Fault]:
    """A long target is in its own language, and not in one beside it.

    Why: a sentence of a Turkish, Ukrainian or Yiddish catalog has the right letters. Below forty
    letters nothing is said: short texts prove nothing.

    PASS az: We will not forget them and we will be here until the end. | Biz onları unutmayacağıq və sona qədər burada olacağıq.
    FAIL az: We will not forget them and we will be here until the end. | ⟦Onları hiç unutmayacağız ve sonuna kadar burada olacağız, ama değil.⟧
    FAIL az: The old men talked about the weather for hours in front of the tea house. | ⟦Yaşlı adamlar çay evinin önünde saatlerce hava durumundan konuştular.⟧
    FAIL ru: The old men sat in front of the tea house for hours. | ⟦Старите мъже седяха пред чайната с часове и говореха.⟧
    FAIL ru: We will not forget them and will be here to the end. | ⟦Ми їх не забудемо і будемо тут до кінця, якщо це потрібно.⟧
    """
    if len(pair.target) < _LEAST_LETTERS or _own(pair) or pair.letters < _LEAST_LETTERS:
        return
    seen = frozenset(pair.words)
    own = len(seen & _SETS[pair.lang])
    for other, only in _OWN_ONLY[pair.lang].items():
        marks = len(_MARKS[other].findall(pair.small)) if other in _MARKS else 0
        hits = len(seen & only) + marks * (2 if other == "bg" else 1)
        if hits >= 2 and len(seen & _SETS[other]) + marks > own + own // 4:
            message = f"it reads like another language ({other})"
            yield Fault(message, 0, len(pair.target))
            return
    if pair.lang == "az" and not _AZ_LETTERS.search(pair.seen):
        yield Fault("not one letter of ə ı ö ü ç ş ğ", 0, len(pair.target), severity="warning")
    elif pair.lang == "az" and "ə" not in pair.small and pair.letters > _NOT_ONE:
        yield Fault("not one ə in so long a text", 0, len(pair.target), severity="warning")
