"""The glossary: inflected forms are found, near-misses are not, and every form of file keeps it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.glossary import Glossary, Term, Wording, edited_toml, found, read, term_exchange

FOUND = {
    "ru": """Ходжалинская резня: о Ходжалинской резне | Нагорный Карабах: из Нагорного Карабаха
        Совет Безопасности: в Совете Безопасности | Ильхам Алиев: с Ильхамом Алиевым | Шуша: в Шуше
        Агдам: под Агдамом | Хамас: ХАМАСа больше нет | Мехрибан: Мехрибан-ханум | заложник: всех заложников
        Яд Вашем: в Яд Вашем | человек: людей было много | город: городами | беженец: о беженцах
        война: войной | перемирие: перемирии | посол: послу | Баку: в Баку | Израиль: Израилю
        Азербайджан: Азербайджаном | мирный договор: мирного договора | годовщина: в 34-ю годовщину
        еврей: евреев | память: памятью | жертва: жертвам | очевидец: очевидцами | музей: музеев
        село: сёла | чёрный сад: в чёрном саду | министр: министром | мать: матерей | день: днями
        ребёнок: детей | имя: именами | путь: путём | время: временем | дочь: дочерьми | сын: сыновья
        граница: на границе | свидетель: свидетелям | площадь: площади""",
    "he": """טבח: לטבח | טבח: הטבח | ירושלים: ושבירושלים | צה"ל: כשצה״ל | חוג׳אלי: בחוג'אלי | אזרבייג׳ן: לאזרבייג׳ן
        BBC: ה-BBC | בראשית: בְּרֵאשִׁית | ממשלה: מהממשלה | ירושלים: ובירושלים | כנסת: שבכנסת | שגריר: לשגריר
        ישראל: מישראל | ארה״ב: בארה"ב | מלחמה: במלחמה | זיכרון: לזיכרון | חטופים: וחטופים | נשיא: כשהנשיא
        באקו: בבאקו | קרבאך: מקרבאך | עד ראייה: לעד ראייה | גבול: הגבול | מוזיאון: ובמוזיאון | אלייב: לאלייב
        האו״ם: שהאו"ם | תל אביב: בתל־אביב | בית כנסת: לבית הכנסת | פליטים: הפליטים | סופר: שסופר | נתניהו: ונתניהו
        שלום: בשלום | דגל: הדגל | עיתון: ״העיתון״ | רוסיה: לרוסיה | טורקיה: מטורקיה | קווקז: שבקווקז
        ארמניה: וארמניה | יום השואה: ביום השואה | קהילה: לקהילה | אנטישמיות: האנטישמיות""",
    "az": """soyqırım: soyqırımının | Xocalı: Xocalıların | Qarabağ: Qarabağda | uşaq: uşağın | uşaq: uşaqlarımızdan
        BMT: BMT-nin | BMT: BMTnin | Azərbaycan: Azərbaycandakı | Azərbaycan: Azərbaycanla | şəhid: şəhidlərimizin
        Bakı şəhəri: Bakı şəhərinin | qətl: qətlə | ürək: ürəyini | İsrail: İSRAİLİN | məktəb: məktəblərdən | kitab: kitablar
        müharibə: müharibənin | sülh: sülhə | səfir: səfirlə | nazir: nazirdir | prezident: prezidentin | dövlət: dövlətimiz
        sərhəd: sərhəddə | qaçqın: qaçqınları | muzey: muzeydə | xalq: xalqın | torpaq: torpağı | yaddaş: yaddaşda
        Ermənistan: Ermənistandan | Rusiya: Rusiyaya | Şuşa: Şuşanın | Ağdam: Ağdamdakı | Əliyev: Əliyevə | qələm: qələmlərini
        gecə: gecəsi | günah: günahı | kənd: kəndlərimizdə | yol: yollar | insan: insanlardır | ev: evdən""",
}  # fmt: skip
NOT_FOUND = {
    "ru": """Армения: армяне | Баку: бакинский | Шуша: шумно | война: воин | город: огород | мир: Мирзоян | мать: матрос
        сын: сыр | посол: посольство | дочь: дочиста | село: весело | Иран: Ирак | Израиль: израильский | память: памятник
        жертва: жертвенник | музей: музыка | граница: гранит | имя: имение | путь: путник | день: деньги | время: времянка
        Агдам: Адам | министр: министерство | ребёнок: ребро | заложник: залог | свидетель: свидание | площадь: плащ
        человек: веко | перемирие: премия | годовщина: годовалый | еврей: европеец | беженец: бежать | очевидец: очевидно
        Хамас: хамство | Алиев: аллея | Совет: советник | резня: резина | договор: договорник | сад: осада | мир: миф""",
    "he": """שלום: ושלומו | ים: מים | טבח: מטבח | גבול: גבולי | דגל: דגלון | נשיא: נשיאות | כנסת: כנסתי | סופר: סופרים
        ישראל: ישראלי | רוסיה: רוסיהם | באקו: באקוני | שגריר: שגרירות | ממשלה: ממשל | מלחמה: לחמה | זיכרון: זיכרונות
        קהילה: קהילות | עיתון: עיתונאי | פליטים: פליט | קרבאך: קרבא | אלייב: אלי | טורקיה: טורקי | ארמניה: ארמני
        שואה: משואות | בית: תבית | עד: עדיף | יום: יומן | תל אביב: תל אביבית | מוזיאון: מוזיאוני | קווקז: קווקזי | חטופים: חטופי
        אנטישמיות: אנטישמי | נתניהו: נתניה | ירושלים: ירושלמי | צה"ל: צהל"ית | האו״ם: או״מי | BBC: BBCD | חוג׳אלי: חוגאליסט
        בראשית: בראשיתי | ארה״ב: ארה״בי | אזרבייג׳ן: אזרבייג׳ני""",
    "az": """Azərbaycan: Azərbaycanlılar | Qarabağ: Qarabağlı | şəhid: şəhidlik | qətl: qətliam | at: ata | ana: anar | yol: yoldaş
        xalq: xalça | ev: evli | Bakı: bakirə | kitab: kitabxana | məktəb: məktəbli | sülh: sülhsevər | nazir: nazirlik
        səfir: səfirlik | dövlət: dövlətçilik | gün: günəş | insan: insaniyyət | Rusiya: Rusiyalı | Şuşa: Şuşalı
        muzey: muzeyşünas | qələm: qələmkar | kənd: kəndli | yaddaş: yaddaşsız | torpaq: torpaqşünas | uşaq: uşaqlıq
        ürək: ürəkli | qaçqın: qaçqınlıq | prezident: prezidentlik | gecə: gecələmək | sərhəd: sərhədçi | soyqırım: soyqırımçı
        BMT: BMTQ | Əliyev: Əliyevçi | İsrail: İsrailli | müharibə: müharibəsiz | günah: günahkar | Ağdam: Ağdamlı | Xocalı: Xocasən | il: ilə""",
}  # fmt: skip


def phrases(table):
    for lang, lines in table.items():
        for pair in lines.replace("\n", "|").split("|"):
            if pair.strip():
                form, _, text = pair.strip().partition(": ")
                yield pytest.param(lang, form, text, id=f"{lang}-{form}-{text}")


@pytest.mark.parametrize(("lang", "form", "text"), list(phrases(FOUND)))
def test_inflected_forms_are_found(lang, form, text):
    assert found(form, text, lang)


@pytest.mark.parametrize(("lang", "form", "text"), list(phrases(NOT_FOUND)))
def test_near_misses_are_not(lang, form, text):
    assert found(form, text, lang) is None


GLOSSARY = Glossary(
    (
        Term(
            "Khojaly",
            {"az": Wording("Xocalı"), "ru": Wording("Ходжалы", ("Ходжали",), ("Хожалы",))},
        ),
        Term("truce", {"he": Wording("הפסקת אש")}, note="not peace"),
        Term("BBC", keep=True),
    )
)


def test_toml_csv_and_tbx_give_back_what_went_out():
    locales = ["az", "he", "ru"]
    assert [t.wordings for t in read(term_exchange.to_toml(GLOSSARY), "x", locales).terms] == [
        t.wordings for t in GLOSSARY.terms
    ]
    assert (
        term_exchange.from_csv(term_exchange.to_csv(GLOSSARY), "x").terms[0].wordings
        == GLOSSARY.terms[0].wordings
    )
    tbx = term_exchange.from_tbx(term_exchange.to_tbx(GLOSSARY, "en", "x").encode(), "x", "en")
    assert [t.wordings for t in tbx.terms] == [t.wordings for t in GLOSSARY.terms]
    assert tbx.terms[1].note == "not peace"


@pytest.fixture
def project(place):
    place.fine("init", "--locale", "ru", "--locale", "az")
    place.write("source_texts/day.txt", "They met in Khojaly.\nThe BBC told of it.\n")
    place.write("locales/glossary.toml", term_exchange.to_toml(GLOSSARY).replace("he = ", "az = "))
    settings = place.read("dragoman.toml")
    place.write("dragoman.toml", settings.replace("locales =", "terms = true\nlocales ="))
    return place


def test_terms_are_shown_to_translators_and_checked(project):
    project.fine("update")
    assert "#. Term: Khojaly = Xocalı\n" in project.read("locales/az/LC_MESSAGES/day.po")
    told = {
        "They met in Khojaly.": "Они встретились в Хожалы.",
        "The BBC told of it.": "Би-би-си сообщила об этом.",
    }
    project.translate("ru", "day", told.get)
    run = project.run("check", "-l", "ru")
    assert run.code == 1
    assert "forbidden-term: the glossary forbids “Хожалы”; “Khojaly” is “Ходжалы”" in run.out
    assert "term: “BBC” stays as it is" in run.out
    told = {
        "They met in Khojaly.": "Они встретились в Ходжалы.",
        "The BBC told of it.": "BBC сообщила об этом.",
    }
    project.translate("ru", "day", told.get)
    assert "term" not in project.run("check", "-l", "ru").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[term]]\nsource = "a"\nfr = "b"', "glossary.toml:1: unknown key 'fr' of 'a'"),
        ('[[term]]\nnote = "b"', "glossary.toml:1: a term without 'source'"),
        (
            '[[term]]\nsource = "a"\n\n[[term]]\nsource = "a"',
            "glossary.toml:4: the term 'a' stands twice",
        ),
        ("[[term", "glossary.toml:1: not TOML"),
        ('[[term]]\nsource = "a"\naz = { allowed = ["x"] }', "'a' in az has no 'preferred'"),
    ],
)
def test_a_wrong_glossary_is_refused_in_a_sentence(project, text, said):
    project.write("locales/glossary.toml", text)
    run = project.run("check")
    assert run.code == 2
    assert said in run.err
    assert "Traceback" not in run.err


def test_import_export_and_extract(project):
    project.write(
        "terms.csv", "source,locale,preferred,allowed\nOctober,az,oktyabr,\nKhojaly,az,Xocali,\n"
    )
    project.fine("glossary", "import", "terms.csv")
    text = project.read("locales/glossary.toml")
    assert 'az = "oktyabr"' in text
    assert 'Xocali"' not in text
    project.fine("glossary", "export", "-o", "terms.tbx")
    assert 'style="dca"' in project.read("terms.tbx")
    project.write("bad.tbx", '<!DOCTYPE tbx [<!ENTITY a "b">]><tbx/>')
    run = project.run("glossary", "import", "bad.tbx")
    assert (run.code, run.err.count("\n")) == (2, 1)
    project.write(
        "source_texts/two.txt", "He left Agdam Fortress.\nThe road to Agdam Fortress is long.\n"
    )
    assert "2  Agdam Fortress" in project.run("glossary", "extract").out


def test_quotations_and_addresses_stand_as_their_editions_have_them(project):
    glossary = (
        '[[quotation]]\nsource = "In the beginning God created"\nru = "В начале сотворил Бог"\n\n'
        '[[term]]\nsource = "https://example.org/en"\nru = "https://example.org/ru"\n'
    )
    project.write("locales/glossary.toml", glossary)
    project.write(
        "source_texts/day.txt",
        "He read: “In the beginning, God created.”\nSee https://example.org/en.\n",
    )
    project.fine("update")
    said = ["Он читал: «В начале сотворил Бог».", "См. https://example.org/ru."]
    sources = ["He read: “In the beginning, God created.”", "See https://example.org/en."]
    project.translate("ru", "day", dict(zip(sources, said, strict=True)).get)
    assert project.run("check", "-l", "ru").out == "complete and sound: 1 text, 1 locale\n"
    said = ["Он читал: «Сначала Бог создал».", "См. https://example.org/az."]
    project.translate("ru", "day", dict(zip(sources, said, strict=True)).get)
    out = project.run("check", "-l", "ru").out
    assert "edition: its edition says “В начале сотворил Бог”" in out
    assert "link: the address is https://example.org/en in the source" in out
    project.write("locales/glossary.toml", '[[quotation]]\nsource = "x"\nrus = "y"\n')
    run = project.run("check")
    assert (run.code, "unknown key 'rus'" in run.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("source,locale,preferred\rBaku,az,Bakı\r", ""),
        ("source,locale\r,preferred\nBaku,az,Bakı\n", "x.csv:1: no column 'preferred'"),
        ('source,locale,preferred\n"' + "a" * 140_000 + '",az,b\n', "x.csv:2: not CSV"),
    ],
    ids=["old Mac", "stray CR", "huge cell"],
)
def test_odd_csv_is_read_or_refused_with_a_line(content, said):
    from dragoman.errors import DragomanError
    from dragoman.glossary.term_exchange import from_csv

    if not said:
        assert from_csv(content, "x.csv").terms[0].wordings["az"].preferred == "Bakı"
        return
    with pytest.raises(DragomanError) as error:
        from_csv(content, "x.csv")
    assert str(error.value).startswith(said)


FILE = """# top

[[term]]
source = "Baku"  # the city
az = "Bakı"

# about Shusha
[[term]]
source = "Shusha"
# both are seen
he = { preferred = "שושה", forbidden = ["שושא"] } # more
az = "Şuşa"
note = "a town"

# about quotations
[[quotation]]
source = "In the beginning"
he = "בראשית"
"""


def _changed(change) -> str:
    """The file after a change of its terms, which are read again as they were wanted."""
    before = read(FILE, "glossary.toml", ["az", "he"])
    after = Glossary(tuple(change({term.source: term for term in before.terms})))
    text = edited_toml.with_terms(FILE, before, after)
    found = read(text, "glossary.toml", ["az", "he"])
    assert [replace(term, line=0) for term in found.terms] == [
        replace(term, line=0) for term in after.terms
    ]
    assert found.quotations == before.quotations
    return text


def test_a_changed_term_keeps_the_comments_of_the_file():
    def change(terms):
        wordings = {"he": Wording("שושי"), "az": Wording("Şuşa", ("Şuşi",))}
        return [terms["Baku"], replace(terms["Shusha"], wordings=wordings, note="", keep=True)]

    text = _changed(change)
    assert [line for line in FILE.split("\n") if "#" in line and "preferred" not in line] == [
        line for line in text.split("\n") if "#" in line and "he = " not in line
    ]
    assert 'he = "שושי" # more\n' in text


def test_a_term_that_goes_leaves_the_comments_of_others():
    for source in ("Baku", "Shusha"):
        text = _changed(lambda terms, gone=source: [t for n, t in terms.items() if n != gone])
        assert "# top" in text
        assert "# about Shusha" in text
        assert "# about quotations" in text


def test_a_new_term_comes_at_the_end():
    text = _changed(lambda terms: [*terms.values(), Term("Ganja", {"az": Wording("Gəncə")})])
    assert text == FILE + '\n[[term]]\nsource = "Ganja"\naz = "Gəncə"\n'


def test_terms_in_one_array_are_written_anew():
    before = read('term = [{ source = "Baku", az = "Baki" }]', "x", ["az"])
    after = Glossary((Term("Baku", {"az": Wording("Bakı")}),))
    text = edited_toml.with_terms('term = [{ source = "Baku", az = "Baki" }]', before, after)
    assert text == '[[term]]\nsource = "Baku"\naz = "Bakı"\n'
