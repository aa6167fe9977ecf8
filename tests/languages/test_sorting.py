from portal.languages.sorting import by_name


def test_accents_capitals_and_hyphens_do_not_count():
    names = ["zeal", "rehabilitatie", "re-integratie", "re\u2011integratie B", "Émigré", "actor"]

    assert by_name(names) == [
        "actor",
        "Émigré",
        "rehabilitatie",
        "re-integratie",
        "re\u2011integratie B",
        "zeal",
    ]


def test_names_that_differ_in_a_mark_alone_still_have_one_order():
    assert by_name(["été", "ete"]) == by_name(["ete", "été"]) == ["ete", "été"]
