# Bijdragen: lijst, pagina, versies, wijzigingen uit bronnen.
entry-desk-title = Bijdragen
entry-desk-new-news = Bericht schrijven
entry-desk-new-event = Evenement toevoegen

entry-desk-state-draft = concept
entry-desk-state-submitted = ingediend
entry-desk-state-approved = aangenomen
entry-desk-state-published = gepubliceerd
entry-desk-state-rejected = afgewezen
entry-desk-state-withdrawn = ingetrokken
entry-desk-state-cancelled = afgelast
entry-desk-kind-news = Bericht
entry-desk-kind-event = Evenement
entry-desk-kind-paper = Raadsstuk
entry-desk-kind-meeting = Vergadering
entry-desk-origin-own = hier geschreven
entry-desk-origin-feed = uit een feed
entry-desk-origin-calendar = uit een agenda
entry-desk-today = vandaag, { $time }
entry-desk-yesterday = gisteren, { $time }
entry-desk-who-operator = opdrachtregel ({ $name })
entry-desk-who-service = automatisch
entry-desk-who-unknown = onbekend

entry-desk-states = Naar stand
entry-desk-all = Alle
entry-desk-waiting = Te beslissen
entry-desk-tab-draft = Concepten
entry-desk-tab-approved = Aangenomen
entry-desk-tab-published = Gepubliceerd
entry-desk-tab-rejected = Afgewezen
entry-desk-tab-withdrawn = Ingetrokken
entry-desk-tab-cancelled = Afgelast
entry-desk-proposals-tab = Gewijzigde bronnen
entry-desk-filter = Bijdragen zoeken
entry-desk-words = Zoeken
entry-desk-kind = Soort
entry-desk-topic = Thema
entry-desk-organisation = Organisatie
entry-desk-origin = Herkomst
entry-desk-from = Datum vanaf
entry-desk-until = Datum tot en met
entry-desk-no-day = Vul een datum in, bijvoorbeeld 26-11-2026.
entry-desk-any = alle
entry-desk-show = Tonen
entry-desk-clear = Filters wissen
entry-desk-more-filters = Meer filters
entry-desk-count = { $count ->
    [0] Geen bijdragen
    [one] { $count } bijdrage
   *[other] { $count } bijdragen
}
entry-desk-none = Hier staan de bijdragen zodra iemand er een schrijft of een bron er een brengt.
entry-desk-none-found = Er is geen bijdrage die past. Zoek met minder woorden, of wis de filters.
entry-desk-entry = Bijdrage
entry-desk-when = Wanneer
entry-desk-state = Stand
entry-desk-changed = Gewijzigd
entry-desk-pinned = staat op de eerste plaats
entry-desk-proposed = bron is gewijzigd
entry-desk-languages = in { $count } talen
entry-desk-tick = Selectie
entry-desk-tick-one = { $title } selecteren
entry-desk-ticked = Geselecteerd:
entry-desk-publish-ticked = Publiceren …
entry-desk-withdraw-ticked = Intrekken …
entry-desk-done-published = { $count ->
    [one] Eén bijdrage is nu gepubliceerd.
   *[other] { $count } bijdragen zijn nu gepubliceerd.
}
entry-desk-done-withdrawn = { $count ->
    [one] Eén bijdrage is ingetrokken.
   *[other] { $count } bijdragen zijn ingetrokken.
}
entry-desk-done-kept = Het filter is bewaard.
entry-desk-done-forgotten = Het filter is verwijderd.
entry-desk-kept = Bewaarde filters
entry-desk-keep-title = Filters bewaren en beheren
entry-desk-keep-name = Naam van dit filter
entry-desk-keep = Bewaren
entry-desk-keep-no-name = Geef het filter een naam.
entry-desk-keep-too-many = Er kunnen niet meer filters worden bewaard. Verwijder eerst een ander.
entry-desk-forget = { $name } verwijderen

entry-desk-ask-nothing = Niets te doen
entry-desk-ask-none = U hebt geen bijdrage geselecteerd. Vink in de lijst aan waar het om gaat.
entry-desk-ask-publish = { $count ->
    [one] Deze bijdrage publiceren?
   *[other] { $count } bijdragen publiceren?
}
entry-desk-ask-publish-text = { $count ->
    [one] Ze is dan meteen op de website te lezen en komt in de volgende uitgaven.
   *[other] Ze zijn dan meteen op de website te lezen en komen in de volgende uitgaven.
}
entry-desk-ask-publish-button = { $count ->
    [one] Publiceren
   *[other] { $count } bijdragen publiceren
}
entry-desk-ask-withdraw = { $count ->
    [one] Deze bijdrage intrekken?
   *[other] { $count } bijdragen intrekken?
}
entry-desk-ask-withdraw-text = { $count ->
    [one] Ze is dan niet meer op de website te lezen, en uitgaven die nog niet zijn verzonden laten ze weg. Wat verzonden is, blijft in de postvakken.
   *[other] Ze zijn dan niet meer op de website te lezen, en uitgaven die nog niet zijn verzonden laten ze weg. Wat verzonden is, blijft in de postvakken.
}
entry-desk-ask-withdraw-button = { $count ->
    [one] Intrekken
   *[other] { $count } bijdragen intrekken
}
entry-desk-ask-cancel = { $count ->
    [one] Dit evenement afgelasten?
   *[other] { $count } evenementen afgelasten?
}
entry-desk-ask-cancel-text = { $count ->
    [one] Het blijft zichtbaar en wordt overal als afgelast aangeduid, ook in uitgaven die nog niet zijn verzonden.
   *[other] Ze blijven zichtbaar en worden overal als afgelast aangeduid, ook in uitgaven die nog niet zijn verzonden.
}
entry-desk-ask-cancel-button = { $count ->
    [one] Evenement afgelasten
   *[other] { $count } evenementen afgelasten
}
entry-desk-ask-reject = { $count ->
    [one] Deze bijdrage afwijzen?
   *[other] { $count } bijdragen afwijzen?
}
entry-desk-ask-reject-text = { $count ->
    [one] Ze wordt niet gepubliceerd. U kunt ze later weer opnemen.
   *[other] Ze worden niet gepubliceerd. U kunt ze later weer opnemen.
}
entry-desk-ask-reject-button = { $count ->
    [one] Afwijzen
   *[other] { $count } bijdragen afwijzen
}
entry-desk-ask-issues = Deze uitgaven zijn nog niet verzonden en bevatten er iets van. Een uitgave die al is goedgekeurd, moet daarna opnieuw worden goedgekeurd.
entry-desk-ask-unable = Hier kan het niet
entry-desk-ask-changed-title = Er is intussen iets veranderd
entry-desk-ask-changed = Iemand anders heeft de stand van een bijdrage gewijzigd. Er is niets gedaan. Controleer de lijst nog eens.
entry-desk-ask-back = Terug
entry-desk-ask-stop = Niets doen
entry-desk-why-already = Dat is al zo.
entry-desk-why-no-event = Alleen wat op een bepaald tijdstip plaatsvindt, kan worden afgelast.
entry-desk-why-state = De bijdrage is { $state }; van daaruit kan het niet.
entry-desk-why-unknown = { $count ->
    [one] Eén geselecteerde bijdrage bestaat niet meer.
   *[other] { $count } geselecteerde bijdragen bestaan niet meer.
}

entry-desk-tabs = Pagina’s van deze bijdrage
entry-desk-tab-show = Bekijken
entry-desk-tab-edit = Bewerken
entry-desk-tab-versions = Versies
entry-desk-as-readers = Zo is het op de website te lezen
entry-desk-edit = Bewerken
entry-desk-acts = Wat nu mogelijk is
entry-desk-publish = Publiceren
entry-desk-submit = Indienen
entry-desk-pin = Op de eerste plaats zetten
entry-desk-unpin = Niet meer op de eerste plaats
entry-desk-withdraw = Intrekken …
entry-desk-cancel = Evenement afgelasten …
entry-desk-reject = Afwijzen …
entry-desk-issues = In deze uitgaven
entry-desk-issues-none = Tot nu toe in geen uitgave.
entry-desk-told-ahead = in voorbereiding
entry-desk-told-sent = verzonden
entry-desk-told-left-out = weggelaten
entry-desk-told-cancelled = uitgave geannuleerd
entry-desk-facts = Gegevens
entry-desk-fact-languages = Talen
entry-desk-fact-place = Volgorde
entry-desk-fact-created = Toegevoegd
entry-desk-fact-published = Gepubliceerd
entry-desk-fact-page = Openbare pagina
entry-desk-fact-open = Op de website bekijken
entry-desk-did-nothing = Iemand anders heeft de stand van deze bijdrage gewijzigd. Er is niets gedaan. Zo staat ze er nu voor.
entry-desk-did-save = Opgeslagen.
entry-desk-did-publish = De bijdrage is nu gepubliceerd.
entry-desk-did-submit = De bijdrage is ingediend.
entry-desk-did-withdraw = De bijdrage is ingetrokken.
entry-desk-did-cancel = Het evenement is afgelast.
entry-desk-did-reject = De bijdrage is afgewezen.
entry-desk-did-pin = De bijdrage staat nu op de eerste plaats.
entry-desk-did-unpin = De bijdrage staat niet meer op de eerste plaats.
entry-desk-did-restore = De oudere versie geldt weer. Wat eerder gold, blijft als versie bewaard.
entry-desk-did-accept = De wijziging van de bron is overgenomen.
entry-desk-did-leave = De bijdrage blijft zoals ze is. Dezelfde wijziging wordt niet nog eens voorgesteld.

entry-desk-versions = Versies
entry-desk-versions-none = Er is alleen de huidige versie. Eerdere worden bewaard zodra iemand de bijdrage wijzigt.
entry-desk-version = Versie { $number }
entry-desk-version-now = geldt vandaag
entry-desk-version-changes = Wat versie { $number } heeft gewijzigd
entry-desk-version-kept = oorspronkelijk
entry-desk-version-written = geschreven
entry-desk-version-imported = uit de bron
entry-desk-version-accepted = wijziging van de bron overgenomen
entry-desk-version-moved = evenement verplaatst
entry-desk-version-merged = samengevoegd
entry-desk-version-restored = oudere versie teruggehaald
entry-desk-version-pictured = afbeelding gewijzigd
entry-desk-compare-title = Twee versies vergelijken
entry-desk-compare-from = Van
entry-desk-compare-to = Naar
entry-desk-compare = Vergelijken
entry-desk-compare-heading = Versies { $from } en { $to } vergeleken
entry-desk-differences = Verschillen
entry-desk-differences-key = Doorgestreept is wat wegviel, onderstreept wat erbij kwam.
entry-desk-differences-none = Beide zeggen woord voor woord hetzelfde.
entry-desk-picture-added = De afbeelding kwam erbij.
entry-desk-picture-removed = De afbeelding viel weg.
entry-desk-picture-replaced = De afbeelding werd vervangen.
entry-desk-picture-of = Afbeelding van versie { $number }
entry-desk-picture-none = geen afbeelding
entry-desk-picture-unknown = Van versie { $number } is niet vastgelegd of ze een afbeelding had, en welke. Afbeeldingen zijn hier daarom niet vergeleken.
entry-desk-picture-decorative = De afbeelding is versiering.
entry-desk-picture-focus = { $x } % van links, { $y } % van boven
entry-desk-removed = [weggevallen:
entry-desk-removed-end = ]
entry-desk-added = [nieuw:
entry-desk-added-end = ]
entry-desk-restore-title = Versie { $number } terughalen
entry-desk-restore-text = De bijdrage luidt dan weer zoals toen, in alle talen. De huidige versie blijft bewaard en kan evengoed worden teruggehaald. De stand verandert niet: een gepubliceerde bijdrage is meteen zo te lezen.
entry-desk-restore-picture-back = Ook de afbeelding en wat erover wordt gezegd zijn dan weer die van toen.
entry-desk-restore-picture-gone = De huidige afbeelding valt weg: versie { $number } had er geen.
entry-desk-restore-picture-stays = De afbeelding blijft zoals ze nu is.
entry-desk-restore = Versie { $number } terughalen
entry-desk-restore-changed-title = De bijdrage is intussen gewijzigd
entry-desk-restore-changed = Er is niets teruggehaald. Bekijk de verschillen nog eens.
entry-desk-field-title = Kop
entry-desk-field-teaser = Inleiding
entry-desk-field-body = Tekst
entry-desk-field-decision = Te beslissen
entry-desk-field-effects = Gevolgen
entry-desk-field-when = Tijd
entry-desk-field-place = Plaats
entry-desk-field-link = Link
entry-desk-field-date = Datum
entry-desk-field-contact = Contact
entry-desk-field-reference = Dossiernummer
entry-desk-field-paper = Commissie en bijlagen
entry-desk-field-topics = Thema’s
entry-desk-field-details = Verdere gegevens
entry-desk-field-kind = Soort bijdrage
entry-desk-field-cancelled = Gaat door
entry-desk-field-picture = Afbeelding
entry-desk-field-picture-alternative = Wat de afbeelding toont
entry-desk-field-picture-credit = Bronvermelding
entry-desk-field-picture-focus = Belangrijkste punt van de afbeelding
entry-desk-yes = ja
entry-desk-no = nee, afgelast

entry-desk-proposals = Wijzigingen uit bronnen
entry-desk-proposals-text = Deze bijdragen zijn gepubliceerd of aangenomen, en hun bron zegt nu iets anders. Tot iemand beslist, blijft alles zoals het is.
entry-desk-proposals-none = Geen bron zegt iets anders dan de bijdragen hier.
entry-desk-proposals-more = Er zijn er nog meer. Ze verschijnen zodra over deze is beslist.
entry-desk-urgent = dringend
entry-desk-proposal-title = De bron zegt nu iets anders
entry-desk-proposal-decide = Beslissen
entry-desk-proposal-text = Tot u beslist, blijft de bijdrage zoals ze is. De bron is gewijzigd
entry-desk-proposal-urgent = Wie de bijdrage zo leest, komt misschien op de verkeerde plaats of op de verkeerde tijd.
entry-desk-proposal-accept = Overnemen
entry-desk-proposal-leave = Zo laten
entry-desk-proposal-none = Over de wijziging van de bron is beslist.
entry-desk-proposal-back = Naar de bijdrage
entry-desk-proposal-changed-title = Hierover is al beslist
entry-desk-proposal-changed = Iemand anders heeft beslist, of de bron is nog eens gewijzigd. Er is niets gedaan.
