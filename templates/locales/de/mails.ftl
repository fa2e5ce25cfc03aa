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
test-preheader = Diese E-Mail wurde zur Probe verschickt.
test-what = diese E-Mail wurde zur Probe verschickt. Wenn Sie sie lesen, funktioniert der Versand bis in dieses Postfach.
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
