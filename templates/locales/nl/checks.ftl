# Wat de controle van een editie vond: een zin die het noemt, en een die zegt wat het betekent en wat er te doen is.
check-alternative-missing = Een afbeelding heeft geen alternatieve tekst
check-alternative-missing-more = { $entry }. Wie de afbeelding niet ziet, weet niet wat ze toont. Beschrijf haar of geef aan dat ze versiering is.
check-alternative-is-file-name = Een alternatieve tekst is een bestandsnaam
check-alternative-is-file-name-more = { $entry }: voorgelezen wordt { $text }. Beschrijf wat de afbeelding toont.
check-alternative-untranslated = Een alternatieve tekst is niet vertaald
check-alternative-untranslated-more = { $entry } bestaat in het { $language }, de alternatieve tekst van de afbeelding niet.
check-pictures-described = Alle afbeeldingen hebben een alternatieve tekst of zijn versiering
check-credit-missing = Een afbeelding heeft geen bronvermelding
check-credit-missing-more = { $entry }. Zonder bronvermelding mag een afbeelding meestal niet worden verspreid.
check-credits-given = Alle afbeeldingen hebben een bronvermelding
check-heading-jump = Een tussenkop slaat een niveau over
check-heading-jump-more = { $entry }, { $language }: { $heading } is een kop van het lagere niveau zonder kop van het hogere ervoor. Wie naar teksten luistert, raakt zo de weg kwijt.
check-headings-in-order = De tussenkoppen staan in de juiste volgorde
check-link-text-vague = Een link zegt niet waarheen hij leidt
check-link-text-vague-more = { $entry }, { $language }: { $text }. Noem het doel in de link, bijvoorbeeld ‘Naar de subsidieregeling’.
check-link-text-is-address = Een link bestaat uit een lang adres
check-link-text-is-address-more = { $entry }, { $language }: { $text }. Een tekst die het doel noemt, leest makkelijker.
check-link-text-misleads = Een link noemt een ander adres dan hij opent
check-link-text-misleads-more = { $entry }: in de tekst staat { $text }, de link opent { $host }. Zo schrijven oplichters; mailprogramma’s waarschuwen ervoor.
check-link-texts-speak = Alle links zeggen waarheen ze leiden
check-contrast-low = De kleur van links is slecht leesbaar
check-contrast-low-more = { $colour } heeft in e-mails een contrast van maar { $ratio }:1; nodig is 4,5:1. Kies in de configuratie (action_colour) een donkerdere kleur.
check-contrast-good = Kleuren goed leesbaar, contrast minstens { $ratio }:1
check-too-large = De grootste versie is te lang
check-too-large-more = Ze telt { $size } kB; boven { $limit } kB snijden mailprogramma’s het einde af, en daarmee de afmeldlink. Haal bijdragen eruit, of kort de inleiding en de titels in.
check-shortened = Lange versies worden ingekort
check-shortened-more = { $readersShown } mensen krijgen bijdragen alleen met teaser of titel, omdat hun versie anders langer dan { $limit } kB zou zijn. De grootste telt { $size } kB.
check-size-good = Grootste versie { $size } kB, grens { $limit } kB
check-unusable = Een e-mail van deze editie kan niet worden gemaakt
check-unusable-more = { $detail }
check-link-unencrypted = Een link is niet versleuteld
check-link-unencrypted-more = { $entry }: { $url }. Probeer hetzelfde adres met https.
check-link-with-password = Een link bevat inloggegevens
check-link-with-password-more = { $entry }: naam of wachtwoord voor { $host } zou in elke e-mail staan. Haal die weg.
check-link-private = Een link leidt naar een intern netwerk
check-link-private-more = { $entry }: { $url } is van buitenaf niet bereikbaar. Vervang de link; leest iedereen in het eigen netwerk, accepteer hem dan.
check-link-broken = Een link leidt nergens heen
check-link-broken-more = { $entry }: { $url } bestaat niet (fout { $status }).
check-link-answers-error = Een gelinkte pagina meldt een fout
check-link-answers-error-more = { $entry }: { $url } antwoordde met fout { $status }. Misschien is die tijdelijk; open de pagina zelf.
check-link-unreachable = Een gelinkte pagina was niet bereikbaar
check-link-unreachable-more = { $entry }: { $url }, { $why }. Open de pagina zelf.
check-links-guarded = Pagina’s die niet te controleren zijn: { $linksShown }
check-links-guarded-more = Ze antwoorden alleen mensen of vragen om in te loggen. Open deze links zelf.
check-links-untried = Nog niet gecontroleerde links: { $linksShown }
check-links-untried-more = Controleer opnieuw; elke controle opent hoogstens 60 links.
check-links-not-reachable = Links konden niet worden gecontroleerd
check-links-not-reachable-more = Geen van de pagina’s antwoordde; waarschijnlijk heeft de server geen toegang tot internet. Open de links zelf.
check-links-not-tried = Links worden hier niet gecontroleerd
check-links-not-tried-more = Het beheer heeft dat uitgezet (link_check). Open de { $linksShown } links zelf.
check-links-reached = { $links ->
    [one] De link is bereikbaar en versleuteld
   *[other] { $linksShown } links bereikbaar, alle versleuteld
}
check-event-over = Een evenement is bij verzending voorbij
check-event-over-more = { $entry } eindigt op { $day }. Haal het eruit; is het een terugblik, accepteer het dan.
check-deadline-passed = Een termijn is bij verzending verstreken
check-deadline-passed-more = { $entry }, { $language }: { $written }. { $day } is dan voorbij.
check-dates-ahead = Geen evenement is bij verzending voorbij
check-registration-closed = Een aanmeldtermijn is bij verzending verstreken
check-registration-closed-more = { $entry }: aanmelden kon tot { $day }. Verleng de termijn of haal het evenement eruit.
check-event-full = Een evenement is volgeboekt
check-event-full-more = { $entry } verschijnt met de melding ‘volgeboekt’. Is er geen wachtlijst, haal het er dan uit.
check-event-postponed = Een evenement is uitgesteld en heeft nog geen nieuwe dag
check-event-postponed-more = { $entry } verschijnt met de oude dag en de melding ‘uitgesteld’. Vul de nieuwe dag in of haal het evenement eruit.
check-online-address-missing = Een evenement is online, en niemand weet waar
check-online-address-missing-more = { $entry }: vul het webadres in.
check-registrations-open = Aanmeldtermijnen zijn bij verzending nog open
check-weekday-wrong = Weekdag en datum kloppen niet
check-weekday-wrong-more = { $entry }, { $language }: { $day } is een { $weekday }, in de tekst staat { $written }.
check-day-unknown = Een datum bestaat niet
check-day-unknown-more = { $entry }, { $language }: { $written }.
check-weekdays-right = { $dates ->
    [one] Weekdag en datum kloppen
   *[other] { $datesShown } weekdagen en datums gecontroleerd, alle kloppen
}
check-event-cancelled = Een evenement is intussen afgelast
check-event-cancelled-more = { $entry } verschijnt met de vermelding ‘afgelast’. Hebt u het nog nergens aangekondigd, haal het er dan uit.
check-nothing-cancelled = Geen evenement is afgelast
check-imprint-incomplete = Het colofon is niet volledig
check-imprint-incomplete-more = Zonder colofon gaat geen editie de deur uit (§ 5 DDG). In de sectie [organisation] van de configuratie ontbreekt: { $missing }.
check-imprint-complete = Colofon, afmeldlink en privacyverklaring in elke versie
check-empty = De editie bevat geen bijdrage
check-empty-more = Alle zijn eruit gehaald of ingetrokken. Neem bijdragen op, of annuleer de editie.
check-introduction-missing = De inleiding ontbreekt in het { $language }
check-introduction-missing-more = { $readers ->
    [one] Eén persoon krijgt
   *[other] { $readersShown } mensen krijgen
} de editie zonder inleiding.
check-subject-missing = Het onderwerp ontbreekt in het { $language }
check-subject-missing-more = { $readers ->
    [one] Eén persoon krijgt
   *[other] { $readersShown } mensen krijgen
} een onderwerp dat uit de titels wordt gevormd.
check-entries-untranslated = { $missing ->
    [one] Eén van { $of } bijdragen bestaat
   *[other] { $missing } van { $of } bijdragen bestaan
} niet in het { $language }
check-entries-untranslated-more = { $readers ->
    [one] Eén persoon leest
   *[other] { $readersShown } mensen lezen
} ze in de oorspronkelijke taal.
check-translated = Alles bestaat in elke taal die wordt gelezen
check-told-before = Een bijdrage stond al in een editie
check-told-before-more = { $readers ->
    [0] { $entry } hebben de abonnees met { $issue } gekregen.
    [one] Eén persoon die deze editie krijgt, heeft { $entry } al met { $issue } gekregen.
   *[other] { $readersShown } personen die deze editie krijgen, hebben { $entry } al met { $issue } gekregen.
}
check-nothing-told-before = Geen bijdrage stond al in een editie
check-nobody-gets-it = Niemand zou deze editie krijgen
check-nobody-gets-it-more = { $subscribers ->
    [0] De nieuwsbrief heeft nog geen abonnementen.
   *[other] Van { $subscribersShown } abonnementen heeft geen enkel een thema van deze editie gekozen.
} Na verzending gelden de bijdragen toch als verschenen.
check-audience-changed = Het aantal ontvangers is ongewoon groot of klein
check-audience-changed-more = { $nowShown } mensen, de vorige keer { $beforeShown }. Controleer of de thema’s van de bijdragen kloppen.
check-audience-usual = Ontvangers als de vorige keer ({ $nowShown } tegen { $beforeShown })
check-audience-first = { $nowShown } mensen krijgen deze editie, de eerste die wordt verzonden
check-hard-to-read = Een tekst is moeilijk te lezen
check-hard-to-read-more = { $entry }, { $language }: { $score } van 100 ({ $formula }; onder 20 geldt als zeer moeilijk). Kortere zinnen en kortere woorden helpen.
check-reading-easy = Teksten leesbaar, gemeten volgens { $formula }
check-press-distance = Afstand tot de pers
check-press-distance-more = Bericht over het eigen werk, niet over het plaatselijke leven (BGH, I ZR 112/17). Loop de { $entriesShown } berichten en evenementen daarop na.
check-more = Meer bevindingen van deze soort: { $findings }

check-place-texts = Onderwerp en inleiding
check-do-picture = Afbeelding bewerken
check-do-text = Tekst wijzigen
check-do-link = Link wijzigen
check-do-time = Tijd wijzigen
check-do-state = Bijdrage bekijken
check-do-issue-texts = Onderwerp en inleiding wijzigen
check-do-issue-entries = Inhoud bekijken

check-language-de = Duits
check-language-en = Engels
check-language-fr = Frans
check-language-nl = Nederlands

check-why-unknown-host = deze server bestaat niet
check-why-no-connection = geen verbinding
check-why-timed-out = geen antwoord binnen 5 seconden
check-why-certificate = het certificaat is ongeldig
check-why-port = het adres noemt een ongewone poort
check-why-redirects = de pagina stuurt steeds verder
check-why-protocol = het antwoord is onbegrijpelijk

check-formula-amstad = Amstad (Duits)
check-formula-flesch = Flesch (Engels)
check-formula-kandel-moles = Kandel-Moles (Frans)
check-formula-flesch-douma = Flesch-Douma (Nederlands)

check-page-title = Controle
check-page-state = { $blocks ->
    [0] Niets staat de goedkeuring in de weg.
    [one] Eén bevinding staat de goedkeuring in de weg.
   *[other] { $blocks } bevindingen staan de goedkeuring in de weg.
}
check-page-live = Stand van nu, over alle { $variants } versies.
check-page-evidence = Zo werd de editie op { $when } goedgekeurd.
check-page-none = Deze editie werd goedgekeurd voordat er een controle was.
check-page-again = Opnieuw controleren
check-page-again-hint = Opent ook nieuwe links; dat kan een halve minuut duren.
check-severity-blocks = Verhindert de goedkeuring:
check-severity-warns = Waarschuwing:
check-severity-hint = Opmerking:
check-severity-fine = In orde:
check-accept = Zo laten …
check-accept-reason = Waarom kan dit zo blijven?
check-accept-hint = Het antwoord wordt bij de editie bewaard.
check-accept-do = Zo laten
check-accepted = Blijft zo ({ $who }, { $when }): { $reason }
check-unaccept = Toch herstellen
check-done-checked = De editie is gecontroleerd.
check-done-accepted = De bevinding blijft zoals ze is.
check-done-unaccepted = De bevinding staat weer open.
check-problem-reason = Schrijf waarom dit zo kan blijven. Er is niets gewijzigd.
check-problem-changed = Deze bevinding bestaat niet meer: de tekst is gewijzigd. Loop de lijst nog eens door.
check-problem-approver = Wat de goedkeuring verhindert, kan alleen blijven van wie mag goedkeuren.
check-command-line = opdrachtregel
check-preview = In het voorbeeld bekijken
