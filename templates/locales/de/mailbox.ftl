# The mailbox of a demonstration.
mailbox-title = Postfach der Vorführung
mailbox-lead = Hier landet, was diese Vorführung versendet: die Ausgaben der Newsletter an alle, die sie lesen, und jede E-Mail, die Sie mit dem Anmeldeformular auslösen, gleich an welche Adresse.
mailbox-next = Die nächste Ausgabe geht um { $time } hinaus.
mailbox-empty-title = Noch keine E-Mails
mailbox-empty = Melden Sie sich an; die Bestätigungsmail erscheint dann hier.
mailbox-empty-link = Zur Anmeldung
mailbox-count = { $count ->
    [one] { $count } E-Mail
   *[other] { $count } E-Mails
}
mailbox-reload = Aktualisieren
mailbox-from = Von
mailbox-to = An
mailbox-sent = Gesendet
mailbox-back = Zurück zum Postfach
mailbox-views = Darstellung
mailbox-view-html = HTML
mailbox-view-text = Text
mailbox-view-source = Quelltext
mailbox-frame = Inhalt der E-Mail
