# What stands on every page, and pages about the site itself.
skip-to-content = Zum Inhalt springen
language-switch = Sprache dieser Seite
footer-navigation = Rechtliches und Hilfe
footer-imprint = Impressum
footer-privacy = Datenschutz
footer-accessibility = Barrierefreiheit
demo-title = Vorführung
demo-text = Alle Angaben sind erfunden, und keine E-Mail verlässt diesen Rechner.
demo-link = Postfach der Vorführung öffnen
demo-newsroom = Redaktion ansehen
list-end = { $first } und { $last }
days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
days-after = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tagen
}
title-with-error = Fehler: { $title }
error-summary-title = Bitte prüfen Sie Ihre Angaben
error-word = Fehler:

error-back = Zur Anmeldung
error-status = Fehler { $status }
error-400-title = Die Anfrage ist nicht lesbar
error-400-text = Ihr Browser hat etwas geschickt, das wir nicht verstehen. Es wurde nichts geändert. Öffnen Sie die Seite bitte neu, und versuchen Sie es noch einmal.
error-403-title = Das Formular kam nicht von dieser Seite
error-403-text = Zu Ihrem Schutz nehmen wir nur Formulare an, die auf dieser Seite geöffnet wurden. Es wurde nichts geändert. Öffnen Sie die Seite bitte neu, und senden Sie das Formular von dort ab.
error-right-title = Dafür fehlt Ihnen das Recht
error-right-text = Ihr Zugang zur Redaktion umfasst diese Seite nicht. Es wurde nichts geändert. Wenn Sie sie brauchen, wenden Sie sich bitte an Ihre Administration.
error-404-title = Diese Seite gibt es nicht
error-404-text = Vielleicht ist die Adresse nicht vollständig, oder die Seite ist umgezogen. Prüfen Sie die Adresse, oder beginnen Sie bei der Anmeldung.
error-405-title = So lässt sich diese Seite nicht aufrufen
error-405-text = Die Adresse gibt es, aber nicht für diese Art der Anfrage. Es wurde nichts geändert. Öffnen Sie den Link noch einmal aus der E-Mail, oder beginnen Sie bei der Anmeldung.
error-408-title = Die Übertragung hat zu lange gedauert
error-408-text = Ihre Verbindung war zu langsam oder ist abgebrochen. Es wurde nichts gespeichert. Senden Sie das Formular bitte noch einmal ab.
error-413-title = Das war zu viel auf einmal
error-413-text = Die gesendeten Daten sind größer, als wir annehmen. Es wurde nichts gespeichert. Kürzen Sie Ihre Angaben, und senden Sie das Formular noch einmal ab.
error-415-title = Das war kein Formular
error-415-text = Was wir erhalten haben, ist kein ausgefülltes Formular dieser Seite. Es wurde nichts gespeichert. Öffnen Sie das Formular bitte neu, und senden Sie es von dort ab.
error-422-title = Das Formular ist nicht vollständig angekommen
error-422-text = Einige Angaben fehlen oder haben eine unerwartete Form. Es wurde nichts gespeichert. Öffnen Sie das Formular bitte neu, und füllen Sie es noch einmal aus.
error-429-title = Zu viele Anfragen
error-429-text = Von Ihrem Anschluss kamen in kurzer Zeit sehr viele Anfragen. Zum Schutz aller machen wir eine kurze Pause. Warten Sie bitte einige Minuten, und versuchen Sie es dann noch einmal.
error-500-title = Bei uns ist etwas schiefgegangen
error-500-text = Der Fehler liegt nicht bei Ihnen, und er ist protokolliert. Versuchen Sie es in einigen Minuten noch einmal. Bleibt der Fehler bestehen, schreiben Sie uns bitte.
error-503-title = Der Dienst ist gerade nicht erreichbar
error-503-text = Er wird gewartet oder ist überlastet. Ihre Abonnements bleiben bestehen. Versuchen Sie es in einigen Minuten noch einmal.
error-contact = Kontakt:
