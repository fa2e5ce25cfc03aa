# Was die Prüfung einer Ausgabe fand: ein Satz, der es nennt, und einer, der sagt, was es heißt und was zu tun ist.
check-alternative-missing = Ein Bild hat keinen Alternativtext
check-alternative-missing-more = { $entry }. Wer das Bild nicht sieht, erfährt nicht, was es zeigt. Beschreiben Sie es oder kennzeichnen Sie es als Schmuck.
check-alternative-is-file-name = Ein Alternativtext ist ein Dateiname
check-alternative-is-file-name-more = { $entry }: Vorgelesen wird { $text }. Beschreiben Sie, was das Bild zeigt.
check-alternative-untranslated = Ein Alternativtext ist nicht übersetzt
check-alternative-untranslated-more = { $entry } gibt es auf { $language }, den Alternativtext des Bildes nicht.
check-pictures-described = Alle Bilder haben einen Alternativtext oder sind Schmuck
check-credit-missing = Ein Bild hat keinen Bildnachweis
check-credit-missing-more = { $entry }. Ohne Nachweis darf ein Bild meist nicht verbreitet werden.
check-credits-given = Alle Bilder haben einen Bildnachweis
check-heading-jump = Eine Zwischenüberschrift überspringt eine Ebene
check-heading-jump-more = { $entry }, { $language }: { $heading } ist eine Überschrift der unteren Ebene, ohne dass eine der oberen vorausgeht. Wer sich Texte vorlesen lässt, findet sich so schlechter zurecht.
check-headings-in-order = Zwischenüberschriften in der richtigen Reihenfolge
check-link-text-vague = Ein Link sagt nicht, wohin er führt
check-link-text-vague-more = { $entry }, { $language }: { $text }. Schreiben Sie das Ziel in den Link, zum Beispiel „Zum Förderprogramm“.
check-link-text-is-address = Ein Link besteht aus einer langen Adresse
check-link-text-is-address-more = { $entry }, { $language }: { $text }. Leichter zu lesen ist ein Text, der das Ziel nennt.
check-link-text-misleads = Ein Link nennt eine andere Adresse, als er öffnet
check-link-text-misleads-more = { $entry }: Im Text steht { $text }, geöffnet wird { $host }. So schreiben Betrüger; Mailprogramme warnen davor.
check-link-texts-speak = Alle Links sagen, wohin sie führen
check-contrast-low = Die Farbe der Links ist schlecht zu lesen
check-contrast-low-more = { $colour } hat in E-Mails einen Kontrast von nur { $ratio }:1, nötig sind 4,5:1. Wählen Sie in der Konfiguration (action_colour) eine dunklere Farbe.
check-contrast-good = Farben gut lesbar, Kontrast mindestens { $ratio }:1
check-too-large = Die größte Fassung ist zu lang
check-too-large-more = Sie umfasst { $size } KB, ab { $limit } KB schneiden Mailprogramme das Ende ab und damit den Abmeldeweg. Nehmen Sie Beiträge heraus, oder kürzen Sie den Vorspann und die Titel.
check-shortened = Lange Fassungen werden gekürzt
check-shortened-more = { $readersShown } Personen erhalten Beiträge nur mit Anriss oder Titel, weil ihre Fassung sonst länger als { $limit } KB wäre. Die größte umfasst { $size } KB.
check-size-good = Größte Fassung { $size } KB, Grenze { $limit } KB
check-unusable = Eine E-Mail dieser Ausgabe kann nicht erstellt werden
check-unusable-more = { $detail }
check-link-unencrypted = Ein Link ist unverschlüsselt
check-link-unencrypted-more = { $entry }: { $url }. Versuchen Sie dieselbe Adresse mit https.
check-link-with-password = Ein Link enthält Zugangsdaten
check-link-with-password-more = { $entry }: Name oder Passwort für { $host } stünden in jeder E-Mail. Entfernen Sie sie.
check-link-private = Ein Link führt in ein internes Netz
check-link-private-more = { $entry }: { $url } ist von außen nicht zu erreichen. Ersetzen Sie den Link; lesen alle im eigenen Netz, bestätigen Sie ihn.
check-link-broken = Ein Link führt ins Leere
check-link-broken-more = { $entry }: { $url } gibt es nicht (Fehler { $status }).
check-link-answers-error = Eine verlinkte Seite meldet einen Fehler
check-link-answers-error-more = { $entry }: { $url } antwortete mit Fehler { $status }. Vielleicht ist er vorübergehend; öffnen Sie die Seite selbst.
check-link-unreachable = Eine verlinkte Seite war nicht erreichbar
check-link-unreachable-more = { $entry }: { $url }, { $why }. Öffnen Sie die Seite selbst.
check-links-guarded = Seiten, die sich nicht prüfen lassen: { $linksShown }
check-links-guarded-more = Sie antworten nur Menschen oder verlangen eine Anmeldung. Öffnen Sie die Links selbst.
check-links-untried = Noch nicht geprüfte Links: { $linksShown }
check-links-untried-more = Prüfen Sie erneut; je Prüfung werden höchstens 60 Links aufgerufen.
check-links-not-reachable = Links konnten nicht geprüft werden
check-links-not-reachable-more = Keine der Seiten antwortete; vermutlich darf der Server nicht ins Internet. Öffnen Sie die Links selbst.
check-links-not-tried = Links werden hier nicht geprüft
check-links-not-tried-more = Die Administration hat das abgeschaltet (link_check). Öffnen Sie die { $linksShown } Links selbst.
check-links-reached = { $links ->
    [one] Der Link ist erreichbar und verschlüsselt
   *[other] { $linksShown } Links erreichbar, alle verschlüsselt
}
check-event-over = Ein Termin ist beim Versand vorbei
check-event-over-more = { $entry } endet am { $day }. Nehmen Sie ihn heraus; soll er als Rückblick erscheinen, bestätigen Sie ihn.
check-deadline-passed = Eine Frist ist beim Versand abgelaufen
check-deadline-passed-more = { $entry }, { $language }: { $written }. Der { $day } ist dann vorbei.
check-dates-ahead = Kein Termin ist beim Versand vorbei
check-registration-closed = Eine Anmeldefrist ist beim Versand abgelaufen
check-registration-closed-more = { $entry }: Anmelden konnte man sich bis { $day }. Verlängern Sie die Frist, oder nehmen Sie den Termin heraus.
check-event-full = Ein Termin ist ausgebucht
check-event-full-more = { $entry } erscheint mit dem Hinweis „ausgebucht“. Gibt es keine Warteliste, nehmen Sie ihn heraus.
check-event-postponed = Ein Termin ist verschoben, der neue Tag steht noch nicht fest
check-event-postponed-more = { $entry } erscheint mit dem alten Tag und dem Hinweis „verschoben“. Tragen Sie den neuen Tag ein, oder nehmen Sie den Termin heraus.
check-online-address-missing = Ein Termin findet online statt, und niemand erfährt, wo
check-online-address-missing-more = { $entry }: Tragen Sie die Adresse im Netz ein.
check-registrations-open = Anmeldefristen sind beim Versand noch offen
check-weekday-wrong = Wochentag und Datum passen nicht zusammen
check-weekday-wrong-more = { $entry }, { $language }: Der { $day } ist ein { $weekday }, im Text steht { $written }.
check-day-unknown = Ein Datum gibt es nicht
check-day-unknown-more = { $entry }, { $language }: { $written }.
check-weekdays-right = { $dates ->
    [one] Wochentag und Datum passen zusammen
   *[other] { $datesShown } Wochentage und Daten geprüft, alle passen zusammen
}
check-event-cancelled = Ein Termin wurde inzwischen abgesagt
check-event-cancelled-more = { $entry } erscheint mit dem Hinweis „abgesagt“. Haben Sie ihn noch nirgends angekündigt, nehmen Sie ihn heraus.
check-nothing-cancelled = Kein Termin wurde abgesagt
check-imprint-incomplete = Das Impressum ist nicht vollständig
check-imprint-incomplete-more = Ohne Impressum geht keine Ausgabe hinaus (§ 5 DDG). In der Konfiguration fehlen im Abschnitt [organisation]: { $missing }.
check-imprint-complete = Impressum, Abmeldeweg und Datenschutzhinweis in jeder Fassung
check-empty = Die Ausgabe enthält keinen Beitrag
check-empty-more = Alle wurden herausgenommen oder zurückgezogen. Nehmen Sie Beiträge auf, oder brechen Sie die Ausgabe ab.
check-introduction-missing = Der Vorspann fehlt auf { $language }
check-introduction-missing-more = { $readers ->
    [one] Eine Person erhält
   *[other] { $readersShown } Personen erhalten
} die Ausgabe ohne Vorspann.
check-subject-missing = Der Betreff fehlt auf { $language }
check-subject-missing-more = { $readers ->
    [one] Eine Person erhält
   *[other] { $readersShown } Personen erhalten
} einen Betreff, der aus den Titeln gebildet wird.
check-entries-untranslated = { $missing ->
    [one] Einen von { $of } Beiträgen gibt es
   *[other] { $missing } von { $of } Beiträgen gibt es
} nicht auf { $language }
check-entries-untranslated-more = { $readers ->
    [one] Eine Person liest
   *[other] { $readersShown } Personen lesen
} sie in der Originalsprache.
check-translated = Alles in jeder Sprache vorhanden, die gelesen wird
check-told-before = Ein Beitrag stand schon in einer Ausgabe
check-told-before-more = { $readers ->
    [0] { $entry } haben die Abonnierenden mit { $issue } erhalten.
    [one] { $entry } hat eine Person, die diese Ausgabe bekommt, schon mit { $issue } erhalten.
   *[other] { $entry } haben { $readersShown } Personen, die diese Ausgabe bekommen, schon mit { $issue } erhalten.
}
check-nothing-told-before = Kein Beitrag stand schon in einer Ausgabe
check-nobody-gets-it = Niemand würde diese Ausgabe erhalten
check-nobody-gets-it-more = { $subscribers ->
    [0] Der Newsletter hat noch keine Abonnements.
   *[other] Von { $subscribersShown } Abonnements hat keines ein Thema dieser Ausgabe gewählt.
} Die Beiträge gelten nach dem Versand trotzdem als erschienen.
check-audience-changed = Der Empfängerkreis ist ungewöhnlich groß oder klein
check-audience-changed-more = { $nowShown } Personen, beim letzten Mal { $beforeShown }. Prüfen Sie, ob die Themen der Beiträge stimmen.
check-audience-usual = Empfängerkreis wie beim letzten Mal ({ $nowShown } zu { $beforeShown })
check-audience-first = { $nowShown } Personen erhalten diese Ausgabe, die erste, die hinausgeht
check-hard-to-read = Ein Text ist schwer zu lesen
check-hard-to-read-more = { $entry }, { $language }: { $score } von 100 ({ $formula }; unter 20 gilt als sehr schwer). Kürzere Sätze und kürzere Wörter helfen.
check-reading-easy = Texte lesbar, gemessen nach { $formula }
check-press-distance = Abstand zur Presse
check-press-distance-more = Berichtet werden soll über die eigene Arbeit, nicht über das örtliche Leben (BGH, I ZR 112/17). Sehen Sie die { $entriesShown } Meldungen und Termine daraufhin durch.
check-more = Weitere Befunde dieser Art: { $findings }

check-place-texts = Betreff und Vorspann
check-do-picture = Bild bearbeiten
check-do-text = Text ändern
check-do-link = Link ändern
check-do-time = Zeit ändern
check-do-state = Beitrag ansehen
check-do-issue-texts = Betreff und Vorspann ändern
check-do-issue-entries = Inhalt ansehen

check-language-de = Deutsch
check-language-en = Englisch
check-language-fr = Französisch
check-language-nl = Niederländisch

check-why-unknown-host = den Server gibt es nicht
check-why-no-connection = keine Verbindung
check-why-timed-out = keine Antwort innerhalb von 5 Sekunden
check-why-certificate = das Zertifikat ist ungültig
check-why-port = die Adresse nennt einen ungewöhnlichen Port
check-why-redirects = sie leitet immer weiter
check-why-protocol = die Antwort ist unverständlich

check-formula-amstad = Amstad (Deutsch)
check-formula-flesch = Flesch (Englisch)
check-formula-kandel-moles = Kandel-Moles (Französisch)
check-formula-flesch-douma = Flesch-Douma (Niederländisch)

check-page-title = Prüfung
check-page-state = { $blocks ->
    [0] Nichts verhindert die Freigabe.
    [one] Ein Befund verhindert die Freigabe.
   *[other] { $blocks } Befunde verhindern die Freigabe.
}
check-page-live = Stand von jetzt, über alle { $variants } Fassungen.
check-page-evidence = So wurde die Ausgabe am { $when } freigegeben.
check-page-none = Diese Ausgabe wurde freigegeben, bevor es die Prüfung gab.
check-page-again = Erneut prüfen
check-page-again-hint = Ruft auch neue Links auf; das kann eine halbe Minute dauern.
check-severity-blocks = Verhindert die Freigabe:
check-severity-warns = Warnung:
check-severity-hint = Hinweis:
check-severity-fine = In Ordnung:
check-accept = So lassen …
check-accept-reason = Warum kann das so bleiben?
check-accept-hint = Die Antwort wird mit der Ausgabe aufbewahrt.
check-accept-do = So lassen
check-accepted = Bleibt so ({ $who }, { $when }): { $reason }
check-unaccept = Doch beheben
check-done-checked = Die Ausgabe wurde geprüft.
check-done-accepted = Der Befund bleibt, wie er ist.
check-done-unaccepted = Der Befund ist wieder offen.
check-problem-reason = Bitte schreiben Sie, warum das so bleiben kann. Es wurde nichts geändert.
check-problem-changed = Diesen Befund gibt es nicht mehr, der Text wurde inzwischen geändert. Bitte sehen Sie die Liste noch einmal durch.
check-problem-approver = Was die Freigabe verhindert, kann nur bestehen lassen, wer freigeben darf.
check-command-line = Kommandozeile
check-preview = In der Vorschau ansehen
