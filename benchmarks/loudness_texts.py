"""Short articles in other languages than the examples: what a voice is measured on, not calibrated with."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "de": """Der Leuchtturm im Winter

Im November kommen die ersten Stürme, und die Insel wird still. Die Fähre fährt nur noch zweimal in der Woche.
Wer jetzt hier wohnt, kennt jeden Nachbarn beim Namen.

Der Leuchtturm steht auf der höchsten Düne, vierzig Meter über dem Meer. Sein Licht reicht zwanzig Seemeilen
weit. Früher musste jemand alle vier Stunden das Uhrwerk aufziehen; heute geht das von allein. Trotzdem steigt
jeden Tag ein Mensch die Treppe hinauf und putzt die Scheiben, denn das Salz macht sie blind.

Warum braucht ein Schiff mit Satellit und Radar noch einen Leuchtturm? Weil Geräte ausfallen können. Und weil
ein Licht in der Nacht etwas ist, dem man auf den ersten Blick glaubt.

An klaren Abenden sieht man vom Balkon aus drei andere Türme. Jeder hat seine eigene Kennung: einer blinkt
zweimal und wartet, der nächste leuchtet lang, der dritte wechselt von Weiß zu Rot. Seeleute lernen diese
Zeichen auswendig, so wie andere ein Gedicht.

Im Frühling kehren die Vögel zurück. Tausende rasten auf den Wiesen, bevor sie weiter nach Norden ziehen. Dann
wird es wieder laut auf der Insel, und die Fähre fährt jeden Tag.
""",
    "fr": """Le phare en hiver

En novembre arrivent les premières tempêtes, et l'île devient silencieuse. Le bateau ne passe plus que deux
fois par semaine. Ceux qui restent se connaissent tous.

Le phare se dresse sur la plus haute dune, à quarante mètres au-dessus de la mer. Sa lumière porte à vingt
milles. Autrefois, il fallait remonter le mécanisme toutes les quatre heures ; aujourd'hui tout marche seul.
Pourtant quelqu'un monte chaque jour l'escalier pour laver les vitres, car le sel les rend opaques.

Pourquoi un navire qui a des satellites et un radar a-t-il encore besoin d'un phare ? Parce que les appareils
tombent en panne. Et parce qu'une lumière dans la nuit se croit au premier regard.

Par temps clair, on aperçoit du balcon trois autres tours. Chacune a son rythme : l'une cligne deux fois et
attend, la suivante éclaire longtemps, la troisième passe du blanc au rouge. Les marins apprennent ces signes
par cœur, comme d'autres apprennent un poème.

Au printemps, les oiseaux reviennent. Des milliers se posent dans les prés avant de repartir vers le nord.
Alors l'île redevient bruyante, et le bateau passe tous les jours.
""",
    "es": """El faro en invierno

En noviembre llegan las primeras tormentas y la isla se queda en silencio. El barco pasa solo dos veces por
semana. Los que se quedan se conocen todos.

El faro está en la duna más alta, cuarenta metros sobre el mar. Su luz alcanza veinte millas. Antes había que
dar cuerda al mecanismo cada cuatro horas; hoy todo funciona solo. Aun así, alguien sube cada día la escalera
y limpia los cristales, porque la sal los vuelve ciegos.

¿Por qué un barco con satélite y radar necesita todavía un faro? Porque los aparatos fallan. Y porque una luz
en la noche se cree a primera vista.

En las tardes claras se ven desde el balcón otras tres torres. Cada una tiene su ritmo: una parpadea dos veces
y espera, la siguiente brilla mucho tiempo, la tercera cambia de blanco a rojo. Los marineros aprenden estas
señales de memoria, como otros aprenden un poema.

En primavera vuelven las aves. Miles descansan en los prados antes de seguir hacia el norte. Entonces la isla
se llena de ruido, y el barco pasa todos los días.
""",
    "it": """Il faro d'inverno

A novembre arrivano le prime tempeste e l'isola diventa silenziosa. Il traghetto passa solo due volte alla
settimana. Chi rimane conosce tutti per nome.

Il faro sta sulla duna più alta, quaranta metri sopra il mare. La sua luce arriva a venti miglia. Una volta
bisognava caricare il meccanismo ogni quattro ore; oggi tutto funziona da solo. Eppure qualcuno sale ogni
giorno la scala e pulisce i vetri, perché il sale li rende opachi.

Perché una nave con satellite e radar ha ancora bisogno di un faro? Perché gli apparecchi si guastano. E
perché a una luce nella notte si crede al primo sguardo.

Nelle sere limpide si vedono dal balcone altre tre torri. Ognuna ha il suo ritmo: una lampeggia due volte e
aspetta, la seconda brilla a lungo, la terza passa dal bianco al rosso. I marinai imparano questi segnali a
memoria, come altri imparano una poesia.

In primavera tornano gli uccelli. A migliaia riposano nei prati prima di ripartire verso nord. Allora l'isola
torna rumorosa, e il traghetto passa ogni giorno.
""",
    "pt": """O farol no inverno

Em novembro chegam as primeiras tempestades, e a ilha fica em silêncio. O barco passa só duas vezes por
semana. Quem fica conhece todos os vizinhos pelo nome.

O farol ergue-se na duna mais alta, quarenta metros acima do mar. A sua luz chega a vinte milhas. Antigamente
era preciso dar corda ao mecanismo de quatro em quatro horas; hoje tudo funciona sozinho. Mesmo assim, alguém
sobe todos os dias a escada e limpa os vidros, porque o sal os torna baços.

Por que razão um navio com satélite e radar ainda precisa de um farol? Porque os aparelhos avariam. E porque
numa luz durante a noite se acredita à primeira vista.

Nas noites claras veem-se da varanda outras três torres. Cada uma tem o seu ritmo: uma pisca duas vezes e
espera, a seguinte brilha longamente, a terceira muda de branco para vermelho. Os marinheiros aprendem estes
sinais de cor, como outros aprendem um poema.

Na primavera as aves regressam. Milhares descansam nos prados antes de seguirem para norte. Então a ilha volta
a ter barulho, e o barco passa todos os dias.
""",
    "pl": """Latarnia zimą

W listopadzie przychodzą pierwsze sztormy i wyspa cichnie. Prom pływa tylko dwa razy w tygodniu. Kto zostaje,
zna wszystkich sąsiadów po imieniu.

Latarnia stoi na najwyższej wydmie, czterdzieści metrów nad morzem. Jej światło sięga dwudziestu mil. Dawniej
trzeba było nakręcać mechanizm co cztery godziny; dziś wszystko działa samo. Mimo to codziennie ktoś wchodzi
po schodach i myje szyby, bo sól odbiera im przejrzystość.

Dlaczego statek z satelitą i radarem potrzebuje jeszcze latarni? Ponieważ urządzenia zawodzą. I dlatego, że
światłu w nocy wierzy się od pierwszego spojrzenia.

W pogodne wieczory z balkonu widać trzy inne wieże. Każda ma swój rytm: jedna mruga dwa razy i czeka, następna
świeci długo, trzecia zmienia kolor z białego na czerwony. Marynarze uczą się tych znaków na pamięć, tak jak
inni uczą się wiersza.

Wiosną wracają ptaki. Tysiące odpoczywają na łąkach, zanim polecą dalej na północ. Wtedy na wyspie znowu robi
się gwarno, a prom pływa codziennie.
""",
}
"""By language: a title, and about a minute and a half of plain prose."""
