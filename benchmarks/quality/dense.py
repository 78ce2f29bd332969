"""Units dense with one thing: each pair is said again and again, to fill a megabyte."""

from __future__ import annotations

DENSE = {
    "quotations": {
        "az": ("“We will not forget,” he said.", "“Unutmayacağıq”, – o dedi."),
        "he": ("“We will not forget,” he said.", "״לא נשכח״, הוא אמר."),
        "ru": ("“We will not forget,” he said.", "«Мы не забудем», — сказал он."),
    },
    "brackets": {
        "az": ("the city (in the north) fell [so]", "şəhər (şimalda) düşdü [belə]"),
        "he": ("the city (in the north) fell [so]", "העיר (בצפון) נפלה [כך]"),
        "ru": ("the city (in the north) fell [so]", "город (на севере) пал [так]"),
    },
    "dates": {
        "az": ("October 7, 2023", "7 oktyabr 2023-cü il"),
        "he": ("October 7, 2023", "7 באוקטובר 2023"),
        "ru": ("October 7, 2023", "7 октября 2023 г."),
    },
    "wrong dates": {
        "az": ("October 7, 2023", "8 noyabr 2024-cü il"),
        "he": ("October 7, 2023", "8 בנובמבר 2024"),
        "ru": ("October 7, 2023", "8 ноября 2024 г."),
    },
    "percents": {
        "az": ("45.5 percent, 12%,", "45,5 faiz, 12%,"),
        "he": ("45.5 percent, 12%,", "45.5 אחוז, 12%,"),
        "ru": ("45.5 percent, 12%,", "45,5 процента, 12 %,"),
    },
    "wrong figures": {
        "az": ("12, 34, 567, 8;", "13, 35, 569, 9;"),
        "he": ("12, 34, 567, 8;", "13, 35, 569, 9;"),
        "ru": ("12, 34, 567, 8;", "13, 35, 569, 9;"),
    },
    "number words": {
        "az": ("twenty-one thousand three hundred and five,", "iyirmi bir min üç yüz beş,"),
        "he": ("twenty-one thousand three hundred and five,", "עשרים ואחת אלף שלוש מאות וחמש,"),
        "ru": ("twenty-one thousand three hundred and five,", "двадцать одна тысяча триста пять,"),
    },
    "fractions": {
        "az": ("two thirds and a quarter of a million;", "üçdə ikisi və milyonun dörddə biri;"),
        "he": ("two thirds and a quarter of a million;", "שני שלישים ורבע מיליון;"),
        "ru": ("two thirds and a quarter of a million;", "две трети и четверть миллиона;"),
    },
    "times of day": {
        "az": ("at 7:45 p.m.,", "saat 19.45-də,"),
        "he": ("at 7:45 p.m.,", "ב-19:45,"),
        "ru": ("at 7:45 p.m.,", "в 19:45,"),
    },
    "days of the week": {
        "az": ("on Monday and on Sunday,", "bazar ertəsi və bazar günü,"),
        "he": ("on Monday and on Sunday,", "ביום שני וביום ראשון,"),
        "ru": ("on Monday and on Sunday,", "в понедельник и в воскресенье,"),
    },
    "telephone numbers": {
        "az": ("+994 12 555 12 34,", "+994 12 555 12 34,"),
        "he": ("+994 12 555 12 34,", "+994 12 555 12 34,"),
        "ru": ("+994 12 555 12 34,", "+994 12 555 12 34,"),
    },
    "addresses": {
        "az": ("https://example.org/a?b=1 and a@b.org,", "https://example.org/a?b=1 və a@b.org,"),
        "he": ("https://example.org/a?b=1 and a@b.org,", "https://example.org/a?b=1 ו-a@b.org,"),
        "ru": ("https://example.org/a?b=1 and a@b.org,", "https://example.org/a?b=1 и a@b.org,"),
    },
    "markup": {
        "az": (
            "See **[here](http://a.b/c)** and `make`,",
            "Bax: **[bura](http://a.b/c)**, `make`,",
        ),
        "he": ("See **[here](http://a.b/c)** and `make`,", "ראו **[כאן](http://a.b/c)** ו`make`,"),
        "ru": (
            "See **[here](http://a.b/c)** and `make`,",
            "См. **[здесь](http://a.b/c)** и `make`,",
        ),
    },
    "wrong markup": {
        "az": ("See [here](a.html) and **b**,", "Bax [bura](b.html) və *b*,"),
        "he": ("See [here](a.html) and **b**,", "ראו [כאן](b.html) ו*ב*,"),
        "ru": ("See [here](a.html) and **b**,", "См. [здесь](b.html) и *б*,"),
    },
    "names": {
        "az": ("President Aliyev met him in Aghdam.", "Prezident Əliyev onunla Ağdamda görüşdü."),
        "he": ("President Aliyev met him in Aghdam.", "הנשיא אלייב נפגש איתו באגדם."),
        "ru": ("President Aliyev met him in Aghdam.", "Президент Алиев встретился с ним в Агдаме."),
    },
}
