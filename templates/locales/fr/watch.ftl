# Sending and its report.
watch-progress = { $sent } sur { $recipients } remis
watch-bar = { $sent } remis, { $deferred } différés, { $failed } refusés ou incertains
watch-quiet = Heures calmes : reprise à { $until }
watch-ends-in = encore { $span } environ
watch-rate = { $rate } par seconde
watch-as-of = état à { $at }
watch-next-attempt = prochain essai { $at }
watch-sent = remis
watch-waiting = en attente
watch-deferred = différés
watch-failed = refusés
watch-refused = refusés ou différés
watch-uncertain = issue incertaine
watch-left = désabonnés avant
watch-left-before = s’étaient désabonnés avant leur e-mail
watch-cancelled = non envoyés : annulation
watch-open = encore ouverts
watch-domains = Par destinataires
watch-domains-none = Aucun serveur de messagerie n’a encore répondu.
watch-domain = Domaine
watch-said = dernière réponse
watch-other-domains = { $count ->
    [one] { $number } autre
   *[other] { $number } autres
}
watch-all-together = { $count ->
    [one] { $number } domaine
   *[other] { $number } domaines
}
watch-chosen-domain = { $domain } seulement
watch-all-domains = Voir tous les domaines
watch-among = Compté parmi les { $count } dernières réponses.
watch-few = Les domaines comptant moins de cinq réponses sont regroupés.
watch-relay = Envoyé par { $relay }.
watch-relays = Par serveur de messagerie
watch-relay-took = { $relay } : { $sent } acceptés, { $refused } refusés ou différés
watch-over-time = Au fil du temps
watch-plot-title = E-mails toutes les { $span }
watch-plot-caption = Plein : remis ; creux : refusés ou différés.
watch-plot-step = Début
watch-report = Bilan
watch-totals = Ce que les e-mails sont devenus
watch-outcome = Résultat
watch-people = Personnes
watch-share = Part
watch-all = tous ensemble
watch-failed-because = refusés : { $class }
watch-only-totals = De ce numéro, seuls les totaux sont conservés ; la liste des destinataires a été supprimée après le délai de conservation.
watch-skipped = { $count ->
    [one] Rien ne concernait { $number } personne ; elle n’a pas reçu d’e-mail.
   *[other] Rien ne concernait { $number } personnes ; elles n’ont pas reçu d’e-mail.
}
watch-retry-link = Renvoyer …
watch-began = Début
watch-ended = Fin
watch-ended-cancelled = Annulé
watch-took = Durée
watch-recipients = Destinataires
watch-departures = Désabonnements
watch-departures-none = aucun par ce numéro
watch-departures-few = moins de cinq
watch-departures-many = { $number } ({ $share })
watch-departures-hint = Sont comptées les personnes désabonnées par le lien d’un e-mail de ce numéro. Les groupes de moins de cinq personnes ne sont pas chiffrés.
watch-stopped = L’envoi s’est arrêté de lui-même
watch-not-yet = L’envoi n’a pas encore commencé.
watch-never = Ce numéro ne sera pas envoyé.
watch-done-paused = L’envoi est suspendu.
watch-done-resumed = L’envoi reprend.
watch-done-cancelled = Le numéro est annulé.
watch-done-retried = { $count ->
    [one] { $number } e-mail est renvoyé.
   *[other] { $number } e-mails sont renvoyés.
}
watch-done-moved = Rien n’a été modifié : l’état du numéro avait changé entre-temps. Veuillez vérifier et décider à nouveau.
watch-ask-pause = Suspendre l’envoi ?
watch-ask-resume = Reprendre l’envoi ?
watch-ask-cancel = Annuler le numéro ?
watch-do-pause = Suspendre l’envoi
watch-do-resume = Reprendre l’envoi
watch-do-cancel = Annuler définitivement
watch-back = Retour, ne rien changer
watch-have-it = { $count ->
    [one] { $number } personne a déjà le numéro.
   *[other] { $number } personnes ont déjà le numéro.
}
watch-will-wait = { $count ->
    [one] { $number } personne ne le recevra qu’à la reprise de l’envoi.
   *[other] { $number } personnes ne le recevront qu’à la reprise de l’envoi.
}
watch-on-the-way = Les e-mails en cours de transmission partent encore.
watch-will-get-it = { $count ->
    [one] { $number } personne recevra alors le numéro.
   *[other] { $number } personnes recevront alors le numéro.
}
watch-stopped-because = L’envoi s’était arrêté de lui-même : { $reason }. Veuillez le reprendre une fois la cause corrigée.
watch-will-not-get-it = { $count ->
    [one] { $number } personne ne le recevra plus.
   *[other] { $number } personnes ne le recevront plus.
}
watch-cancel-final = Cette action est irréversible. S’il vous faut seulement du temps, suspendez l’envoi.
watch-cancel-unsent = Le numéro ne sera pas envoyé, et cette action est irréversible.
watch-cancel-entries = Ses contributions pourront figurer dans le prochain numéro.
watch-tick = { $count ->
    [one] Oui, { $number } personne ne doit pas recevoir ce numéro.
   *[other] Oui, { $number } personnes ne doivent pas recevoir ce numéro.
}
watch-tick-none = Oui, personne ne doit recevoir ce numéro.
watch-tick-missing = Veuillez cocher la case pour confirmer l’annulation du numéro.
watch-retry-title = Renvoyer
watch-retry-lead = Les personnes désabonnées entre-temps ne sont pas comptées et ne reçoivent rien.
watch-retry-none = Il n’y a rien à renvoyer.
watch-retry-what = À qui ?
watch-retry-uncertain = Issue incertaine : certaines personnes recevront le numéro deux fois
watch-retry-domain = Seulement pour ce domaine
watch-retry-any-domain = pour tous
watch-retry-others = Les domaines de moins de cinq personnes ne figurent pas dans la liste ; « pour tous » les comprend.
watch-retry-do = Renvoyer
watch-retry-nothing-chosen = Veuillez choisir à qui renvoyer le numéro.
watch-count-people = { $count ->
    [one] { $number } personne
   *[other] { $number } personnes
}
watch-find-title = L’e-mail est-il arrivé ?
watch-find-address = Adresse e-mail
watch-find-hint = Votre demande est notée dans le journal.
watch-find-do = Rechercher
watch-find-wrong = Ce n’est pas une adresse e-mail. Veuillez la vérifier, par exemple nom@exemple.fr.
watch-find-about = Réponse pour { $address }
watch-find-latest = Autres numéros
watch-relay-said = Le serveur de messagerie a répondu : { $words }
watch-fate-sent = Oui, le serveur de messagerie l’a accepté : { $at }
watch-fate-waiting = Pas encore, l’e-mail attend son envoi
watch-fate-deferred = Pas encore : différé ({ $class }) après { $attempts } essais, le prochain : { $at }
watch-fate-on-the-way = En cours d’envoi
watch-fate-failed = Non, refusé ({ $class }) : { $at }
watch-fate-failed-somewhen = Non, refusé ({ $class })
watch-fate-uncertain = Incertain : commencé, mais sans réponse connue : { $at }
watch-fate-uncertain-somewhen = Incertain : commencé, mais sans réponse connue
watch-fate-left = Non, la personne s’était désabonnée avant
watch-fate-cancelled = Non, le numéro a été annulé avant
watch-fate-not-sent-yet = Le numéro n’a pas encore été envoyé
watch-fate-unknown = Cette adresse n’est pas connue ici : jamais abonnée ou effacée
watch-fate-not-kept = La liste des destinataires de ce numéro n’est plus conservée
watch-fate-never = Non, cette newsletter n’était pas abonnée
watch-fate-later = Non, abonné seulement après : { $at }
watch-fate-left-before = Non, déjà désabonné : { $at }
watch-fate-nothing = Non, rien ne concernait les thèmes choisis
watch-fate-inactive = Non, cette adresse ne reçoit actuellement aucun e-mail
watch-fate-changed = Non, la personne n’en faisait pas partie lors de l’envoi ; thèmes ou état ont changé depuis
watch-find-one = Rechercher une adresse
watch-link-pause = Suspendre …
watch-link-resume = Reprendre …
watch-link-cancel = Annuler …
watch-happened = Ce qui s’est passé
