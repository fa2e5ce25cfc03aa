# Beiträge: Liste, Seite, Fassungen, Änderungen aus Quellen.
entry-desk-title = Beiträge
entry-desk-new-news = Meldung schreiben
entry-desk-new-event = Termin anlegen

entry-desk-state-draft = Entwurf
entry-desk-state-submitted = eingereicht
entry-desk-state-approved = angenommen
entry-desk-state-published = veröffentlicht
entry-desk-state-rejected = abgelehnt
entry-desk-state-withdrawn = zurückgezogen
entry-desk-state-cancelled = abgesagt
entry-desk-kind-news = Meldung
entry-desk-kind-event = Termin
entry-desk-kind-paper = Vorlage
entry-desk-kind-meeting = Sitzung
entry-desk-origin-own = hier geschrieben
entry-desk-origin-feed = aus einem Feed
entry-desk-origin-calendar = aus einem Kalender
entry-desk-today = heute, { $time }
entry-desk-yesterday = gestern, { $time }
entry-desk-who-operator = Kommandozeile ({ $name })
entry-desk-who-service = automatisch
entry-desk-who-unknown = unbekannt

entry-desk-states = Nach Stand
entry-desk-all = Alle
entry-desk-waiting = Zu entscheiden
entry-desk-tab-draft = Entwürfe
entry-desk-tab-approved = Angenommen
entry-desk-tab-published = Veröffentlicht
entry-desk-tab-rejected = Abgelehnt
entry-desk-tab-withdrawn = Zurückgezogen
entry-desk-tab-cancelled = Abgesagt
entry-desk-proposals-tab = Geänderte Quellen
entry-desk-filter = Beiträge suchen
entry-desk-words = Suchen
entry-desk-kind = Art
entry-desk-topic = Thema
entry-desk-organisation = Organisation
entry-desk-origin = Herkunft
entry-desk-from = Datum von
entry-desk-until = Datum bis
entry-desk-no-day = Bitte geben Sie ein Datum an, zum Beispiel 26.11.2026.
entry-desk-any = alle
entry-desk-show = Anzeigen
entry-desk-clear = Filter aufheben
entry-desk-more-filters = Weitere Filter
entry-desk-count = { $count ->
    [0] Kein Beitrag
    [one] { $count } Beitrag
   *[other] { $count } Beiträge
}
entry-desk-none = Hier stehen die Beiträge, sobald jemand einen schreibt oder eine Quelle einen bringt.
entry-desk-none-found = Dazu gibt es keinen Beitrag. Suchen Sie mit weniger Wörtern, oder heben Sie den Filter auf.
entry-desk-entry = Beitrag
entry-desk-when = Wann
entry-desk-state = Stand
entry-desk-changed = Geändert
entry-desk-pinned = steht an erster Stelle
entry-desk-proposed = Quelle hat sich geändert
entry-desk-languages = in { $count } Sprachen
entry-desk-tick = Auswahl
entry-desk-tick-one = { $title } auswählen
entry-desk-ticked = Ausgewählte:
entry-desk-publish-ticked = Veröffentlichen …
entry-desk-withdraw-ticked = Zurückziehen …
entry-desk-done-published = { $count ->
    [one] Ein Beitrag ist jetzt veröffentlicht.
   *[other] { $count } Beiträge sind jetzt veröffentlicht.
}
entry-desk-done-withdrawn = { $count ->
    [one] Ein Beitrag ist zurückgezogen.
   *[other] { $count } Beiträge sind zurückgezogen.
}
entry-desk-done-kept = Der Filter ist gemerkt.
entry-desk-done-forgotten = Der Filter ist gelöscht.
entry-desk-kept = Gemerkte Filter
entry-desk-keep-title = Filter merken und verwalten
entry-desk-keep-name = Name für diesen Filter
entry-desk-keep = Merken
entry-desk-keep-no-name = Bitte geben Sie dem Filter einen Namen.
entry-desk-keep-too-many = Mehr Filter lassen sich nicht merken. Löschen Sie zuerst einen anderen.
entry-desk-forget = { $name } löschen

entry-desk-ask-nothing = Nichts zu tun
entry-desk-ask-none = Sie haben keinen Beitrag ausgewählt. Haken Sie in der Liste an, worum es geht.
entry-desk-ask-publish = { $count ->
    [one] Diesen Beitrag veröffentlichen?
   *[other] { $count } Beiträge veröffentlichen?
}
entry-desk-ask-publish-text = { $count ->
    [one] Er ist dann sofort auf der Website zu lesen und kommt in die nächsten Ausgaben.
   *[other] Sie sind dann sofort auf der Website zu lesen und kommen in die nächsten Ausgaben.
}
entry-desk-ask-publish-button = { $count ->
    [one] Veröffentlichen
   *[other] { $count } Beiträge veröffentlichen
}
entry-desk-ask-withdraw = { $count ->
    [one] Diesen Beitrag zurückziehen?
   *[other] { $count } Beiträge zurückziehen?
}
entry-desk-ask-withdraw-text = { $count ->
    [one] Er ist dann nicht mehr auf der Website zu lesen, und noch nicht versendete Ausgaben lassen ihn weg. Was versendet ist, bleibt in den Postfächern.
   *[other] Sie sind dann nicht mehr auf der Website zu lesen, und noch nicht versendete Ausgaben lassen sie weg. Was versendet ist, bleibt in den Postfächern.
}
entry-desk-ask-withdraw-button = { $count ->
    [one] Zurückziehen
   *[other] { $count } Beiträge zurückziehen
}
entry-desk-ask-cancel = { $count ->
    [one] Diesen Termin absagen?
   *[other] { $count } Termine absagen?
}
entry-desk-ask-cancel-text = { $count ->
    [one] Er bleibt sichtbar und wird überall als abgesagt gekennzeichnet, auch in Ausgaben, die noch nicht versendet sind.
   *[other] Sie bleiben sichtbar und werden überall als abgesagt gekennzeichnet, auch in Ausgaben, die noch nicht versendet sind.
}
entry-desk-ask-cancel-button = { $count ->
    [one] Termin absagen
   *[other] { $count } Termine absagen
}
entry-desk-ask-reject = { $count ->
    [one] Diesen Beitrag ablehnen?
   *[other] { $count } Beiträge ablehnen?
}
entry-desk-ask-reject-text = { $count ->
    [one] Er wird nicht veröffentlicht. Sie können ihn später wieder aufnehmen.
   *[other] Sie werden nicht veröffentlicht. Sie können sie später wieder aufnehmen.
}
entry-desk-ask-reject-button = { $count ->
    [one] Ablehnen
   *[other] { $count } Beiträge ablehnen
}
entry-desk-ask-issues = Diese Ausgaben sind noch nicht versendet und enthalten davon etwas. Ist eine schon freigegeben, braucht sie danach eine neue Freigabe.
entry-desk-ask-unable = Hier geht es nicht
entry-desk-ask-changed-title = Inzwischen hat sich etwas geändert
entry-desk-ask-changed = Jemand anderes hat den Stand eines Beitrags geändert. Es wurde nichts getan. Bitte prüfen Sie die Liste noch einmal.
entry-desk-ask-back = Zurück
entry-desk-ask-stop = Abbrechen
entry-desk-why-already = Das ist schon so.
entry-desk-why-no-event = Absagen lässt sich nur, was zu einer bestimmten Zeit stattfindet.
entry-desk-why-state = Der Beitrag ist { $state }; von dort aus geht es nicht.
entry-desk-why-unknown = { $count ->
    [one] Ein ausgewählter Beitrag ist nicht mehr da.
   *[other] { $count } ausgewählte Beiträge sind nicht mehr da.
}

entry-desk-tabs = Seiten dieses Beitrags
entry-desk-tab-show = Ansehen
entry-desk-tab-edit = Bearbeiten
entry-desk-tab-versions = Fassungen
entry-desk-as-readers = So ist es auf der Website zu lesen
entry-desk-edit = Bearbeiten
entry-desk-acts = Was als Nächstes möglich ist
entry-desk-publish = Veröffentlichen
entry-desk-submit = Einreichen
entry-desk-pin = An die erste Stelle setzen
entry-desk-unpin = Nicht mehr an erster Stelle
entry-desk-withdraw = Zurückziehen …
entry-desk-cancel = Absagen …
entry-desk-reject = Ablehnen …
entry-desk-issues = In diesen Ausgaben
entry-desk-issues-none = Bisher in keiner Ausgabe.
entry-desk-told-ahead = in Vorbereitung
entry-desk-told-sent = versendet
entry-desk-told-left-out = herausgenommen
entry-desk-told-cancelled = Ausgabe abgebrochen
entry-desk-facts = Angaben
entry-desk-fact-languages = Sprachen
entry-desk-fact-place = Reihenfolge
entry-desk-fact-created = Angelegt
entry-desk-fact-published = Veröffentlicht
entry-desk-fact-page = Öffentliche Seite
entry-desk-fact-open = Auf der Website ansehen
entry-desk-did-nothing = Jemand anderes hat den Stand dieses Beitrags geändert. Es wurde nichts getan. So steht er jetzt.
entry-desk-did-save = Gespeichert.
entry-desk-did-publish = Der Beitrag ist jetzt veröffentlicht.
entry-desk-did-submit = Der Beitrag ist eingereicht.
entry-desk-did-withdraw = Der Beitrag ist zurückgezogen.
entry-desk-did-cancel = Der Termin ist abgesagt.
entry-desk-did-reject = Der Beitrag ist abgelehnt.
entry-desk-did-pin = Der Beitrag steht jetzt an erster Stelle.
entry-desk-did-unpin = Der Beitrag steht nicht mehr an erster Stelle.
entry-desk-did-restore = Die ältere Fassung gilt wieder. Was vorher galt, bleibt als Fassung erhalten.
entry-desk-did-accept = Die Änderung der Quelle ist übernommen.
entry-desk-did-leave = Der Beitrag bleibt, wie er ist. Dieselbe Änderung wird nicht noch einmal vorgeschlagen.

entry-desk-versions = Fassungen
entry-desk-versions-none = Es gibt nur die heutige Fassung. Frühere werden aufgehoben, sobald jemand den Beitrag ändert.
entry-desk-version = Fassung { $number }
entry-desk-version-now = gilt heute
entry-desk-version-changes = Was Fassung { $number } geändert hat
entry-desk-version-kept = ursprünglich
entry-desk-version-written = geschrieben
entry-desk-version-imported = aus der Quelle
entry-desk-version-accepted = Änderung der Quelle übernommen
entry-desk-version-moved = Termin verlegt
entry-desk-version-merged = zusammengeführt
entry-desk-version-restored = ältere Fassung zurückgeholt
entry-desk-version-pictured = Bild geändert
entry-desk-compare-title = Zwei Fassungen vergleichen
entry-desk-compare-from = Von
entry-desk-compare-to = Zu
entry-desk-compare = Vergleichen
entry-desk-compare-heading = Fassungen { $from } und { $to } im Vergleich
entry-desk-differences = Unterschiede
entry-desk-differences-key = Durchgestrichen ist, was wegfiel; unterstrichen, was dazukam.
entry-desk-differences-none = Beide sagen Wort für Wort dasselbe.
entry-desk-picture-added = Das Bild kam dazu.
entry-desk-picture-removed = Das Bild fiel weg.
entry-desk-picture-replaced = Das Bild wurde ersetzt.
entry-desk-picture-of = Bild der Fassung { $number }
entry-desk-picture-none = kein Bild
entry-desk-picture-unknown = Für Fassung { $number } ist nicht festgehalten, ob und welches Bild sie hatte. Bilder sind hier deshalb nicht verglichen.
entry-desk-picture-decorative = Das Bild schmückt nur.
entry-desk-picture-focus = { $x } % von links, { $y } % von oben
entry-desk-removed = [weggefallen:
entry-desk-removed-end = ]
entry-desk-added = [neu:
entry-desk-added-end = ]
entry-desk-restore-title = Fassung { $number } zurückholen
entry-desk-restore-text = Der Beitrag lautet dann wieder wie damals, in allen Sprachen. Die heutige Fassung bleibt erhalten und lässt sich ebenso zurückholen. Am Stand ändert sich nichts: Ein veröffentlichter Beitrag ist sofort so zu lesen.
entry-desk-restore-picture-back = Auch Bild und Bildangaben sind dann wieder die von damals.
entry-desk-restore-picture-gone = Das heutige Bild fällt weg: Fassung { $number } hatte keines.
entry-desk-restore-picture-stays = Das Bild bleibt, wie es heute ist.
entry-desk-restore = Fassung { $number } zurückholen
entry-desk-restore-changed-title = Der Beitrag hat sich inzwischen geändert
entry-desk-restore-changed = Es wurde nichts zurückgeholt. Bitte sehen Sie sich die Unterschiede noch einmal an.
entry-desk-field-title = Überschrift
entry-desk-field-teaser = Anriss
entry-desk-field-body = Text
entry-desk-field-decision = Zu entscheiden
entry-desk-field-effects = Auswirkungen
entry-desk-field-when = Zeit
entry-desk-field-place = Ort
entry-desk-field-link = Link
entry-desk-field-date = Datum
entry-desk-field-contact = Kontakt
entry-desk-field-reference = Aktenzeichen
entry-desk-field-paper = Gremium und Anlagen
entry-desk-field-topics = Themen
entry-desk-field-details = Weitere Angaben
entry-desk-field-kind = Art des Beitrags
entry-desk-field-cancelled = Findet statt
entry-desk-field-picture = Bild
entry-desk-field-picture-alternative = Was das Bild zeigt
entry-desk-field-picture-credit = Bildnachweis
entry-desk-field-picture-focus = Wichtigste Stelle im Bild
entry-desk-yes = ja
entry-desk-no = nein, abgesagt

entry-desk-proposals = Änderungen aus Quellen
entry-desk-proposals-text = Diese Beiträge sind veröffentlicht oder angenommen, und ihre Quelle sagt jetzt etwas anderes. Bis jemand entscheidet, bleibt alles, wie es ist.
entry-desk-proposals-none = Keine Quelle sagt etwas anderes als die Beiträge hier.
entry-desk-proposals-more = Es gibt noch mehr. Sie erscheinen, sobald über diese entschieden ist.
entry-desk-urgent = dringend
entry-desk-proposal-title = Die Quelle sagt jetzt etwas anderes
entry-desk-proposal-decide = Entscheiden
entry-desk-proposal-text = Bis Sie entscheiden, bleibt der Beitrag, wie er ist. Geändert hat sich die Quelle
entry-desk-proposal-urgent = Wer den Beitrag so liest, kommt vielleicht an den falschen Ort oder zur falschen Zeit.
entry-desk-proposal-accept = Übernehmen
entry-desk-proposal-leave = So lassen
entry-desk-proposal-none = Über die Änderung der Quelle ist entschieden.
entry-desk-proposal-back = Zum Beitrag
entry-desk-proposal-changed-title = Darüber ist schon entschieden
entry-desk-proposal-changed = Jemand anderes hat entschieden, oder die Quelle hat sich noch einmal geändert. Es wurde nichts getan.
