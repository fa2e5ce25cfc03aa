# The mails.
mail-imprint = Impressum
mail-privacy = Datenschutz
mail-accessibility = Barrierefreiheit
mail-represented = Vertreten durch { $name }
mail-responsible = Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV): { $name }
mail-phone = Telefon { $phone }
mail-email = E-Mail { $email }

confirmation-subject = Bitte bestätigen Sie Ihre Anmeldung
confirmation-preheader = Erst nach Ihrer Bestätigung senden wir Ihnen { $newsletters }.
confirmation-hello = Guten Tag,
confirmation-what = diese E-Mail-Adresse wurde am { $time } bei { $organisation } für { $newsletters } angemeldet.
confirmation-topics = Gewählte Themen in { $newsletter }: { $topics }
confirmation-ask = Waren Sie das? Dann bestätigen Sie bitte Ihre Anmeldung:
confirmation-button = Anmeldung ansehen und bestätigen
confirmation-link = Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:
confirmation-expiry = Der Link gilt bis { $time }.
confirmation-not-you = Haben Sie sich nicht angemeldet, brauchen Sie nichts zu tun. Sie erhalten dann keinen Newsletter und keine weitere E-Mail zu dieser Anmeldung, und wir löschen Ihre Adresse.

already-subject = Sie sind bereits angemeldet
already-preheader = Es hat sich nichts geändert.
already-what = diese E-Mail-Adresse wurde am { $time } bei { $organisation } für einen Newsletter angemeldet. Das war nicht nötig: Sie erhalten bereits { $newsletters }.
already-nothing = Wir haben deshalb nichts geändert.
already-change = Möchten Sie Themen oder Sprache ändern?
already-button = Einstellungen öffnen
already-leave = Möchten Sie keine E-Mails mehr?
already-leave-link = Newsletter abbestellen
already-not-you = Haben Sie das Formular nicht ausgefüllt, brauchen Sie nichts zu tun.

test-subject = Test: Der E-Mail-Versand funktioniert
test-preheader = Diese E-Mail wurde zur Probe versendet.
test-what = diese E-Mail wurde zur Probe versendet. Wenn Sie sie lesen, funktioniert der Versand bis in dieses Postfach.
test-sent = Gesendet
test-relay = Mailserver
test-version = Version
test-check = Sehen Sie in den Kopfzeilen nach, ob SPF, DKIM und DMARC bestanden sind („pass“).

issue-subject = { $newsletter }, Ausgabe { $number }
issue-number = Ausgabe { $number }
issue-top-preferences = Themen ändern
issue-top-unsubscribe = Abbestellen
issue-top-imprint = Impressum
issue-contents = In dieser Ausgabe
issue-news = Meldungen
issue-events = Termine
issue-council = Aus Rat und Ausschüssen
issue-more = Mehr dazu
issue-cancelled = Abgesagt
issue-contact = Kontakt
issue-reference = Vorlage
issue-count-news = { $count ->
    [one] { $count } Meldung
   *[other] { $count } Meldungen
}
issue-count-events = { $count ->
    [one] { $count } Termin
   *[other] { $count } Termine
}
issue-count-council = { $count ->
    [one] { $count } Beitrag aus dem Rat
   *[other] { $count } Beiträge aus dem Rat
}
issue-further = { $count ->
    [one] eine weitere Meldung
   *[other] { $count } weitere Meldungen
}
issue-further-news = { $count ->
    [one] eine weitere Meldung
   *[other] { $count } weitere Meldungen
}
issue-further-events = { $count ->
    [one] ein weiterer Termin
   *[other] { $count } weitere Termine
}
issue-further-council = { $count ->
    [one] ein weiterer Beitrag aus dem Rat
   *[other] { $count } weitere Beiträge aus dem Rat
}
issue-left-out = Und { $rest }
issue-credit = Bild: { $credit }
issue-all-day = ganztägig
issue-until = bis { $end }
issue-until-day = bis { $day }
issue-new-date = Neuer Termin
issue-new-time = Neue Uhrzeit
issue-moved-from = bisher: { $when }
issue-was-planned = geplant war: { $facts }
issue-decision = Beschlussvorschlag
issue-effects = Auswirkungen
issue-attachments = { $count ->
    [one] Anlage
   *[other] Anlagen
}
issue-further-attachments = { $count ->
    [one] und eine weitere
   *[other] und { $count } weitere
}
issue-shortened = Weil diese Ausgabe besonders viele Beiträge hat, sind sie gekürzt. Der vollständige Text steht hinter den Links.
issue-why = Sie erhalten diese E-Mail, weil Sie { $newsletter } von { $organisation } abonniert haben.
issue-preferences = Themen und Sprache ändern
issue-unsubscribe = Newsletter abbestellen
issue-no-tracking = Wir messen nicht, ob Sie diese E-Mail öffnen oder Links anklicken.

staff-hello = Guten Tag { $name },
staff-until = Der Link gilt bis { $time } und nur einmal.
staff-due = Sie ist geplant für { $time }.
staff-invitation-subject = Ihr Zugang zur Newsletter-Redaktion
staff-invitation = Sie sind eingeladen, am Newsletter von { $organisation } mitzuarbeiten.
staff-invitation-by = { $name } lädt Sie ein, am Newsletter von { $organisation } mitzuarbeiten.
staff-invitation-roles = Ihre Aufgaben dort: { $roles }. Öffnen Sie den Link, um Ihren Zugang einzurichten.
staff-invitation-button = Zugang einrichten
staff-invitation-not-you = Erwarten Sie diese Einladung nicht, brauchen Sie nichts zu tun.
staff-login-subject = Ihr Link zum Anmelden
staff-login-what = am { $time } hat jemand mit Ihrer Adresse einen Link zum Anmelden in der Redaktion angefordert.
staff-login-button = In der Redaktion anmelden
staff-login-not-you = Waren Sie das nicht, löschen Sie diese E-Mail. Ohne den Link kommt niemand in Ihr Konto. Geben Sie ihn nicht weiter.
staff-password-subject = Neues Passwort für die Redaktion
staff-password-what = am { $time } hat jemand für Ihr Konto in der Redaktion ein neues Passwort angefordert.
staff-password-button = Neues Passwort festlegen
staff-password-not-you = Waren Sie das nicht, löschen Sie diese E-Mail. Ihr bisheriges Passwort gilt weiter.
staff-changed-subject = Ihr Zugang zur Redaktion wurde geändert
staff-changed-what = am { $time } wurden Ihr Passwort oder Ihr zweiter Faktor geändert.
staff-changed-button = Mein Konto ansehen
staff-changed-not-you = Waren Sie das, brauchen Sie nichts zu tun. Sonst melden Sie sich bitte sofort bei Ihrer Administration.
staff-code-subject = Ihr Code für die Redaktion
staff-code-what = am { $time } haben Sie in der Redaktion einen Code angefordert, um zu bestätigen, dass Sie es sind.
staff-code-until = Geben Sie ihn auf der Seite ein, auf der Sie gerade sind. Er gilt bis { $time } und nur einmal.
staff-code-not-you = Waren Sie das nicht, ist jemand anderes in Ihrer Sitzung: Beenden Sie in Ihrem Konto alle Sitzungen, und sagen Sie Ihrer Administration Bescheid. Geben Sie den Code nicht weiter.
staff-changed-password = am { $time } wurde Ihr Passwort geändert.
staff-second-subject = Ihr zweiter Faktor wurde geändert
staff-second-set-up = am { $time } wurde für Ihren Zugang ein zweiter Faktor eingerichtet.
staff-second-replaced = am { $time } wurde Ihr zweiter Faktor durch einen neuen ersetzt. Ihre bisherigen Notfallcodes gelten nicht mehr.
staff-second-removed = am { $time } wurde Ihr zweiter Faktor entfernt. Bei der Anmeldung wird nicht mehr nach einem Code gefragt.
staff-second-codes = am { $time } wurden für Ihren Zugang neue Notfallcodes erstellt. Die bisherigen gelten nicht mehr.
staff-second-ended = Alle anderen Sitzungen sind beendet.
staff-review = Bitte um Freigabe: { $issue }
staff-review-what = { $name } hat { $issue } zur Freigabe eingereicht.
staff-review-scheduled = { $issue } ist zusammengestellt und wartet auf die Freigabe.
staff-review-button = Ausgabe prüfen
staff-returned = Zurück zur Überarbeitung: { $issue }
staff-returned-what = { $name } hat { $issue } zur Überarbeitung zurückgegeben.
staff-returned-button = Ausgabe bearbeiten
staff-rejected = Abgelehnt: { $issue }
staff-rejected-what = { $name } hat { $issue } abgelehnt. Sie wird nicht versendet.
staff-rejected-button = Ausgabe ansehen
staff-approved = Freigegeben: { $issue }
staff-approved-what = { $name } hat { $issue } freigegeben.
staff-approved-button = Ausgabe ansehen
staff-invalidated = Freigabe ungültig: { $issue }
staff-invalidated-what = { $name } hat { $issue } nach der Freigabe geändert. Die Freigabe gilt deshalb nicht mehr.
staff-invalidated-nobody = { $issue } hat sich nach der Freigabe geändert. Die Freigabe gilt deshalb nicht mehr.
staff-invalidated-changes = Geändert wurde:
staff-invalidated-next = Ohne neue Freigabe wird die Ausgabe nicht versendet.
staff-invalidated-button = Ausgabe ansehen
staff-stopped = Versand gestoppt: { $issue }
staff-stopped-what = der Versand von { $issue } wurde gestoppt.
staff-stopped-why = der Versand von { $issue } wurde gestoppt: { $reason }.
staff-stopped-means = Es geht nichts weiter hinaus, bis jemand entscheidet. Bereits versendete E-Mails sind nicht betroffen.
staff-stopped-button = Versand ansehen
issue-note-full = ausgebucht
issue-note-postponed = verschoben, neuer Termin folgt
issue-note-moved-online = findet online statt
issue-note-online = auch online
issue-note-register-by = Anmeldung bis { $when }
