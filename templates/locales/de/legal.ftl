# Imprint, privacy notice, accessibility statement.
imprint-title = Impressum
imprint-lead = Verantwortlich für diese Seiten und die Newsletter:
imprint-representative = Vertreten durch
imprint-email = E-Mail
imprint-phone = Telefon
imprint-website = Internet
imprint-responsible = Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV)
imprint-register = Register

privacy-title = Datenschutzhinweise
privacy-lead = Hier steht, was mit Ihren Daten geschieht, wenn Sie einen Newsletter abonnieren (Art. 13 DSGVO).
privacy-controller = Wer verantwortlich ist
privacy-officer = Datenschutzbeauftragte Person
privacy-data = Welche Daten wir verarbeiten
privacy-data-address = Ihre E-Mail-Adresse, die gewählten Newsletter und Themen und die Sprache der E-Mails
privacy-data-proof = den Nachweis Ihrer Einwilligung: wann Sie sich angemeldet und die Anmeldung bestätigt haben, auf welcher Seite und mit welchem Wortlaut
privacy-data-delivery = für jede Ausgabe, wann sie an Sie gesandt wurde und ob der Mailserver sie angenommen hat
privacy-data-network = Ihre IP-Adresse, wenn Sie das Anmeldeformular absenden
privacy-data-voluntary = Alle Angaben sind freiwillig. Ohne E-Mail-Adresse können wir Ihnen keinen Newsletter senden.
privacy-purpose = Wozu und auf welcher Grundlage
privacy-purpose-text = Wir verwenden Ihre Daten, um Ihnen die gewählten Newsletter zu senden. Grundlage ist Ihre Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO).
privacy-purpose-proof = Den Nachweis der Einwilligung bewahren wir auf, weil wir sie nach dem Gesetz belegen können müssen (Art. 6 Abs. 1 Buchst. c in Verbindung mit Art. 5 Abs. 2 und Art. 7 Abs. 1 DSGVO).
privacy-purpose-network = Mit der IP-Adresse begrenzen wir, wie oft das Formular von einem Anschluss abgesandt werden kann. Das schützt den Dienst und fremde Adressen vor Missbrauch (Art. 6 Abs. 1 Buchst. c in Verbindung mit Art. 32 Abs. 1 DSGVO).
privacy-tracking = Keine Beobachtung
privacy-tracking-text = Wir messen nicht, ob Sie eine E-Mail öffnen oder welche Links Sie anklicken. Diese Seiten setzen keine Cookies und laden nichts von anderen Anbietern.
privacy-recipients = Wer die Daten erhält
privacy-recipients-none = Zum Versand übergibt der Mailserver, den wir dafür nutzen, die E-Mails dem Anbieter, bei dem Ihr Postfach liegt. An andere geben wir Ihre Daten nicht weiter.
privacy-recipients-some = In unserem Auftrag und nach unserer Weisung verarbeiten die Daten (Art. 28 DSGVO):
privacy-retention = Wie lange wir sie aufbewahren
privacy-retention-unconfirmed = Anmeldungen, die nicht bestätigt werden, löschen wir nach { $days }.
privacy-retention-subscription = Ihre Angaben verarbeiten wir für den Versand, solange Ihr Abonnement läuft.
privacy-retention-delivery = Wann Sie welche Ausgabe erhalten haben, löschen wir nach { $days }, gerechnet vom Ende des Versands. Danach bleiben nur Summen, die nichts über einzelne Personen sagen.
privacy-retention-proof = { $years ->
    [1] Den Nachweis der Einwilligung bewahren wir nach dem Ende des Abonnements bis zum Ablauf des folgenden Kalenderjahres auf (Art. 17 Abs. 3 Buchst. e DSGVO). Danach löschen wir ihn und Ihre E-Mail-Adresse.
    [3] Den Nachweis der Einwilligung bewahren wir nach dem Ende des Abonnements bis zum Ablauf des dritten folgenden Kalenderjahres auf (§§ 195, 199 BGB; Art. 17 Abs. 3 Buchst. e DSGVO). Danach löschen wir ihn und Ihre E-Mail-Adresse.
   *[other] Den Nachweis der Einwilligung bewahren wir nach dem Ende des Abonnements bis zum Ablauf des { $years }. folgenden Kalenderjahres auf (Art. 17 Abs. 3 Buchst. e DSGVO). Danach löschen wir ihn und Ihre E-Mail-Adresse.
}
privacy-retention-notices = Angaben zum Versand einzelner E-Mails, zum Beispiel der Bitte um Bestätigung, löschen wir nach { $days }.
privacy-retention-audit = Änderungen an Ihrem Abonnement protokollieren wir ohne Ihre Adresse. Dieses Protokoll löschen wir nach { $days }.
privacy-retention-journal = Wenn Sie sich abmelden oder wir Ihre Daten auf Ihren Wunsch löschen, bewahren wir für { $days } einen verschlüsselten Prüfwert Ihrer Adresse auf. So gelten Abmeldung und Löschung auch, wenn wir eine ältere Datensicherung einspielen müssen.
privacy-retention-suppression = Wenn wir Ihnen nie wieder schreiben sollen, bewahren wir dauerhaft nur einen solchen Prüfwert mit Grund und Datum der Sperre auf. Aus ihm lässt sich Ihre Adresse nicht ablesen.
privacy-retention-network = Die IP-Adresse hält der Dienst nur im Arbeitsspeicher, solange er sie für diese Begrenzung braucht. Er speichert sie nicht und schreibt sie in kein Protokoll.
privacy-rights = Ihre Rechte
privacy-rights-withdraw = Sie können Ihre Einwilligung jederzeit widerrufen. Ein Klick auf den Abmeldelink in einer Ausgabe genügt. Was bis dahin geschehen ist, bleibt rechtmäßig.
privacy-rights-list = Sie haben das Recht auf Auskunft (Art. 15 DSGVO), Berichtigung (Art. 16), Löschung (Art. 17), Einschränkung der Verarbeitung (Art. 18) und Übertragung Ihrer Daten (Art. 20). Schreiben Sie uns dazu.
privacy-rights-complaint = Sie können sich bei einer Datenschutzaufsichtsbehörde beschweren (Art. 77 DSGVO).
privacy-rights-authority = Sie können sich bei einer Datenschutzaufsichtsbehörde beschweren (Art. 77 DSGVO). Für uns zuständig ist: { $authority }.
privacy-more = Allgemeine Datenschutzhinweise
privacy-more-link = Datenschutzhinweise von { $organisation }
privacy-version = Fassung { $version }

accessibility-title = Barrierefreiheit
accessibility-lead = { $organisation } möchte, dass alle diese Seiten und Newsletter nutzen können.
accessibility-statement = Erklärung zur Barrierefreiheit
accessibility-statement-text = Die vollständige Erklärung nach der Richtlinie (EU) 2016/2102 finden Sie hier:
accessibility-statement-link = Erklärung zur Barrierefreiheit von { $organisation }
accessibility-state = Stand
accessibility-state-text = Seiten und E-Mails sind nach den Web Content Accessibility Guidelines (WCAG) 2.2, Stufe AA, gebaut: Sie lassen sich mit der Tastatur bedienen, mit Vorleseprogrammen lesen, auf 400 Prozent vergrößern und im dunklen Farbschema anzeigen. Jede E-Mail gibt es auch als reinen Text.
accessibility-known = Beiträge und verlinkte Dokumente anderer Stellen können Barrieren enthalten, auf die wir keinen Einfluss haben.
accessibility-checked = Zuletzt geprüft am { $date }.
accessibility-feedback = Eine Barriere melden
accessibility-feedback-text = Ist Ihnen etwas aufgefallen, das Sie hindert? Schreiben Sie uns, wo es war und was nicht ging. Wir antworten Ihnen und stellen Ihnen den Inhalt auf anderem Weg bereit.
