"""Words that say nothing by themselves: they are not looked for outside a phrase.

Articles, pronouns, prepositions, question words and the verbs of questions; no word of the
field, and none that is also a name. Without accents, as tokens are.
"""

_IN = {
    "en": """
        a about after against all an and any are as at be been become becoming before being
        between but by can could did do does doing done for from get give had has have having he her
        him his how i if in into is it its just like made make many me more most much my no
        not of off on one only or other our out over please s she should so some still such t tell
        than that the their them then there think these they this those to up was we were
        what when where which who whom whose why will with would you your
    """,
    "fr": """
        a ai afin alors au aucun aura aux avec avoir avons c ca ce ceci cela celle celles
        celui ces cet cette ceux chaque ci comme comment contre d dans de des donc dont du
        elle elles en encore entre est et etaient etait etant ete etre eu fait faire faites faut
        font furent fut il ils j je jusqu l la le les leur leurs lors lui m ma mais me mes
        mon n ne ni nos notre nous on ont ou par pas peu peut peuvent plus pour pourquoi
        pouvez puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si
        sien son sont sous sur t ta te tes ton tous tout toute toutes tres tu un une vers
        veut voici voila vos votre vous y
    """,
    "nl": """
        aan al alle als bij dan dat de deze die dit doe doen doet door dus een en er ge geen
        haar had hadden heb hebben heeft hem hen het hij hoe hoeveel hun iemand iets ik in
        is ja jullie kan kunnen kunt maar mag me meer men met mij mijn moet moeten na naar
        niet niets nog nu of om omdat onder ons onze ook op over s t te tegen tot tussen uit uw van
        veel voor waar waarom waarover wanneer waren was wat we wel welk welke werd werden
        wie wij word worden wordt wou ze zegt zich zij zijn zo zonder zou
    """,
}
STOP_WORDS = {code: frozenset(words.split()) for code, words in _IN.items()}
# What some type in capitals because other searches ask for it.
OPERATORS = frozenset(["and", "en", "et", "not", "of", "or", "ou"])
