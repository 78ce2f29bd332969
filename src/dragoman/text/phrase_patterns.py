"""Regular expressions for parts of phrases: letters by direction, numbers, units, abbreviations."""

from __future__ import annotations

RTL = (  # strong characters of right-to-left scripts, and their combining marks
    "\u0590-\u05ff\u0608\u060b\u060d\u061b\u061d-\u065f\u066d-\u06dc\u06df-\u06e8\u06ea-\u06ef"
    "\u06fa-\u08ff\u200f\ufb1d-\ufd3d\ufd50-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
# Superscripts, subscripts, fractions and circled numbers, which `\w` matches.
NO_LETTERS = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2460-\u249b\u24ea-\u24ff"
RTL_WEAK = "\u060c\u0660-\u066c\u06f0-\u06f9"  # digits and marks of Arabic script
LTR_LETTER = rf"[^\W\d_{RTL}{RTL_WEAK}{NO_LETTERS}]"
RTL_LETTER = f"[{RTL}]"

# Numbers, and what joins them to formulas.
CURRENCY = "$#\u00a2-\u00a5\u20a0-\u20cf"
DIGITS = r"\d++(?:[.,:/\-–−\u066b\u066c\u00a0\u202f]\d++)*+"
AMOUNT = rf"[{CURRENCY}]?{DIGITS}(?:[%‰°′″{CURRENCY}\u066a\u00b2\u00b3\u00b9]|[ \u00a0]?°)?"
NUMBER = rf"[+\-−±~≈]?{AMOUNT}"
RELATION = "=<>≤≥≠≈≡+×÷*·^±∓→⇒↔⇔∈⊂⊆∩∪∧∨≪≫∝∼≅"
RELATES = rf"[{RELATION}]{{1,2}}|!="
OPERATOR = rf"\s?(?:{RELATES})\s?"
LINK = rf"\s?(?:{RELATES}|[\-−/])\s?"

# A sign is at the beginning of a word, after a Hebrew prefix with its hyphen or maqaf, or
# after an opening mark; after a letter the character is a hyphen.
AT_SIGN = rf"(?:(?<![^\s\u200e\u200f(\[{{\"'“”„«‘’,;:/–—…=<>\u05be])|(?<=[{RTL}][\-–]))"
SIGNED_AMOUNT = rf"(?:{AT_SIGN}[+\-−±~≈])?{AMOUNT}"
# Not the continuation of a number before it.
FREE = r"(?<![\d.,])(?<!\d[:/\-–−])"
# Numbers that need an isolate in a right-to-left line: in a formula, compared, signed, of telephones
# and cards, open at their end, with a fraction, joined by lines, and sets of them.
CHAIN = rf"{FREE}{SIGNED_AMOUNT}(?:{LINK}{NUMBER})++"
COMPARED = rf"(?<![\w{RTL}])[≥≤<>≈~≠±∓√][ \u00a0]?{NUMBER}(?!\w)"
SIGNED = rf"(?:{AT_SIGN}[+\-−±~≈]|(?<=[{RTL}])[+±~≈]){AMOUNT}(?:[ \u00a0.\-]\d{{2,}}+)*+"
AREA = rf"(?:(?:{AT_SIGN}|(?<=[{RTL}]))\+\d{{1,3}}[ .\-]?)?\(0?\d{{1,4}}\)[ .\-]?\d{{2,4}}(?:[ .\-]\d{{2,4}})*"
SPACED = rf"{FREE}0\d{{1,3}}(?:[ \-]\d{{2,4}}){{2,4}}(?!\d)|{FREE}\d{{1,3}}(?: \d{{3}}){{2,5}}(?!\d)|{FREE}\d{{4}}(?: \d{{4}}){{2,5}}(?!\d)"
OPEN_ENDED = rf"{FREE}\d++\+(?![\w+])"
FRACTION = rf"{FREE}\d++[\u00bc-\u00be\u2150-\u215e]"
JOINED = rf"{FREE}\d++(?:_\d++)++|(?<![\w*])\*\d{{3,5}}(?!\w)|{FREE}\d['’′]\d{{1,2}}[\"″”]?(?!\w)"
SET = r"\{-?\d[\d\s.,…+\-−]*\}"
NUMBERS = f"{AREA}|{COMPARED}|{SIGNED}|{SPACED}|{OPEN_ENDED}|{FRACTION}|{JOINED}|{SET}"
# In a line of Arabic script a number becomes an Arabic one (rule W2), which signs do not join.
AFTER_ARABIC = rf"{FREE}\d++(?:-\d++){{2,5}}+|{FREE}0\d++-\d++|[$€£¥]{DIGITS}|{FREE}{DIGITS}°"
ARABIC = "[\u0620-\u064a\u066e-\u06d3]"
ADDRESS = r"(?:https?|ftp)://[^\s<>\"“”«»״]++"

# Units that follow their number.
UNITS = (
    r"°[CFKR]?|[kMGTPmµμnpcdh]?(?:m|g|s|A|K|Hz|N|Pa|J|W|Wh|V|Ω|F|T|l|L|eV|B|b|bit|bps|mol|bar)"
    r"(?:[²³⁻¹\u00b9]|[/·](?:s|h|m|kg|l|L|cm|m²|m³|s²))*|[KMGT]i?[Bb](?:ps|it|/s|it/s)?|km/h|mph|kph|ha|t|min|h|ms"
    r"|px|pt|em|rem|rpm|fps|dpi|dB|ppm|kcal|cal|lb|lbs|oz|ft|in|mi|yd|bpm|Ah|mAh|kWh|a\.?m|p\.?m|AM|PM|BCE?|CE|AD"
    r"|USD|EUR|GBP|ILS|NIS|AZN|RUB|UAH|TRY|IRR|JPY|CHF|CNY|BTC"
)
MONTHS = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
STREET = (
    r"(?:[^\W\d_a-z][\w'’.\-]*[ \u00a0]){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr"
    r"|Square|Sq|Court|Ct|Place|Pl|Terrace|Highway|Hwy)"
)
# A move of chess.
MOVE = r"(?:O-O(?:-O)?|[KQRBN]?[a-h]?[1-8]?x?[a-h][1-8](?:=[QRBN])?)[+#]?[!?]{0,2}"
# Abbreviations whose stop may be in the middle of a line.
ABBREVIATED = (
    r"(?:(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}|[Ii]nc|[Ll]td|[Cc]o|[Cc]orp|[Bb]ros|GmbH|[JS]r|[MD]rs?|Ms|Prof"
    r"|St|Mt|Ave|Blvd|Dept|Univ|Ph\.D|vs|etc|al|cf|ca|viz|approx)"
)
# What may begin and end a phrase without a letter, and what joins its words.
LEAD = frozenset("@#$€£¥₽₪₼₺%~\\/.+-−±_^&|√∆∇∂∀∃∑∏∫¬∞=!?:¿¡°№\u066a")
TRAIL = frozenset("+#%°™®©′″^$€£¥₪₼_/\\=~|∞\u066a⁺⁻₊₋")
CONNECTORS = frozenset(".,:/-–'’&+=_@#%~*^\\|$?!·\u200c\u200d\u066b\u066c")
PREFIX_MARKS = frozenset("-‐‑–—/:,;=_*|&+?!")
BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "¿": "?", "¡": "!"}
CLOSING = {close: opened for opened, close in BRACKETS.items()}
SINGLE = "'‘’‚‛"
FAMILY = {char: kind for kind in ('"“”„‟', SINGLE, "«»", "‹›") for char in kind}
SPACE = frozenset(" \t\u00a0\u202f")
