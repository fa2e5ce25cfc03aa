# The calendar, schedules and the start page.

# The calendar.
planning-calendar-title = Kalender { $month }
planning-schedules = Versandpläne ändern
planning-views = Ansicht
planning-as-month = Monat
planning-as-list = Liste
planning-months = Andere Monate
planning-this-month = Dieser Monat
planning-today = heute
planning-newsletter = Newsletter
planning-all-newsletters = Alle Newsletter
planning-show = Anzeigen
planning-no-newsletter = Es gibt noch keinen Newsletter.
planning-nothing = In diesem Monat geht nichts hinaus.
planning-column-when = Wann
planning-column-newsletter = Newsletter
planning-column-state = Stand
planning-state-planned = geplant
planning-state-skipped = entfällt
planning-state-paused = pausiert
planning-composed-at = wird am { $day }, um { $time } zusammengestellt
planning-moved-before = { $holiday }: { $days ->
    [one] einen Tag früher
   *[other] { $days } Tage früher
 }
planning-moved-after = { $holiday }: { $days ->
    [one] einen Tag später
   *[other] { $days } Tage später
 }
planning-by-hand = von Hand verlegt; im Versandplan: { $day }, { $time }
planning-clock-gap = Diese Uhrzeit fällt wegen der Umstellung auf Sommerzeit aus. Die Ausgabe geht direkt danach hinaus.
planning-clock-overlap = Diese Uhrzeit gibt es wegen der Umstellung auf Winterzeit zweimal. Die Ausgabe geht beim ersten Mal hinaus.
planning-further = { $count ->
    [one] und ein weiterer Termin an diesem Tag
   *[other] und { $number } weitere Termine an diesem Tag
}
planning-people = { $count ->
    [one] eine Person
   *[other] { $number } Personen
 }

# The newsletters.
planning-newsletters-title = Newsletter
planning-appears = Erscheint { $rhythm }.
planning-appears-line = Erscheint nach der Cron-Zeile { $line }.
planning-appears-by-hand = Erscheint, wenn jemand eine Ausgabe versendet.
planning-next-date = Nächster Termin: { $when }
planning-subscriptions = { $count ->
    [one] ein Abonnement
   *[other] { $number } Abonnements
 }
planning-schedule = Versandplan
planning-issues = Ausgaben

# The schedule of a newsletter.
planning-schedule-title = Versandplan: { $newsletter }
planning-done-saved = Der Versandplan ist gespeichert. Ausgaben, die schon zusammengestellt sind, behalten ihren Termin.
planning-done-paused = Die Pause ist eingetragen. Ausgaben, die schon zusammengestellt sind, gehen trotzdem hinaus.
planning-done-ended = Die Pause ist beendet.
planning-rhythm = Wie oft erscheint der Newsletter?
planning-rhythm-weekly = Jede Woche, an diesen Tagen:
planning-weekdays = Wochentage
planning-rhythm-monthly = Jeden Monat an einem Tag
planning-day = Tag im Monat
planning-day-hint = 1 bis 28: Diese Tage hat jeder Monat.
planning-rhythm-line = Nach einer Cron-Zeile
planning-line = Cron-Zeile
planning-line-hint = Fünf Felder: Minute, Stunde, Tag, Monat, Wochentag. Beispiel: 0 7 1,15 * * für den 1. und 15. jedes Monats um 7:00 Uhr. „Jede zweite Woche“ oder „jeder erste Montag“ lassen sich so nicht ausdrücken.
planning-rhythm-none = Nicht regelmäßig: Jemand stellt jede Ausgabe selbst zusammen
planning-time = Uhrzeit
planning-time-hint = Gilt für wöchentlich und monatlich.
planning-zone = Zeitzone
planning-zone-hint = Zum Beispiel Europe/Berlin oder Europe/Brussels.
planning-lead = Zusammenstellen vor dem Termin
planning-lead-hint = So viel Zeit bleibt, um die Ausgabe zu bearbeiten und freizugeben.
planning-lead-unit = Einheit
planning-days = Tage
planning-hours = Stunden
planning-catch-up = Nachholen innerhalb von (Stunden)
planning-catch-up-hint = Ist der Termin länger vorbei, etwa nach einem Ausfall, wird die Ausgabe angehalten und nicht mehr von selbst versendet.
planning-quiet = Ruhezeit
planning-quiet-hint = In dieser Zeit beginnt keine E-Mail. Was noch wartet, geht danach hinaus.
planning-quiet-from = Von
planning-quiet-until = Bis
planning-free-days = Feiertage
planning-region = Gesetzliche Feiertage von
planning-region-none = Keine
planning-eves = Auch Heiligabend und Silvester
planning-own-days = Eigene Tage
planning-own-days-hint = Ein Tag je Zeile, erst das Datum, dann der Name: 2027-02-08 Rosenmontag
planning-rule = Wenn ein Termin auf einen dieser Tage fällt
planning-rule-send = Trotzdem versenden
planning-rule-skip = Ausfallen lassen; die nächste Ausgabe enthält die Neuigkeiten
planning-rule-before = Am letzten Arbeitstag davor versenden
planning-rule-after = Am nächsten Arbeitstag danach versenden
planning-save = Speichern
planning-preview = Termine ansehen, ohne zu speichern
planning-next = Die nächsten Termine
planning-next-preview = Vorschau: Noch ist nichts gespeichert.
planning-next-none = Es ist kein Termin geplant.
planning-next-composed = Ausgaben, die schon zusammengestellt sind, behalten ihren Termin.

# What is wrong with a schedule.
planning-error-weekdays = Wählen Sie mindestens einen Wochentag.
planning-error-time = Geben Sie eine Uhrzeit an, zum Beispiel 07:00.
planning-error-day = Geben Sie einen Tag von 1 bis 28 an.
planning-error-line = Die Cron-Zeile ist nicht lesbar. Meldung auf Englisch: { $what }
planning-error-zone = Diese Zeitzone gibt es nicht. Zeitzonen heißen zum Beispiel Europe/Berlin.
planning-error-zone-near = Diese Zeitzone gibt es nicht. Meinen Sie { $zone }?
planning-error-lead = Geben Sie eine ganze Zahl an: höchstens 60 Tage.
planning-error-catch-up = Geben Sie 1 bis 168 Stunden an.
planning-error-quiet = Geben Sie Anfang und Ende der Ruhezeit an, oder lassen Sie beides leer.
planning-error-own-day = Die Zeile { $line } ist kein Tag mit Namen. Schreiben Sie zum Beispiel 2027-02-08 Rosenmontag.
planning-error-own-days = Höchstens 100 eigene Tage, mit Namen von höchstens 200 Zeichen.
planning-error-changed = Jemand hat den Versandplan inzwischen geändert. Unten stehen Ihre Eingaben. Speichern Sie noch einmal, wenn sie gelten sollen.

# Pauses.
planning-pauses = Pausen
planning-pauses-text = In einer Pause wird keine Ausgabe zusammengestellt, zum Beispiel in den Sommerferien.
planning-pause-new = Pause eintragen
planning-pause-first = Erster Tag
planning-pause-last = Letzter Tag
planning-pause-reason = Grund, für das Team
planning-pause-look-back = Was enthält die erste Ausgabe danach?
planning-pause-look-back-all = Alles seit der letzten Ausgabe vor der Pause
planning-pause-look-back-days = Nur, was in den letzten Tagen veröffentlicht wurde
planning-pause-days = Wie viele Tage
planning-pause-set = Pause eintragen
planning-pause-end = Pause beenden
planning-pause-remove = Pause streichen
planning-pause-all-told = Die erste Ausgabe danach enthält alles seit der letzten.
planning-pause-days-told = { $days ->
    [one] Die erste Ausgabe danach enthält, was am letzten Tag veröffentlicht wurde.
   *[other] Die erste Ausgabe danach enthält, was in den letzten { $days } Tagen veröffentlicht wurde.
 }
planning-error-pause-days = Geben Sie den ersten und den letzten Tag an.
planning-error-pause-span = Eine Pause endet nach ihrem Anfang, frühestens heute, und dauert höchstens ein Jahr.
planning-error-pause-reason = Geben Sie einen Grund an, höchstens 200 Zeichen.
planning-error-pause-look-back = Geben Sie 1 bis 365 Tage an.
planning-error-pause-overlaps = In dieser Zeit gibt es schon eine Pause: { $days }.
planning-error-pause-many = Mehr Pausen lassen sich nicht eintragen.

# The start page.
planning-no-task = Zurzeit wartet nichts auf Sie.
planning-task-review = { $issue } wartet auf Freigabe
planning-task-draft = { $issue } ist zusammengestellt und noch nicht eingereicht
planning-task-returned = { $issue } kam zur Überarbeitung zurück
planning-task-paused = Der Versand von { $issue } ist unterbrochen
planning-task-held = { $issue } ist angehalten
planning-task-submitted = { $count ->
    [one] Ein Beitrag wartet auf Veröffentlichung
   *[other] { $number } Beiträge warten auf Veröffentlichung
 }
planning-task-proposals = { $count ->
    [one] Ein veröffentlichter Beitrag hat sich in seiner Quelle geändert
   *[other] { $number } veröffentlichte Beiträge haben sich in ihrer Quelle geändert
 }
planning-goes-at = geht am { $when } hinaus
planning-goes-at-to = geht am { $when } hinaus, an { $people }
planning-do-review = Ansehen und freigeben
planning-do-open = Öffnen
planning-do-look-through = Durchsehen
planning-do-compare = Vergleichen
planning-next-issues = Die nächsten Ausgaben
planning-whole-calendar = Zum Kalender
planning-since = Seit Ihrem letzten Besuch, { $when }
planning-since-ever = In den letzten Tagen
planning-no-change = Seitdem hat sich nichts geändert.
planning-whole-log = Zum Protokoll
planning-and-more = { $count ->
    [one] und ein weiteres Mal
   *[other] und { $count } weitere Male
 }
planning-growth = Abonnements
planning-growth-now = { $total } bestätigt. In diesem Monat { $started } dazu, { $ended } gegangen.
planning-trouble = Hier kommt viel nicht an
planning-trouble-about = Domains, bei denen in den letzten 30 Tagen mindestens jede zehnte E-Mail abgewiesen oder vertagt wurde, unter den jeweils letzten 2.000 Antworten der jüngsten fünf Ausgaben. Was der Mailserver sagt, nennt meist den Grund.
planning-growth-title = Bestätigte Abonnements in zwölf Monaten: von { $first } auf { $last }
planning-growth-caption = Linie: bestätigte Abonnements am Monatsende. Balken: dazugekommen (gefüllt) und gegangen (hohl) je Monat.
planning-growth-month = Monat
planning-growth-total = Bestätigt
planning-growth-started = Dazugekommen
planning-growth-ended = Gegangen

# What somebody did.
planning-who-job = Das System
planning-who-operator = Die Administration
planning-did-entry-add = { $who } hat { $what } angelegt
planning-did-entry-change = { $who } hat { $what } geändert
planning-did-entry-publish = { $who } hat { $what } veröffentlicht
planning-did-entry-withdraw = { $who } hat { $what } zurückgezogen
planning-did-entry-cancel = { $who } hat { $what } abgesagt
planning-did-proposal-accept = { $who } hat eine Änderung übernommen: { $what }
planning-did-proposal-reject = { $who } hat eine Änderung verworfen: { $what }
planning-did-picture-add = { $who } hat { $what } ein Bild gegeben
planning-did-issue-compose = { $who } hat { $what } zusammengestellt
planning-did-issue-approve = { $who } hat { $what } freigegeben
planning-did-issue-hand-in = { $who } hat { $what } eingereicht
planning-did-issue-return = { $who } hat { $what } zur Überarbeitung zurückgegeben
planning-did-issue-reject = { $who } hat { $what } abgelehnt
planning-did-issue-take-back = { $who } hat die Freigabe von { $what } zurückgenommen
planning-did-issue-send = { $who } hat den Versand von { $what } begonnen
planning-did-issue-pause = { $who } hat den Versand von { $what } unterbrochen
planning-did-issue-resume = { $who } hat den Versand von { $what } fortgesetzt
planning-did-issue-hold = { $who } hat { $what } angehalten
planning-did-issue-cancel = { $who } hat { $what } abgebrochen
planning-did-issue-finish = { $what } ist versendet
planning-did-newsletter-change = { $who } hat die Einstellungen von { $what } geändert
planning-did-newsletter-add = { $who } hat { $what } eingerichtet
planning-did-schedule-change = { $who } hat den Versandplan von { $what } geändert
planning-did-schedule-pause = { $who } hat eine Pause für { $what } eingetragen
planning-did-schedule-resume = { $who } hat eine Pause von { $what } beendet

# Holidays.
planning-holiday-new-year = Neujahr
planning-holiday-epiphany = Heilige Drei Könige
planning-holiday-womens-day = Internationaler Frauentag
planning-holiday-good-friday = Karfreitag
planning-holiday-easter-sunday = Ostersonntag
planning-holiday-easter-monday = Ostermontag
planning-holiday-kings-day = Königstag
planning-holiday-labour-day = Tag der Arbeit
planning-holiday-liberation-day = Befreiungstag
planning-holiday-end-of-war = 80. Jahrestag der Befreiung
planning-holiday-ascension = Christi Himmelfahrt
planning-holiday-whit-sunday = Pfingstsonntag
planning-holiday-whit-monday = Pfingstmontag
planning-holiday-corpus-christi = Fronleichnam
planning-holiday-uprising = 75. Jahrestag des Volksaufstandes vom 17. Juni
planning-holiday-belgian-national-day = Belgischer Nationalfeiertag
planning-holiday-assumption = Mariä Himmelfahrt
planning-holiday-childrens-day = Weltkindertag
planning-holiday-german-unity = Tag der Deutschen Einheit
planning-holiday-reformation = Reformationstag
planning-holiday-all-saints = Allerheiligen
planning-holiday-armistice = Waffenstillstand
planning-holiday-repentance = Buß- und Bettag
planning-holiday-christmas-eve = Heiligabend
planning-holiday-christmas = Erster Weihnachtstag
planning-holiday-boxing-day = Zweiter Weihnachtstag
planning-holiday-new-years-eve = Silvester

# Regions.
planning-region-de-bw = Baden-Württemberg
planning-region-de-by = Bayern
planning-region-de-be = Berlin
planning-region-de-bb = Brandenburg
planning-region-de-hb = Bremen
planning-region-de-hh = Hamburg
planning-region-de-he = Hessen
planning-region-de-mv = Mecklenburg-Vorpommern
planning-region-de-ni = Niedersachsen
planning-region-de-nw = Nordrhein-Westfalen
planning-region-de-rp = Rheinland-Pfalz
planning-region-de-sl = Saarland
planning-region-de-sn = Sachsen
planning-region-de-st = Sachsen-Anhalt
planning-region-de-sh = Schleswig-Holstein
planning-region-de-th = Thüringen
planning-region-be = Belgien
planning-region-nl = Niederlande
