# The calendar, schedules and the start page.

# The calendar.
planning-calendar-title = Calendrier d’envoi { $month }
planning-schedules = Modifier les horaires
planning-views = Affichage
planning-as-month = Mois
planning-as-list = Liste
planning-months = Autres mois
planning-this-month = Ce mois-ci
planning-today = aujourd’hui
planning-newsletter = Lettre d’information
planning-all-newsletters = Toutes les lettres
planning-show = Afficher
planning-no-newsletter = Il n’y a pas encore de lettre d’information.
planning-nothing = Aucun envoi ce mois-ci.
planning-column-when = Quand
planning-column-newsletter = Lettre d’information
planning-column-state = État
planning-state-planned = prévue
planning-state-skipped = annulée
planning-state-paused = suspendue
planning-composed-at = composée le { $day } à { $time }
planning-moved-before = { $holiday } : { $days ->
    [one] un jour plus tôt
   *[other] { $days } jours plus tôt
 }
planning-moved-after = { $holiday } : { $days ->
    [one] un jour plus tard
   *[other] { $days } jours plus tard
 }
planning-by-hand = déplacé à la main ; au calendrier : { $day }, { $time }
planning-clock-gap = Cette heure n’existe pas, à cause du passage à l’heure d’été. L’envoi part juste après.
planning-clock-overlap = Cette heure existe deux fois, à cause du passage à l’heure d’hiver. L’envoi part la première fois.
planning-further = { $count ->
    [one] et un autre envoi ce jour-là
   *[other] et { $number } autres envois ce jour-là
}
planning-people = { $count ->
    [one] { $number } personne
   *[other] { $number } personnes
 }

# The newsletters.
planning-newsletters-title = Lettres d’information
planning-appears = Paraît { $rhythm }.
planning-appears-line = Paraît selon la ligne cron { $line }.
planning-appears-by-hand = Paraît lorsque quelqu’un envoie un numéro.
planning-next-date = Prochaine date : { $when }
planning-subscriptions = { $count ->
    [one] { $number } abonnement
   *[other] { $number } abonnements
 }
planning-schedule = Horaires d’envoi
planning-issues = Numéros

# The schedule of a newsletter.
planning-schedule-title = Horaires d’envoi : { $newsletter }
planning-done-saved = Les horaires sont enregistrés. Les numéros déjà composés gardent leur date.
planning-done-paused = La pause est enregistrée. Les numéros déjà composés partent quand même.
planning-done-ended = La pause est terminée.
planning-rhythm = À quelle fréquence la lettre paraît-elle ?
planning-rhythm-weekly = Chaque semaine, ces jours-là :
planning-weekdays = Jours de la semaine
planning-rhythm-monthly = Chaque mois, un jour donné
planning-day = Jour du mois
planning-day-hint = De 1 à 28 : tous les mois ont ces jours.
planning-rhythm-line = Selon une ligne cron
planning-line = Ligne cron
planning-line-hint = Cinq champs : minute, heure, jour, mois, jour de la semaine. Exemple : 0 7 1,15 * * pour le 1er et le 15 de chaque mois à 7 h. « Une semaine sur deux » ou « chaque premier lundi » ne peuvent pas s’exprimer ainsi.
planning-rhythm-none = Pas régulièrement : quelqu’un compose chaque numéro
planning-time = Heure
planning-time-hint = Vaut pour les envois hebdomadaires et mensuels.
planning-zone = Fuseau horaire
planning-zone-hint = Par exemple Europe/Paris ou Europe/Brussels.
planning-lead = Composer avant la date
planning-lead-hint = Le temps dont on dispose pour modifier et valider le numéro.
planning-lead-unit = Unité
planning-days = jours
planning-hours = heures
planning-catch-up = Rattraper dans un délai de (heures)
planning-catch-up-hint = Si la date est dépassée de plus longtemps, par exemple après une panne, le numéro est retenu et ne part plus automatiquement.
planning-quiet = Heures calmes
planning-quiet-hint = Aucun courriel ne part pendant ces heures. Ce qui attend encore part ensuite.
planning-quiet-from = De
planning-quiet-until = À
planning-free-days = Jours fériés
planning-region = Jours fériés légaux de
planning-region-none = Aucun
planning-eves = Aussi les 24 et 31 décembre
planning-own-days = Jours propres
planning-own-days-hint = Un jour par ligne, d’abord la date, puis le nom : 2027-02-08 Carnaval
planning-rule = Quand une date tombe un de ces jours
planning-rule-send = Envoyer quand même
planning-rule-skip = Ne pas envoyer ; le numéro suivant contient les actualités
planning-rule-before = Envoyer le dernier jour ouvré précédent
planning-rule-after = Envoyer le jour ouvré suivant
planning-save = Enregistrer
planning-preview = Voir les dates sans enregistrer
planning-next = Les prochaines dates
planning-next-preview = Aperçu : rien n’est encore enregistré.
planning-next-none = Aucune date n’est prévue.
planning-next-composed = Les numéros déjà composés gardent leur date.

# What is wrong with a schedule.
planning-error-weekdays = Choisissez au moins un jour de la semaine.
planning-error-time = Indiquez une heure, par exemple 07:00.
planning-error-day = Indiquez un jour de 1 à 28.
planning-error-line = La ligne cron est illisible. Message en anglais : { $what }
planning-error-zone = Ce fuseau horaire n’existe pas. Les fuseaux s’appellent par exemple Europe/Paris.
planning-error-zone-near = Ce fuseau horaire n’existe pas. Voulez-vous dire { $zone } ?
planning-error-lead = Indiquez un nombre entier : 60 jours au plus.
planning-error-catch-up = Indiquez de 1 à 168 heures.
planning-error-quiet = Indiquez le début et la fin des heures calmes, ou aucun des deux.
planning-error-own-day = La ligne { $line } n’est pas un jour avec un nom. Écrivez par exemple 2027-02-08 Carnaval.
planning-error-own-days = Au plus 100 jours propres, avec des noms de 200 caractères au plus.
planning-error-changed = Quelqu’un a modifié les horaires entre-temps. Vos saisies figurent ci-dessous. Enregistrez à nouveau si elles doivent s’appliquer.

# Pauses.
planning-pauses = Pauses
planning-pauses-text = Pendant une pause, aucun numéro n’est composé, par exemple pendant les vacances d’été.
planning-pause-new = Ajouter une pause
planning-pause-first = Premier jour
planning-pause-last = Dernier jour
planning-pause-reason = Motif, pour l’équipe
planning-pause-look-back = Que contient le premier numéro ensuite ?
planning-pause-look-back-all = Tout depuis le dernier numéro avant la pause
planning-pause-look-back-days = Seulement ce qui a été publié ces derniers jours
planning-pause-days = Combien de jours
planning-pause-set = Enregistrer la pause
planning-pause-end = Terminer la pause
planning-pause-remove = Supprimer la pause
planning-pause-all-told = Le premier numéro ensuite contient tout depuis le dernier.
planning-pause-days-told = { $days ->
    [one] Le premier numéro ensuite contient ce qui a été publié le dernier jour.
   *[other] Le premier numéro ensuite contient ce qui a été publié les { $days } derniers jours.
 }
planning-error-pause-days = Indiquez le premier et le dernier jour.
planning-error-pause-span = Une pause se termine après son début, au plus tôt aujourd’hui, et dure un an au plus.
planning-error-pause-reason = Indiquez un motif de 200 caractères au plus.
planning-error-pause-look-back = Indiquez de 1 à 365 jours.
planning-error-pause-overlaps = Il y a déjà une pause à cette période : { $days }.
planning-error-pause-many = Il n’est pas possible d’ajouter d’autres pauses.

# The start page.
planning-no-task = Rien ne vous attend pour le moment.
planning-task-review = { $issue } attend une validation
planning-task-draft = { $issue } est composé et n’a pas encore été soumis
planning-task-returned = { $issue } a été renvoyé pour modification
planning-task-paused = L’envoi de { $issue } est interrompu
planning-task-held = { $issue } est retenu
planning-task-submitted = { $count ->
    [one] { $number } article attend sa publication
   *[other] { $number } articles attendent leur publication
 }
planning-task-proposals = { $count ->
    [one] { $number } article publié a changé à la source
   *[other] { $number } articles publiés ont changé à la source
 }
planning-goes-at = part le { $when }
planning-goes-at-to = part le { $when }, à { $people }
planning-do-review = Examiner et valider
planning-do-open = Ouvrir
planning-do-look-through = Parcourir
planning-do-compare = Comparer
planning-next-issues = Les prochains numéros
planning-whole-calendar = Vers le calendrier
planning-since = Depuis votre dernière visite, { $when }
planning-since-ever = Ces derniers jours
planning-no-change = Rien n’a changé depuis.
planning-whole-log = Vers le journal
planning-and-more = { $count ->
    [one] et une autre fois
   *[other] et { $count } autres fois
 }
planning-growth = Abonnements
planning-growth-now = { $total } confirmés. Ce mois-ci { $started } arrivées, { $ended } départs.
planning-trouble = Ici, beaucoup n’arrive pas
planning-trouble-about = Domaines où au moins un message sur dix a été refusé ou différé ces 30 derniers jours, parmi les 2 000 dernières réponses de chacun des cinq derniers numéros. Ce que dit le serveur en indique en général la raison.
planning-growth-title = Abonnements confirmés en douze mois : de { $first } à { $last }
planning-growth-caption = Ligne : abonnements confirmés en fin de mois. Barres : arrivées (pleines) et départs (creuses) par mois.
planning-growth-month = Mois
planning-growth-total = Confirmés
planning-growth-started = Arrivées
planning-growth-ended = Départs

# What somebody did.
planning-who-job = Le système
planning-who-operator = L’administration
planning-did-entry-add = { $who } a ajouté { $what }
planning-did-entry-change = { $who } a modifié { $what }
planning-did-entry-publish = { $who } a publié { $what }
planning-did-entry-withdraw = { $who } a retiré { $what }
planning-did-entry-cancel = { $who } a annulé { $what }
planning-did-proposal-accept = { $who } a accepté une modification : { $what }
planning-did-proposal-reject = { $who } a refusé une modification : { $what }
planning-did-picture-add = { $who } a ajouté une image à { $what }
planning-did-issue-compose = { $who } a composé { $what }
planning-did-issue-approve = { $who } a validé { $what }
planning-did-issue-hand-in = { $who } a soumis { $what }
planning-did-issue-return = { $who } a renvoyé { $what } pour modification
planning-did-issue-reject = { $who } a refusé { $what }
planning-did-issue-take-back = { $who } a annulé la validation de { $what }
planning-did-issue-send = { $who } a commencé l’envoi de { $what }
planning-did-issue-pause = { $who } a interrompu l’envoi de { $what }
planning-did-issue-resume = { $who } a repris l’envoi de { $what }
planning-did-issue-hold = { $who } a retenu { $what }
planning-did-issue-cancel = { $who } a annulé { $what }
planning-did-issue-finish = { $what } est envoyé
planning-did-newsletter-change = { $who } a modifié les réglages de { $what }
planning-did-newsletter-add = { $who } a créé { $what }
planning-did-schedule-change = { $who } a modifié les horaires de { $what }
planning-did-schedule-pause = { $who } a ajouté une pause pour { $what }
planning-did-schedule-resume = { $who } a terminé une pause de { $what }

# Holidays.
planning-holiday-new-year = Jour de l’an
planning-holiday-epiphany = Épiphanie
planning-holiday-womens-day = Journée internationale des femmes
planning-holiday-good-friday = Vendredi saint
planning-holiday-easter-sunday = Dimanche de Pâques
planning-holiday-easter-monday = Lundi de Pâques
planning-holiday-kings-day = Fête du Roi
planning-holiday-labour-day = Fête du travail
planning-holiday-liberation-day = Jour de la Libération
planning-holiday-end-of-war = 80e anniversaire de la Libération
planning-holiday-ascension = Ascension
planning-holiday-whit-sunday = Dimanche de Pentecôte
planning-holiday-whit-monday = Lundi de Pentecôte
planning-holiday-corpus-christi = Fête-Dieu
planning-holiday-uprising = 75e anniversaire du soulèvement du 17 juin
planning-holiday-belgian-national-day = Fête nationale belge
planning-holiday-assumption = Assomption
planning-holiday-childrens-day = Journée de l’enfance
planning-holiday-german-unity = Jour de l’Unité allemande
planning-holiday-reformation = Fête de la Réformation
planning-holiday-all-saints = Toussaint
planning-holiday-armistice = Armistice
planning-holiday-repentance = Jour de pénitence et de prière
planning-holiday-christmas-eve = Veille de Noël
planning-holiday-christmas = Noël
planning-holiday-boxing-day = Lendemain de Noël
planning-holiday-new-years-eve = Saint-Sylvestre

# Regions.
planning-region-de-bw = Bade-Wurtemberg
planning-region-de-by = Bavière
planning-region-de-be = Berlin
planning-region-de-bb = Brandebourg
planning-region-de-hb = Brême
planning-region-de-hh = Hambourg
planning-region-de-he = Hesse
planning-region-de-mv = Mecklembourg-Poméranie-Occidentale
planning-region-de-ni = Basse-Saxe
planning-region-de-nw = Rhénanie-du-Nord-Westphalie
planning-region-de-rp = Rhénanie-Palatinat
planning-region-de-sl = Sarre
planning-region-de-sn = Saxe
planning-region-de-st = Saxe-Anhalt
planning-region-de-sh = Schleswig-Holstein
planning-region-de-th = Thuringe
planning-region-be = Belgique
planning-region-nl = Pays-Bas
