# Warum eine Ausgabe angehalten ist: folgt auf einen Doppelpunkt, daher ohne Punkt am Ende.
reason-policy-refusals = { $count } der letzten { $of } Antworten waren Ablehnungen aus Gründen der Richtlinien: Die Ursache liegt beim Absender, beim Inhalt oder beim Mailserver, nicht bei den Leserinnen und Lesern
reason-failures = { $failed } der letzten { $of } E-Mails wurden endgültig abgelehnt, mehr als { $allowed } %: { $classes }
reason-with-reply = { $reason }; letzte Antwort des Mailservers: { $reply }
reason-missed-slot = Der Termin { $slot } wurde um { $late } verpasst. Nachgeholt wird ein Termin nur bis { $limit } danach; bitte prüfen Sie die Ausgabe und versenden Sie sie oder brechen Sie sie ab
reason-missed-time = Der Versandzeitpunkt wurde um { $late } verpasst. Nachgeholt wird ein Termin nur bis { $limit } danach; bitte prüfen Sie die Ausgabe und versenden Sie sie oder brechen Sie sie ab
reason-not-approved-in-time = Die Ausgabe wurde bis { $limit } nach ihrem Termin nicht freigegeben; geben Sie sie frei, um sie jetzt zu versenden, oder brechen Sie sie ab
reason-imprint-incomplete = Das Impressum ist nicht vollständig, und ohne Impressum wird keine Ausgabe versendet (§ 5 DDG): Bitte setzen Sie { $keys } im Abschnitt [organisation] der Konfiguration und geben Sie die Ausgabe erneut frei
reason-empty = Die Ausgabe enthält keinen Beitrag mehr, alle wurden herausgenommen oder zurückgezogen; bitte fügen Sie Beiträge hinzu oder brechen Sie die Ausgabe ab
reason-checks-block = Die Prüfung fand { $count ->
    [one] einen Befund, der Leserinnen und Lesern schadet
   *[other] { $count } Befunde, die Leserinnen und Lesern schaden
}; bitte beheben Sie, was die Prüfung nennt, und geben Sie die Ausgabe frei
reason-too-large = Die Ausgabe ist zu lang: Mit { $entries } Beiträgen, nur mit ihren Titeln, umfasst ihr HTML { $size } KB, und ab { $limit } KB schneiden Mailprogramme es ab; bitte kürzen Sie den Vorspann oder die Titel
reason-approval-missing = Die Ausgabe ist nicht freigegeben; bitte geben Sie sie zuerst frei
reason-approval-changed = Die gespeicherten Texte sind nicht die freigegebenen, die Freigabe gilt daher nicht mehr; bitte prüfen Sie die Ausgabe und geben Sie sie erneut frei
reason-approval-unreadable = Diese Version kann die gespeicherten Texte nicht lesen ({ $detail }); bitte installieren Sie die Version, mit der die Ausgabe freigegeben wurde, oder geben Sie sie erneut frei
reason-mail-unusable = Eine ihrer E-Mails kann nicht erstellt werden: { $detail }
reason-changed = Nach der Freigabe wurde etwas geändert ({ $change }), die Freigabe gilt daher nicht mehr; bitte prüfen Sie die Ausgabe und reichen Sie sie erneut ein
reason-returned = Die Ausgabe wurde zur Überarbeitung zurückgegeben: „{ $said }“
reason-rejected = Die Ausgabe wurde abgelehnt: „{ $said }“
reason-because = Grund: { $reason }

relay-unreachable = Der Mailserver { $relay } ist nicht erreichbar
relay-encryption = Die verschlüsselte Verbindung zum Mailserver { $relay } kommt nicht zustande
relay-authentication = Der Mailserver { $relay } lehnt die Anmeldung ab
relay-rejected = Der Mailserver { $relay } nimmt von diesem Server keine E-Mails an
relay-connection-lost = Der Mailserver { $relay } bricht die Verbindung ab
relay-no-reply = Der Mailserver { $relay } antwortet nicht
relay-invalid-reply = Der Mailserver { $relay } gibt keine gültigen Antworten
relay-directory = In den Ordner { $relay } lässt sich nicht schreiben
relay-down = Der Mailserver { $relay } nimmt keine E-Mails an
relay-up = Der Mailserver { $relay } nimmt wieder E-Mails an
relay-limited = Der Mailserver { $relay } hat seine Höchstmenge erreicht; weiter geht es: { $until }
relay-deferring = Vertagt wurden { $count } der letzten { $of } E-Mails; sie werden später noch einmal versucht

reason-change-entries = Auswahl der Beiträge
reason-change-arrangement = Reihenfolge oder Länge der Beiträge
reason-change-text = Betreff oder Vorspann
reason-change-text-de = Betreff oder Vorspann auf Deutsch
reason-change-text-en = Betreff oder Vorspann auf Englisch
reason-change-text-fr = Betreff oder Vorspann auf Französisch
reason-change-text-nl = Betreff oder Vorspann auf Niederländisch
reason-change-entry = Text von „{ $title }“
reason-change-picture = Bild von „{ $title }“
reason-change-entry-state = „{ $title }“ wurde zurückgezogen oder abgesagt
reason-change-newsletter = Name, Absender, Aufbau oder Empfängerkreis des Newsletters
reason-change-time = Versandzeit

failure-no-such-mailbox = Postfach unbekannt
failure-mailbox-full = Postfach voll
failure-policy = Richtlinie
failure-greylisting = Greylisting
failure-relay-trouble = Störung des Mailservers
failure-other = Sonstiges

span-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
span-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
span-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
span-seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}
