"""What a voice says when its loudness is measured: short texts of plain prose, the same for every voice.

Each has a question, an exclamation, a list, a short sentence and long ones, so that the level found is that of an
article, not of one tune of the voice. Changing a word here asks for every voice to be measured again.
"""

from __future__ import annotations

_TEXTS: dict[str, tuple[str, ...]] = {
    "en": (
        "Before the town wakes, the baker has been at work for three hours.",
        "Flour, water, salt and time: he needs nothing more.",
        "Why does the same dough taste different in winter?",
        "The answer lies in the cold air, which lets the yeast work slowly and gives the crust its colour.",
        "Listen closely!",
        "A good loaf sings as it cools, with a soft crackle that lasts for several minutes.",
        "Some people say the sound is worth more than the bread.",
        "Others simply cut a slice, spread it thickly with butter, and say nothing at all.",
        "The mill stands at the end of the valley, where the river is narrow and the current is strong.",
        "For two hundred years it has ground the wheat of the farms around it.",
        "In a dry summer the wheel turns slowly, and the miller waits for rain.",
        "According to the records of the parish, it stopped three times: twice for floods, and once for a wedding.",
        "Visitors are welcome on weekdays between nine and five.",
        "A guide explains how the stones are dressed, how the sacks are lifted, and why the building trembles.",
        "Nobody leaves without a small bag of flour.",
        "What they make of it at home is another story.",
    ),
    "de": (
        "Bevor die Stadt erwacht, steht der Bäcker schon seit drei Stunden in der Backstube.",
        "Mehl, Wasser, Salz und Zeit: Mehr braucht er nicht.",
        "Warum schmeckt derselbe Teig im Winter anders?",
        "Die Antwort liegt in der kalten Luft, in der die Hefe langsam arbeitet und die Kruste ihre Farbe bekommt.",
        "Hören Sie genau hin!",
        "Ein gutes Brot singt beim Abkühlen, es knistert leise und noch minutenlang.",
        "Manche sagen, dieses Geräusch sei mehr wert als das Brot.",
        "Andere schneiden einfach eine Scheibe ab, bestreichen sie dick mit Butter und schweigen.",
    ),
    "fr": (
        "Avant que la ville ne se réveille, le boulanger travaille déjà depuis trois heures.",
        "De la farine, de l'eau, du sel et du temps : il ne lui faut rien d'autre.",
        "Pourquoi la même pâte a-t-elle un autre goût en hiver ?",
        "La réponse est dans l'air froid, qui laisse la levure agir lentement et donne sa couleur à la croûte.",
        "Écoutez bien !",
        "Un bon pain chante en refroidissant, d'un léger craquement qui dure plusieurs minutes.",
        "Certains disent que ce bruit vaut plus que le pain.",
        "D'autres coupent une tranche, la couvrent de beurre et ne disent plus rien.",
    ),
    "es": (
        "Antes de que la ciudad despierte, el panadero lleva ya tres horas trabajando.",
        "Harina, agua, sal y tiempo: no necesita nada más.",
        "¿Por qué la misma masa sabe distinta en invierno?",
        "La respuesta está en el aire frío, que deja trabajar despacio a la levadura y da su color a la corteza.",
        "¡Escuche con atención!",
        "Un buen pan canta mientras se enfría, con un crujido suave que dura varios minutos.",
        "Hay quien dice que ese sonido vale más que el pan.",
        "Otros cortan una rebanada, la untan con mucha mantequilla y no dicen nada.",
    ),
    "it": (
        "Prima che la città si svegli, il fornaio lavora già da tre ore.",
        "Farina, acqua, sale e tempo: non gli serve altro.",
        "Perché lo stesso impasto ha un sapore diverso d'inverno?",
        "La risposta sta nell'aria fredda, che lascia lavorare piano il lievito e dà alla crosta il suo colore.",
        "Ascoltate bene!",
        "Un buon pane canta mentre si raffredda, con un fruscio leggero che dura parecchi minuti.",
        "C'è chi dice che quel suono valga più del pane.",
        "Altri ne tagliano una fetta, la coprono di burro e non dicono più nulla.",
    ),
    "pt": (
        "Antes de a cidade acordar, o padeiro já trabalha há três horas.",
        "Farinha, água, sal e tempo: não precisa de mais nada.",
        "Por que razão a mesma massa tem outro sabor no inverno?",
        "A resposta está no ar frio, que deixa o fermento trabalhar devagar e dá à côdea a sua cor.",
        "Escutem com atenção!",
        "Um bom pão canta enquanto arrefece, com um estalido leve que dura vários minutos.",
        "Há quem diga que esse som vale mais do que o pão.",
        "Outros cortam uma fatia, cobrem-na de manteiga e não dizem nada.",
    ),
    "nl": (
        "Voordat de stad wakker wordt, is de bakker al drie uur aan het werk.",
        "Meel, water, zout en tijd: meer heeft hij niet nodig.",
        "Waarom smaakt hetzelfde deeg in de winter anders?",
        "Het antwoord zit in de koude lucht, die de gist langzaam laat werken en de korst haar kleur geeft.",
        "Luister goed!",
        "Een goed brood zingt terwijl het afkoelt, met een zacht geknetter dat minutenlang duurt.",
        "Sommigen zeggen dat dat geluid meer waard is dan het brood.",
        "Anderen snijden gewoon een plak af, smeren er dik boter op en zeggen niets.",
    ),
    "pl": (
        "Zanim miasto się obudzi, piekarz pracuje już od trzech godzin.",
        "Mąka, woda, sól i czas: niczego więcej mu nie trzeba.",
        "Dlaczego to samo ciasto zimą smakuje inaczej?",
        "Odpowiedź kryje się w chłodnym powietrzu, w którym drożdże pracują powoli, a skórka nabiera koloru.",
        "Proszę posłuchać!",
        "Dobry chleb śpiewa, kiedy stygnie, a jego cichy trzask trwa przez kilka minut.",
        "Niektórzy mówią, że ten dźwięk jest wart więcej niż sam chleb.",
        "Inni po prostu kroją kromkę, smarują ją grubo masłem i nic nie mówią.",
    ),
}


def text_for(language: str) -> tuple[str, ...]:
    """The sentences in ``language`` (BCP 47), in English where there are none."""
    return _TEXTS.get(language.lower().partition("-")[0], _TEXTS["en"])
