# Subscribing, confirming, preferences, leaving.
subscribe-title-one = { $newsletter } abonnieren
subscribe-title-several = Newsletter abonnieren
subscribe-lead = Neuigkeiten und Termine per E-Mail, zu den Themen, die Sie selbst auswählen. Kostenlos und jederzeit mit einem Klick abbestellbar.
subscribe-rhythm = Erscheint { $rhythm }
rhythm-daily = täglich um { $time }
rhythm-weekly = jeden { $days } um { $time }
rhythm-run = von { $first } bis { $last } um { $time }
rhythm-monthly = am { $day } jedes Monats um { $time }
subscribe-address = E-Mail-Adresse
subscribe-address-hint = An diese Adresse senden wir zuerst eine E-Mail, in der Sie die Anmeldung bestätigen.
subscribe-newsletters = Welche Newsletter möchten Sie erhalten?
subscribe-newsletters-hint = Wählen Sie mindestens einen aus.
subscribe-topics = Welche Themen interessieren Sie?
subscribe-topics-of = Themen in { $newsletter }
subscribe-topics-hint = Wählen Sie mindestens ein Thema. Meldungen, die sich an alle richten, sind immer dabei.
subscribe-language = Sprache der E-Mails
subscribe-language-hint = Beiträge erscheinen in dieser Sprache, wenn es sie darin gibt, sonst im Original.
subscribe-consent = Ihre Einwilligung
subscribe-consent-lead = Mit „Abonnieren“ erklären Sie:
subscribe-privacy = Wir messen nicht, ob Sie E-Mails öffnen oder Links anklicken. Ihre Angaben nutzen wir nur für den Versand.
subscribe-privacy-link = Datenschutzhinweise lesen
subscribe-button = Abonnieren
subscribe-trap = Dieses Feld bitte leer lassen
subscribe-none = Zurzeit werden hier keine Newsletter angeboten.
steps-title = So geht es weiter
steps-1 = Sie senden das Formular ab.
steps-2 = Sie erhalten eine E-Mail und bestätigen darin Ihre Anmeldung.
steps-3 = Mit der nächsten Ausgabe geht es los.

error-address-missing = Geben Sie Ihre E-Mail-Adresse ein.
error-address-invalid = Diese E-Mail-Adresse ist nicht vollständig, oder sie enthält ein ungültiges Zeichen. Ein Beispiel: erika.beispiel@example.org
error-address-too-long = Diese E-Mail-Adresse ist zu lang. Vor dem @ sind höchstens 64 Zeichen möglich, insgesamt höchstens 254.
error-address-local-part = Vor dem @ können wir keine Umlaute und keine anderen Sonderbuchstaben verarbeiten. Verwenden Sie bitte eine andere Adresse.
error-newsletter-missing = Wählen Sie mindestens einen Newsletter aus.
error-topic-missing = Wählen Sie mindestens ein Thema für { $newsletter } aus.
error-language-unknown = Wählen Sie eine der angebotenen Sprachen aus.
error-form-expired = Das Formular konnten wir so nicht annehmen. Prüfen Sie bitte Ihre Angaben, und senden Sie es noch einmal ab.

sent-title = Bitte sehen Sie in Ihr Postfach
sent-lead = In den nächsten Minuten erhalten Sie eine E-Mail von { $address }. Damit niemand Sie ohne Ihr Wissen anmelden kann, bestätigen Sie darin Ihre Anmeldung.
sent-step-1 = Öffnen Sie die E-Mail.
sent-step-2 = Folgen Sie dem Link darin.
sent-step-3 = Bestätigen Sie mit der Schaltfläche auf der Seite, die sich öffnet.
sent-deadline = Dafür haben Sie { $days } Zeit. Ohne Bestätigung löschen wir Ihre Angaben danach.
sent-nothing-title = Es kommt keine E-Mail an?
sent-nothing-spam = Sehen Sie im Ordner für Spam oder Werbung nach.
sent-nothing-typo = Vielleicht hatte die Adresse einen Tippfehler.
sent-again = Formular noch einmal ausfüllen

confirm-title = Anmeldung bestätigen
confirm-lead = Es fehlt nur noch ein Klick. Damit bestätigen Sie diese Anmeldung:
confirm-address = E-Mail-Adresse
confirm-newsletter = Newsletter
confirm-topics = Themen
confirm-button = Anmeldung bestätigen
confirm-not-you-title = Sie haben sich nicht angemeldet?
confirm-not-you = Dann brauchen Sie nichts zu tun. Ohne Bestätigung erhalten Sie keinen Newsletter, und die Angaben werden gelöscht.

confirmed-title = Ihre Anmeldung ist bestätigt
confirmed-lead = Vielen Dank. Mit der nächsten Ausgabe geht es los. Sie erhalten:
confirmed-preferences = Themen oder Sprache ändern
confirmed-leave = Jede Ausgabe enthält einen Link zu Ihren Einstellungen und einen Link, mit dem Sie sich abmelden.

confirm-invalid-expired-title = Dieser Link ist abgelaufen
confirm-invalid-expired = Bestätigungslinks gelten { $days }. Ihre Angaben haben wir danach gelöscht; Sie erhalten keinen Newsletter. Wenn Sie ihn noch möchten, melden Sie sich bitte neu an.
confirm-invalid-used-title = Dieser Link wurde schon verwendet
confirm-invalid-used = Ihre Anmeldung war damit bestätigt, und Sie brauchen nichts weiter zu tun. Falls Sie sich inzwischen abgemeldet haben, können Sie sich hier neu anmelden.
confirm-invalid-unknown-title = Dieser Link ist nicht gültig
confirm-invalid-unknown = Vielleicht hat Ihr E-Mail-Programm ihn abgeschnitten, oder die Anmeldung ist nach { $days } abgelaufen. Öffnen Sie den Link noch einmal aus der E-Mail, oder melden Sie sich neu an.
subscribe-again = Neu anmelden

unsubscribe-title = Newsletter abbestellen
unsubscribe-lead = Möchten Sie { $newsletter } nicht mehr erhalten?
unsubscribe-address = Die Abmeldung gilt für die Adresse { $address }.
unsubscribe-at-once = Die Abmeldung wirkt sofort. Einen Grund brauchen Sie nicht zu nennen.
unsubscribe-button = Abbestellen
unsubscribe-rather-title = Lieber etwas ändern?
unsubscribe-rather = Sie können auch nur einzelne Themen abwählen oder die Sprache wechseln.
unsubscribe-preferences = Einstellungen ändern

unsubscribed-title = Sie sind abgemeldet
unsubscribed-lead = Sie erhalten { $newsletter } nicht mehr. Nur eine Ausgabe, die in diesem Augenblick schon unterwegs ist, kann noch ankommen.
unsubscribed-again = Das war ein Versehen, oder Sie möchten später wiederkommen? Sie können sich jederzeit neu anmelden.

preferences-title = Ihre Einstellungen
preferences-lead = Für die Adresse { $address }
preferences-saved-title = Gespeichert
preferences-saved = Ihre Änderungen gelten ab der nächsten Ausgabe.
preferences-button = Einstellungen speichern
preferences-leave = { $newsletter } abbestellen
preferences-no-topics = Dieser Newsletter ist nicht nach Themen unterteilt.
preferences-none-title = Sie erhalten zurzeit keinen Newsletter
preferences-none = Es gibt deshalb nichts einzustellen. Wenn Sie möchten, melden Sie sich neu an.

link-invalid-title = Dieser Link ist nicht vollständig
link-invalid = Manche E-Mail-Programme schneiden lange Links ab. Es wurde nichts geändert. Öffnen Sie den Link noch einmal direkt aus der E-Mail, oder kopieren Sie ihn vollständig in die Adresszeile des Browsers.
link-invalid-contact = Gelingt das nicht, schreiben Sie uns. Wir helfen Ihnen weiter oder melden Sie ab:
