# Sending and its report.
watch-progress = { $sent } von { $recipients } zugestellt
watch-bar = { $sent } zugestellt, { $deferred } vertagt, { $failed } abgewiesen oder ungewiss
watch-quiet = Ruhezeit: Weiter geht es um { $until }
watch-ends-in = noch etwa { $span }
watch-rate = { $rate } je Sekunde
watch-as-of = Stand { $at }
watch-next-attempt = nächster Versuch { $at }
watch-sent = zugestellt
watch-waiting = warten noch
watch-deferred = vertagt
watch-failed = abgewiesen
watch-refused = abgewiesen oder vertagt
watch-uncertain = Ausgang ungewiss
watch-left = vorher abgemeldet
watch-left-before = hatten sich vor ihrer E-Mail abgemeldet
watch-cancelled = wegen Abbruchs nicht versendet
watch-open = noch offen
watch-domains = Nach Empfängern
watch-domains-none = Noch hat kein Mailserver geantwortet.
watch-domain = Domain
watch-said = zuletzt gesagt
watch-other-domains = { $count ->
    [one] { $number } weitere
   *[other] { $number } weitere
}
watch-all-together = { $count ->
    [one] { $number } Domain
   *[other] { $number } Domains
}
watch-chosen-domain = Nur { $domain }
watch-all-domains = Alle Domains ansehen
watch-among = Gezählt sind die letzten { $count } Antworten.
watch-few = Domains mit weniger als fünf Antworten sind zusammengefasst.
watch-relay = Versendet wird über { $relay }.
watch-relays = Nach Mailserver
watch-relay-took = { $relay }: { $sent } angenommen, { $refused } abgewiesen oder vertagt
watch-over-time = Zeitverlauf
watch-plot-title = E-Mails je { $span }
watch-plot-caption = Gefüllt: zugestellt; leer: abgewiesen oder vertagt.
watch-plot-step = Beginn
watch-report = Bericht
watch-totals = Was aus den E-Mails wurde
watch-outcome = Ergebnis
watch-people = Personen
watch-share = Anteil
watch-all = alle zusammen
watch-failed-because = abgewiesen: { $class }
watch-only-totals = Von dieser Ausgabe sind nur noch Summen gespeichert; wer sie bekam, ist nach der Aufbewahrungsfrist gelöscht.
watch-skipped = { $count ->
    [one] Für { $number } Person war nichts dabei; sie bekam keine E-Mail.
   *[other] Für { $number } Personen war nichts dabei; sie bekamen keine E-Mail.
}
watch-retry-link = Noch einmal versenden …
watch-began = Begonnen
watch-ended = Beendet
watch-ended-cancelled = Abgebrochen
watch-took = Dauer
watch-recipients = Empfängerinnen und Empfänger
watch-departures = Abmeldungen
watch-departures-none = keine über diese Ausgabe
watch-departures-few = weniger als fünf
watch-departures-many = { $number } ({ $share })
watch-departures-hint = Gezählt ist, wer sich über den Link in einer E-Mail dieser Ausgabe abgemeldet hat. Gruppen unter fünf Personen werden nicht beziffert.
watch-stopped = Der Versand hat sich selbst unterbrochen
watch-not-yet = Der Versand hat noch nicht begonnen.
watch-never = Diese Ausgabe wird nicht versendet.
watch-done-paused = Der Versand ist unterbrochen.
watch-done-resumed = Der Versand geht weiter.
watch-done-cancelled = Die Ausgabe ist abgebrochen.
watch-done-retried = { $count ->
    [one] { $number } E-Mail wird noch einmal versendet.
   *[other] { $number } E-Mails werden noch einmal versendet.
}
watch-done-moved = Es wurde nichts geändert: Der Stand der Ausgabe hatte sich inzwischen geändert. Bitte sehen Sie nach und entscheiden Sie neu.
watch-ask-pause = Versand unterbrechen?
watch-ask-resume = Versand fortsetzen?
watch-ask-cancel = Ausgabe abbrechen?
watch-do-pause = Versand unterbrechen
watch-do-resume = Versand fortsetzen
watch-do-cancel = Endgültig abbrechen
watch-back = Zurück, nichts ändern
watch-have-it = { $count ->
    [one] { $number } Person hat die Ausgabe schon.
   *[other] { $number } Personen haben die Ausgabe schon.
}
watch-will-wait = { $count ->
    [one] { $number } Person bekommt sie erst, wenn jemand den Versand fortsetzt.
   *[other] { $number } Personen bekommen sie erst, wenn jemand den Versand fortsetzt.
}
watch-on-the-way = E-Mails, die gerade übertragen werden, gehen noch hinaus.
watch-will-get-it = { $count ->
    [one] { $number } Person bekommt die Ausgabe dann.
   *[other] { $number } Personen bekommen die Ausgabe dann.
}
watch-stopped-because = Der Versand hatte sich selbst unterbrochen: { $reason }. Bitte setzen Sie ihn fort, wenn die Ursache behoben ist.
watch-will-not-get-it = { $count ->
    [one] { $number } Person bekommt sie nicht mehr.
   *[other] { $number } Personen bekommen sie nicht mehr.
}
watch-cancel-final = Das lässt sich nicht zurücknehmen. Wenn Sie nur Zeit brauchen, unterbrechen Sie den Versand.
watch-cancel-unsent = Die Ausgabe wird nicht versendet, und das lässt sich nicht zurücknehmen.
watch-cancel-entries = Ihre Beiträge kommen für die nächste Ausgabe wieder infrage.
watch-tick = { $count ->
    [one] Ja, { $number } Person soll diese Ausgabe nicht bekommen.
   *[other] Ja, { $number } Personen sollen diese Ausgabe nicht bekommen.
}
watch-tick-none = Ja, niemand soll diese Ausgabe bekommen.
watch-tick-missing = Bitte bestätigen Sie mit dem Häkchen, dass die Ausgabe abgebrochen werden soll.
watch-retry-title = Noch einmal versenden
watch-retry-lead = Wer sich inzwischen abgemeldet hat, ist nicht mitgezählt und bekommt nichts.
watch-retry-none = Es gibt nichts, was noch einmal versendet werden könnte.
watch-retry-what = An wen?
watch-retry-uncertain = Ausgang ungewiss: Manche bekommen die Ausgabe dadurch zweimal
watch-retry-domain = Nur bei dieser Domain
watch-retry-any-domain = bei allen
watch-retry-others = Domains mit weniger als fünf Personen stehen nicht in der Liste; „bei allen“ schließt sie ein.
watch-retry-do = Noch einmal versenden
watch-retry-nothing-chosen = Bitte wählen Sie aus, an wen die Ausgabe noch einmal gehen soll.
watch-count-people = { $count ->
    [one] { $number } Person
   *[other] { $number } Personen
}
watch-find-title = Ist die E-Mail angekommen?
watch-find-address = E-Mail-Adresse
watch-find-hint = Dass Sie gefragt haben, steht danach im Protokoll.
watch-find-do = Nachsehen
watch-find-wrong = Das ist keine E-Mail-Adresse. Bitte prüfen Sie sie, zum Beispiel name@beispiel.de.
watch-find-about = Antwort zu { $address }
watch-find-latest = Andere Ausgaben
watch-relay-said = Der Mailserver sagte: { $words }
watch-fate-sent = Ja, der Mailserver hat sie angenommen: { $at }
watch-fate-waiting = Noch nicht, die E-Mail wartet auf ihren Versand
watch-fate-deferred = Noch nicht: vertagt ({ $class }) nach { $attempts } Versuchen, der nächste: { $at }
watch-fate-on-the-way = Gerade unterwegs
watch-fate-failed = Nein, abgewiesen ({ $class }): { $at }
watch-fate-failed-somewhen = Nein, abgewiesen ({ $class })
watch-fate-uncertain = Ungewiss: begonnen, aber ohne bekannte Antwort: { $at }
watch-fate-uncertain-somewhen = Ungewiss: begonnen, aber ohne bekannte Antwort
watch-fate-left = Nein, die Person hatte sich vorher abgemeldet
watch-fate-cancelled = Nein, die Ausgabe wurde vorher abgebrochen
watch-fate-not-sent-yet = Die Ausgabe wurde noch nicht versendet
watch-fate-unknown = Diese Adresse ist hier nicht bekannt: nie angemeldet oder gelöscht
watch-fate-not-kept = Wer diese Ausgabe bekam, ist nicht mehr gespeichert
watch-fate-never = Nein, dieser Newsletter war nicht abonniert
watch-fate-later = Nein, erst danach abonniert: { $at }
watch-fate-left-before = Nein, schon vorher abgemeldet: { $at }
watch-fate-nothing = Nein, zu den gewählten Themen stand nichts in der Ausgabe
watch-fate-inactive = Nein, diese Adresse bekommt derzeit keine E-Mails
watch-fate-changed = Nein, die Person gehörte beim Versand nicht dazu; Themen oder Stand haben sich seitdem geändert
watch-find-one = Für eine Adresse nachsehen
watch-link-pause = Unterbrechen …
watch-link-resume = Fortsetzen …
watch-link-cancel = Abbrechen …
watch-happened = Was geschah
