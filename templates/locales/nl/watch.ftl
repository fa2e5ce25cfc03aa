# Sending and its report.
watch-progress = { $sent } van { $recipients } bezorgd
watch-bar = { $sent } bezorgd, { $deferred } uitgesteld, { $failed } geweigerd of onzeker
watch-quiet = Rusttijd: het gaat verder om { $until }
watch-ends-in = nog ongeveer { $span }
watch-rate = { $rate } per seconde
watch-as-of = stand { $at }
watch-next-attempt = volgende poging { $at }
watch-sent = bezorgd
watch-waiting = wachten nog
watch-deferred = uitgesteld
watch-failed = geweigerd
watch-refused = geweigerd of uitgesteld
watch-uncertain = afloop onzeker
watch-left = eerder afgemeld
watch-left-before = hadden zich vóór hun e-mail afgemeld
watch-cancelled = niet verzonden: geannuleerd
watch-open = nog open
watch-domains = Naar ontvangers
watch-domains-none = Er heeft nog geen mailserver geantwoord.
watch-domain = Domein
watch-said = laatste antwoord
watch-other-domains = { $count ->
    [one] { $number } andere
   *[other] { $number } andere
}
watch-all-together = { $count ->
    [one] { $number } domein
   *[other] { $number } domeinen
}
watch-chosen-domain = Alleen { $domain }
watch-all-domains = Alle domeinen bekijken
watch-among = Geteld onder de laatste { $count } antwoorden.
watch-few = Domeinen met minder dan vijf antwoorden zijn samengevoegd.
watch-relay = Verzonden via { $relay }.
watch-relays = Naar mailserver
watch-relay-took = { $relay }: { $sent } aangenomen, { $refused } geweigerd of uitgesteld
watch-over-time = Verloop
watch-plot-title = E-mails per { $span }
watch-plot-caption = Gevuld: bezorgd; leeg: geweigerd of uitgesteld.
watch-plot-step = Begin
watch-report = Verslag
watch-totals = Wat er van de e-mails werd
watch-outcome = Resultaat
watch-people = Personen
watch-share = Aandeel
watch-all = allemaal samen
watch-failed-because = geweigerd: { $class }
watch-only-totals = Van deze uitgave zijn alleen totalen bewaard; wie haar kreeg, is na de bewaartermijn verwijderd.
watch-skipped = { $count ->
    [one] Voor { $number } persoon stond er niets in; die kreeg geen e-mail.
   *[other] Voor { $number } personen stond er niets in; zij kregen geen e-mail.
}
watch-retry-link = Opnieuw verzenden …
watch-began = Begonnen
watch-ended = Beëindigd
watch-ended-cancelled = Geannuleerd
watch-took = Duur
watch-recipients = Ontvangers
watch-departures = Afmeldingen
watch-departures-none = geen via deze uitgave
watch-departures-few = minder dan vijf
watch-departures-many = { $number } ({ $share })
watch-departures-hint = Geteld zijn wie zich via de link in een e-mail van deze uitgave afmeldden. Groepen van minder dan vijf personen worden niet in cijfers genoemd.
watch-stopped = De verzending is vanzelf gestopt
watch-not-yet = De verzending is nog niet begonnen.
watch-never = Deze editie wordt niet verzonden.
watch-done-paused = De verzending is onderbroken.
watch-done-resumed = De verzending gaat verder.
watch-done-cancelled = De uitgave is geannuleerd.
watch-done-retried = { $count ->
    [one] { $number } e-mail wordt opnieuw verzonden.
   *[other] { $number } e-mails worden opnieuw verzonden.
}
watch-done-moved = Er is niets gewijzigd: de stand van de uitgave was intussen veranderd. Kijk opnieuw en beslis dan.
watch-ask-pause = Verzending onderbreken?
watch-ask-resume = Verzending hervatten?
watch-ask-cancel = Uitgave annuleren?
watch-do-pause = Verzending onderbreken
watch-do-resume = Verzending hervatten
watch-do-cancel = Definitief annuleren
watch-back = Terug, niets wijzigen
watch-have-it = { $count ->
    [one] { $number } persoon heeft de uitgave al.
   *[other] { $number } personen hebben de uitgave al.
}
watch-will-wait = { $count ->
    [one] { $number } persoon krijgt haar pas als iemand de verzending hervat.
   *[other] { $number } personen krijgen haar pas als iemand de verzending hervat.
}
watch-on-the-way = E-mails die nu worden overgedragen, gaan nog uit.
watch-will-get-it = { $count ->
    [one] { $number } persoon krijgt de uitgave dan.
   *[other] { $number } personen krijgen de uitgave dan.
}
watch-stopped-because = De verzending was vanzelf gestopt: { $reason }. Hervat haar als de oorzaak verholpen is.
watch-will-not-get-it = { $count ->
    [one] { $number } persoon krijgt haar niet meer.
   *[other] { $number } personen krijgen haar niet meer.
}
watch-cancel-final = Dit kan niet ongedaan worden gemaakt. Hebt u alleen tijd nodig, onderbreek dan de verzending.
watch-cancel-unsent = De uitgave wordt niet verzonden, en dat kan niet ongedaan worden gemaakt.
watch-cancel-entries = De bijdragen komen weer in aanmerking voor de volgende uitgave.
watch-tick = { $count ->
    [one] Ja, { $number } persoon mag deze uitgave niet krijgen.
   *[other] Ja, { $number } personen mogen deze uitgave niet krijgen.
}
watch-tick-none = Ja, niemand mag deze uitgave krijgen.
watch-tick-missing = Vink het vakje aan om te bevestigen dat de uitgave geannuleerd moet worden.
watch-retry-title = Opnieuw verzenden
watch-retry-lead = Wie zich intussen heeft afgemeld, is niet meegeteld en krijgt niets.
watch-retry-none = Er is niets dat opnieuw verzonden kan worden.
watch-retry-what = Aan wie?
watch-retry-uncertain = Afloop onzeker: sommigen krijgen de uitgave daardoor twee keer
watch-retry-domain = Alleen bij dit domein
watch-retry-any-domain = bij alle
watch-retry-others = Domeinen met minder dan vijf personen staan niet in de lijst; “bij alle” omvat ze.
watch-retry-do = Opnieuw verzenden
watch-retry-nothing-chosen = Kies aan wie de uitgave opnieuw moet gaan.
watch-count-people = { $count ->
    [one] { $number } persoon
   *[other] { $number } personen
}
watch-find-title = Is de e-mail aangekomen?
watch-find-address = E-mailadres
watch-find-hint = Dat u dit vroeg, staat daarna in het logboek.
watch-find-do = Opzoeken
watch-find-wrong = Dit is geen e-mailadres. Controleer het, bijvoorbeeld naam@voorbeeld.nl.
watch-find-about = Antwoord over { $address }
watch-find-latest = Andere uitgaven
watch-relay-said = De mailserver zei: { $words }
watch-fate-sent = Ja, de mailserver heeft hem aangenomen: { $at }
watch-fate-waiting = Nog niet, de e-mail wacht op verzending
watch-fate-deferred = Nog niet: uitgesteld ({ $class }) na { $attempts } pogingen, de volgende: { $at }
watch-fate-on-the-way = Nu onderweg
watch-fate-failed = Nee, geweigerd ({ $class }): { $at }
watch-fate-failed-somewhen = Nee, geweigerd ({ $class })
watch-fate-uncertain = Onzeker: begonnen, maar zonder bekend antwoord: { $at }
watch-fate-uncertain-somewhen = Onzeker: begonnen, maar zonder bekend antwoord
watch-fate-left = Nee, deze persoon had zich eerder afgemeld
watch-fate-cancelled = Nee, de uitgave is eerder geannuleerd
watch-fate-not-sent-yet = De uitgave is nog niet verzonden
watch-fate-unknown = Dit adres is hier niet bekend: nooit aangemeld of gewist
watch-fate-not-kept = Wie deze uitgave kreeg, wordt niet meer bewaard
watch-fate-never = Nee, er was geen abonnement op deze nieuwsbrief
watch-fate-later = Nee, pas daarna aangemeld: { $at }
watch-fate-left-before = Nee, al eerder afgemeld: { $at }
watch-fate-nothing = Nee, er stond niets in over de gekozen thema’s
watch-fate-inactive = Nee, dit adres krijgt op dit moment geen e-mails
watch-fate-changed = Nee, deze persoon hoorde er bij de verzending niet bij; thema’s of stand zijn sindsdien veranderd
watch-find-one = Een adres opzoeken
watch-link-pause = Onderbreken …
watch-link-resume = Hervatten …
watch-link-cancel = Annuleren …
watch-happened = Wat er gebeurde
