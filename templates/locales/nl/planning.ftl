# The calendar, schedules and the start page.

# The calendar.
planning-calendar-title = Verzendplanning { $month }
planning-schedules = Verzendtijden wijzigen
planning-views = Weergave
planning-as-month = Maand
planning-as-list = Lijst
planning-months = Andere maanden
planning-this-month = Deze maand
planning-today = vandaag
planning-newsletter = Nieuwsbrief
planning-all-newsletters = Alle nieuwsbrieven
planning-show = Tonen
planning-no-newsletter = Er is nog geen nieuwsbrief.
planning-nothing = Deze maand wordt niets verzonden.
planning-column-when = Wanneer
planning-column-newsletter = Nieuwsbrief
planning-column-state = Stand
planning-state-planned = gepland
planning-state-skipped = vervalt
planning-state-paused = gepauzeerd
planning-composed-at = wordt op { $day } om { $time } samengesteld
planning-moved-before = { $holiday }: { $days ->
    [one] een dag eerder
   *[other] { $days } dagen eerder
 }
planning-moved-after = { $holiday }: { $days ->
    [one] een dag later
   *[other] { $days } dagen later
 }
planning-by-hand = met de hand verplaatst; in het verzendschema: { $day }, { $time }
planning-clock-gap = Dit tijdstip vervalt door de zomertijd. De nieuwsbrief gaat er direct na uit.
planning-clock-overlap = Dit tijdstip komt door de wintertijd twee keer voor. De nieuwsbrief gaat de eerste keer uit.
planning-further = { $count ->
    [one] en nog één keer op deze dag
   *[other] en nog { $number } keer op deze dag
}
planning-people = { $count ->
    [one] één persoon
   *[other] { $number } personen
 }

# The newsletters.
planning-newsletters-title = Nieuwsbrieven
planning-appears = Verschijnt { $rhythm }.
planning-appears-line = Verschijnt volgens de cron-regel { $line }.
planning-appears-by-hand = Verschijnt wanneer iemand een editie verzendt.
planning-next-date = Volgende datum: { $when }
planning-subscriptions = { $count ->
    [one] één abonnement
   *[other] { $number } abonnementen
 }
planning-schedule = Verzendtijden
planning-issues = Edities

# The schedule of a newsletter.
planning-schedule-title = Verzendtijden: { $newsletter }
planning-done-saved = De verzendtijden zijn opgeslagen. Edities die al zijn samengesteld, houden hun datum.
planning-done-paused = De pauze is vastgelegd. Edities die al zijn samengesteld, gaan toch uit.
planning-done-ended = De pauze is beëindigd.
planning-rhythm = Hoe vaak verschijnt de nieuwsbrief?
planning-rhythm-weekly = Elke week, op deze dagen:
planning-weekdays = Weekdagen
planning-rhythm-monthly = Elke maand op een dag
planning-day = Dag van de maand
planning-day-hint = 1 tot en met 28: elke maand heeft deze dagen.
planning-rhythm-line = Volgens een cron-regel
planning-line = Cron-regel
planning-line-hint = Vijf velden: minuut, uur, dag, maand, weekdag. Voorbeeld: 0 7 1,15 * * voor de 1e en 15e van elke maand om 7.00 uur. ‘Om de week’ of ‘elke eerste maandag’ is zo niet uit te drukken.
planning-rhythm-none = Niet regelmatig: iemand stelt elke editie zelf samen
planning-time = Tijd
planning-time-hint = Geldt voor wekelijks en maandelijks.
planning-zone = Tijdzone
planning-zone-hint = Bijvoorbeeld Europe/Amsterdam of Europe/Brussels.
planning-lead = Samenstellen vóór de datum
planning-lead-hint = Zoveel tijd is er om de editie te bewerken en vrij te geven.
planning-lead-unit = Eenheid
planning-days = dagen
planning-hours = uren
planning-catch-up = Inhalen binnen (uren)
planning-catch-up-hint = Is de datum langer voorbij, bijvoorbeeld na een storing, dan wordt de editie vastgehouden en niet meer vanzelf verzonden.
planning-quiet = Rusttijd
planning-quiet-hint = In deze tijd begint geen e-mail. Wat nog wacht, gaat daarna uit.
planning-quiet-from = Van
planning-quiet-until = Tot
planning-free-days = Feestdagen
planning-region = Wettelijke feestdagen van
planning-region-none = Geen
planning-eves = Ook 24 en 31 december
planning-own-days = Eigen dagen
planning-own-days-hint = Eén dag per regel, eerst de datum, dan de naam: 2027-02-08 Carnaval
planning-rule = Als een datum op een van deze dagen valt
planning-rule-send = Toch verzenden
planning-rule-skip = Laten vervallen; de volgende editie bevat het nieuws
planning-rule-before = Op de laatste werkdag ervoor verzenden
planning-rule-after = Op de eerstvolgende werkdag erna verzenden
planning-save = Opslaan
planning-preview = Datums bekijken zonder op te slaan
planning-next = De volgende datums
planning-next-preview = Voorbeeld: er is nog niets opgeslagen.
planning-next-none = Er is geen datum gepland.
planning-next-composed = Edities die al zijn samengesteld, houden hun datum.

# What is wrong with a schedule.
planning-error-weekdays = Kies ten minste één weekdag.
planning-error-time = Vul een tijd in, bijvoorbeeld 07:00.
planning-error-day = Vul een dag van 1 tot en met 28 in.
planning-error-line = De cron-regel is niet leesbaar. Melding in het Engels: { $what }
planning-error-zone = Deze tijdzone bestaat niet. Tijdzones heten bijvoorbeeld Europe/Amsterdam.
planning-error-zone-near = Deze tijdzone bestaat niet. Bedoelt u { $zone }?
planning-error-lead = Vul een geheel getal in: hoogstens 60 dagen.
planning-error-catch-up = Vul 1 tot en met 168 uur in.
planning-error-quiet = Vul begin en einde van de rusttijd in, of laat beide leeg.
planning-error-own-day = De regel { $line } is geen dag met een naam. Schrijf bijvoorbeeld 2027-02-08 Carnaval.
planning-error-own-days = Hoogstens 100 eigen dagen, met namen van hoogstens 200 tekens.
planning-error-changed = Iemand heeft de verzendtijden intussen gewijzigd. Hieronder staat wat u hebt ingevuld. Sla opnieuw op als dat moet gelden.

# Pauses.
planning-pauses = Pauzes
planning-pauses-text = Tijdens een pauze wordt geen editie samengesteld, bijvoorbeeld in de zomervakantie.
planning-pause-new = Pauze vastleggen
planning-pause-first = Eerste dag
planning-pause-last = Laatste dag
planning-pause-reason = Reden, voor het team
planning-pause-look-back = Wat bevat de eerste editie daarna?
planning-pause-look-back-all = Alles sinds de laatste editie voor de pauze
planning-pause-look-back-days = Alleen wat de laatste dagen is gepubliceerd
planning-pause-days = Hoeveel dagen
planning-pause-set = Pauze vastleggen
planning-pause-end = Pauze beëindigen
planning-pause-remove = Pauze schrappen
planning-pause-all-told = De eerste editie daarna bevat alles sinds de laatste.
planning-pause-days-told = { $days ->
    [one] De eerste editie daarna bevat wat de laatste dag is gepubliceerd.
   *[other] De eerste editie daarna bevat wat de laatste { $days } dagen is gepubliceerd.
 }
planning-error-pause-days = Vul de eerste en de laatste dag in.
planning-error-pause-span = Een pauze eindigt na het begin, op zijn vroegst vandaag, en duurt hoogstens een jaar.
planning-error-pause-reason = Vul een reden van hoogstens 200 tekens in.
planning-error-pause-look-back = Vul 1 tot en met 365 dagen in.
planning-error-pause-overlaps = In deze tijd is er al een pauze: { $days }.
planning-error-pause-many = Er kunnen geen pauzes meer worden vastgelegd.

# The start page.
planning-no-task = Op dit moment wacht er niets op u.
planning-task-review = { $issue } wacht op vrijgave
planning-task-draft = { $issue } is samengesteld en nog niet ingediend
planning-task-returned = { $issue } kwam terug ter bewerking
planning-task-paused = De verzending van { $issue } is onderbroken
planning-task-held = { $issue } wordt vastgehouden
planning-task-submitted = { $count ->
    [one] Eén bericht wacht op publicatie
   *[other] { $number } berichten wachten op publicatie
 }
planning-task-proposals = { $count ->
    [one] Eén gepubliceerd bericht is in de bron gewijzigd
   *[other] { $number } gepubliceerde berichten zijn in de bron gewijzigd
 }
planning-goes-at = gaat uit op { $when }
planning-goes-at-to = gaat uit op { $when }, naar { $people }
planning-do-review = Bekijken en vrijgeven
planning-do-open = Openen
planning-do-look-through = Doornemen
planning-do-compare = Vergelijken
planning-next-issues = De volgende edities
planning-whole-calendar = Naar de kalender
planning-since = Sinds uw laatste bezoek, { $when }
planning-since-ever = De laatste dagen
planning-no-change = Sindsdien is er niets veranderd.
planning-whole-log = Naar het logboek
planning-and-more = { $count ->
    [one] en nog één keer
   *[other] en nog { $count } keer
 }
planning-growth = Abonnementen
planning-growth-now = { $total } bevestigd. Deze maand { $started } erbij, { $ended } vertrokken.
planning-trouble = Hier komt veel niet aan
planning-trouble-about = Domeinen waar in de laatste 30 dagen minstens een op de tien e-mails is geweigerd of uitgesteld, onder de laatste 2.000 antwoorden van elk van de laatste vijf edities. Wat de mailserver zegt, noemt meestal de reden.
planning-growth-title = Bevestigde abonnementen in twaalf maanden: van { $first } naar { $last }
planning-growth-caption = Lijn: bevestigde abonnementen aan het einde van de maand. Balken: erbij (gevuld) en vertrokken (hol) per maand.
planning-growth-month = Maand
planning-growth-total = Bevestigd
planning-growth-started = Erbij
planning-growth-ended = Vertrokken

# What somebody did.
planning-who-job = Het systeem
planning-who-operator = Het beheer
planning-did-entry-add = { $who } heeft { $what } aangemaakt
planning-did-entry-change = { $who } heeft { $what } gewijzigd
planning-did-entry-publish = { $who } heeft { $what } gepubliceerd
planning-did-entry-withdraw = { $who } heeft { $what } ingetrokken
planning-did-entry-cancel = { $who } heeft { $what } afgelast
planning-did-proposal-accept = { $who } heeft een wijziging overgenomen: { $what }
planning-did-proposal-reject = { $who } heeft een wijziging verworpen: { $what }
planning-did-picture-add = { $who } heeft { $what } een afbeelding gegeven
planning-did-issue-compose = { $who } heeft { $what } samengesteld
planning-did-issue-approve = { $who } heeft { $what } vrijgegeven
planning-did-issue-hand-in = { $who } heeft { $what } ingediend
planning-did-issue-return = { $who } heeft { $what } teruggegeven ter bewerking
planning-did-issue-reject = { $who } heeft { $what } afgewezen
planning-did-issue-take-back = { $who } heeft de vrijgave van { $what } ingetrokken
planning-did-issue-send = { $who } is begonnen met de verzending van { $what }
planning-did-issue-pause = { $who } heeft de verzending van { $what } onderbroken
planning-did-issue-resume = { $who } heeft de verzending van { $what } hervat
planning-did-issue-hold = { $who } heeft { $what } vastgehouden
planning-did-issue-cancel = { $who } heeft { $what } afgebroken
planning-did-issue-finish = { $what } is verzonden
planning-did-newsletter-change = { $who } heeft de instellingen van { $what } gewijzigd
planning-did-newsletter-add = { $who } heeft { $what } aangemaakt
planning-did-schedule-change = { $who } heeft de verzendtijden van { $what } gewijzigd
planning-did-schedule-pause = { $who } heeft een pauze voor { $what } vastgelegd
planning-did-schedule-resume = { $who } heeft een pauze van { $what } beëindigd

# Holidays.
planning-holiday-new-year = Nieuwjaarsdag
planning-holiday-epiphany = Driekoningen
planning-holiday-womens-day = Internationale Vrouwendag
planning-holiday-good-friday = Goede Vrijdag
planning-holiday-easter-sunday = Eerste paasdag
planning-holiday-easter-monday = Tweede paasdag
planning-holiday-kings-day = Koningsdag
planning-holiday-labour-day = Dag van de Arbeid
planning-holiday-liberation-day = Bevrijdingsdag
planning-holiday-end-of-war = 80e verjaardag van de bevrijding
planning-holiday-ascension = Hemelvaartsdag
planning-holiday-whit-sunday = Eerste pinksterdag
planning-holiday-whit-monday = Tweede pinksterdag
planning-holiday-corpus-christi = Sacramentsdag
planning-holiday-uprising = 75e verjaardag van de opstand van 17 juni
planning-holiday-belgian-national-day = Nationale feestdag van België
planning-holiday-assumption = Maria-Tenhemelopneming
planning-holiday-childrens-day = Wereldkinderdag
planning-holiday-german-unity = Dag van de Duitse Eenheid
planning-holiday-reformation = Hervormingsdag
planning-holiday-all-saints = Allerheiligen
planning-holiday-armistice = Wapenstilstand
planning-holiday-repentance = Boete- en bededag
planning-holiday-christmas-eve = Kerstavond
planning-holiday-christmas = Eerste kerstdag
planning-holiday-boxing-day = Tweede kerstdag
planning-holiday-new-years-eve = Oudejaarsavond

# Regions.
planning-region-de-bw = Baden-Württemberg
planning-region-de-by = Beieren
planning-region-de-be = Berlijn
planning-region-de-bb = Brandenburg
planning-region-de-hb = Bremen
planning-region-de-hh = Hamburg
planning-region-de-he = Hessen
planning-region-de-mv = Mecklenburg-Voor-Pommeren
planning-region-de-ni = Nedersaksen
planning-region-de-nw = Noordrijn-Westfalen
planning-region-de-rp = Rijnland-Palts
planning-region-de-sl = Saarland
planning-region-de-sn = Saksen
planning-region-de-st = Saksen-Anhalt
planning-region-de-sh = Schleswig-Holstein
planning-region-de-th = Thüringen
planning-region-be = België
planning-region-nl = Nederland
