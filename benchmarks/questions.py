"""What the search is asked while it is measured: language and words as people type them."""

QUESTIONS = (
    # what very many records hold
    ("en", "terrorism"),
    ("fr", "terrorisme"),
    ("nl", "terrorisme"),
    ("en", "plan"),
    ("fr", "police"),
    ("nl", "veiligheid"),
    # what few hold
    ("en", "Molenbeek"),
    ("fr", "gel des avoirs"),
    ("nl", "haatpredikers"),
    ("en", "passenger data"),
    ("fr", "passeport"),
    ("nl", "paspoort"),
    # two and three words
    ("en", "threat level"),
    ("fr", "base de données commune"),
    ("nl", "lokale politie"),
    ("en", "prison radicalisation plan"),
    ("fr", "combattants terroristes étrangers"),
    ("nl", "strijd tegen terrorisme"),
    ("en", "who decides the threat level?"),
    ("fr", "retrait de la nationalité"),
    ("nl", "federale gerechtelijke politie"),
    # abbreviations, of this language and of another
    ("en", "OCAM"),
    ("fr", "OCAM"),
    ("nl", "OCAD"),
    # slips of the keys
    ("en", "radicalisaton"),
    ("fr", "terorisme"),
    ("nl", "gevangenisen"),
    # compounds, a phrase, and one more of many answers
    ("nl", "kanaal plan"),
    ("fr", '"conseil national de sécurité"'),
    ("en", "travel information"),
)
