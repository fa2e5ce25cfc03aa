# Contributions : liste, page, versions, modifications des sources.
entry-desk-title = Contributions
entry-desk-new-news = Rédiger une actualité
entry-desk-new-event = Ajouter un événement

entry-desk-state-draft = brouillon
entry-desk-state-submitted = soumis
entry-desk-state-approved = accepté
entry-desk-state-published = publié
entry-desk-state-rejected = refusé
entry-desk-state-withdrawn = retiré
entry-desk-state-cancelled = annulé
entry-desk-kind-news = Actualité
entry-desk-kind-event = Événement
entry-desk-kind-paper = Dossier
entry-desk-kind-meeting = Séance
entry-desk-origin-own = rédigé ici
entry-desk-origin-feed = d’un flux
entry-desk-origin-calendar = d’un calendrier
entry-desk-today = aujourd’hui, { $time }
entry-desk-yesterday = hier, { $time }
entry-desk-who-operator = ligne de commande ({ $name })
entry-desk-who-service = automatiquement
entry-desk-who-unknown = inconnu

entry-desk-states = Par état
entry-desk-all = Toutes
entry-desk-waiting = À décider
entry-desk-tab-draft = Brouillons
entry-desk-tab-approved = Acceptées
entry-desk-tab-published = Publiées
entry-desk-tab-rejected = Refusées
entry-desk-tab-withdrawn = Retirées
entry-desk-tab-cancelled = Annulées
entry-desk-proposals-tab = Sources modifiées
entry-desk-filter = Rechercher des contributions
entry-desk-words = Rechercher
entry-desk-kind = Type
entry-desk-topic = Thème
entry-desk-organisation = Organisme
entry-desk-origin = Origine
entry-desk-from = Date du
entry-desk-until = Date au
entry-desk-no-day = Veuillez indiquer une date, par exemple 26/11/2026.
entry-desk-any = tous
entry-desk-show = Afficher
entry-desk-clear = Effacer les filtres
entry-desk-more-filters = Autres filtres
entry-desk-count = { $count ->
    [0] Aucune contribution
    [one] { $count } contribution
   *[other] { $count } contributions
}
entry-desk-none = Les contributions apparaissent ici dès que quelqu’un en rédige une ou qu’une source en apporte une.
entry-desk-none-found = Aucune contribution ne correspond. Cherchez avec moins de mots, ou effacez les filtres.
entry-desk-entry = Contribution
entry-desk-when = Quand
entry-desk-state = État
entry-desk-changed = Modifié
entry-desk-pinned = en première place
entry-desk-proposed = la source a changé
entry-desk-languages = en { $count } langues
entry-desk-tick = Sélection
entry-desk-tick-one = Sélectionner { $title }
entry-desk-ticked = Sélection :
entry-desk-publish-ticked = Publier…
entry-desk-withdraw-ticked = Retirer…
entry-desk-done-published = { $count ->
    [one] Une contribution est maintenant publiée.
   *[other] { $count } contributions sont maintenant publiées.
}
entry-desk-done-withdrawn = { $count ->
    [one] Une contribution est retirée.
   *[other] { $count } contributions sont retirées.
}
entry-desk-done-kept = Le filtre est enregistré.
entry-desk-done-forgotten = Le filtre est supprimé.
entry-desk-kept = Filtres enregistrés
entry-desk-keep-title = Enregistrer et gérer les filtres
entry-desk-keep-name = Nom de ce filtre
entry-desk-keep = Enregistrer
entry-desk-keep-no-name = Veuillez donner un nom au filtre.
entry-desk-keep-too-many = Il n’est pas possible d’enregistrer d’autres filtres. Supprimez-en d’abord un.
entry-desk-forget = Supprimer { $name }

entry-desk-ask-nothing = Rien à faire
entry-desk-ask-none = Vous n’avez sélectionné aucune contribution. Cochez dans la liste celles dont il s’agit.
entry-desk-ask-publish = { $count ->
    [one] Publier cette contribution ?
   *[other] Publier { $count } contributions ?
}
entry-desk-ask-publish-text = { $count ->
    [one] Elle pourra aussitôt être lue sur le site et paraîtra dans les prochains numéros.
   *[other] Elles pourront aussitôt être lues sur le site et paraîtront dans les prochains numéros.
}
entry-desk-ask-publish-button = { $count ->
    [one] Publier
   *[other] Publier { $count } contributions
}
entry-desk-ask-withdraw = { $count ->
    [one] Retirer cette contribution ?
   *[other] Retirer { $count } contributions ?
}
entry-desk-ask-withdraw-text = { $count ->
    [one] Elle ne pourra plus être lue sur le site, et les numéros non encore envoyés ne la reprendront pas. Ce qui est envoyé reste dans les boîtes aux lettres.
   *[other] Elles ne pourront plus être lues sur le site, et les numéros non encore envoyés ne les reprendront pas. Ce qui est envoyé reste dans les boîtes aux lettres.
}
entry-desk-ask-withdraw-button = { $count ->
    [one] Retirer
   *[other] Retirer { $count } contributions
}
entry-desk-ask-cancel = { $count ->
    [one] Annuler cet événement ?
   *[other] Annuler { $count } événements ?
}
entry-desk-ask-cancel-text = { $count ->
    [one] Il reste visible et sera partout signalé comme annulé, aussi dans les numéros non encore envoyés.
   *[other] Ils restent visibles et seront partout signalés comme annulés, aussi dans les numéros non encore envoyés.
}
entry-desk-ask-cancel-button = { $count ->
    [one] Annuler l’événement
   *[other] Annuler { $count } événements
}
entry-desk-ask-reject = { $count ->
    [one] Refuser cette contribution ?
   *[other] Refuser { $count } contributions ?
}
entry-desk-ask-reject-text = { $count ->
    [one] Elle ne sera pas publiée. Vous pourrez la reprendre plus tard.
   *[other] Elles ne seront pas publiées. Vous pourrez les reprendre plus tard.
}
entry-desk-ask-reject-button = { $count ->
    [one] Refuser
   *[other] Refuser { $count } contributions
}
entry-desk-ask-issues = Ces numéros ne sont pas encore envoyés et en contiennent une partie. Celui qui est déjà approuvé devra l’être de nouveau.
entry-desk-ask-unable = Impossible ici
entry-desk-ask-changed-title = Quelque chose a changé entre-temps
entry-desk-ask-changed = Quelqu’un d’autre a modifié l’état d’une contribution. Rien n’a été fait. Veuillez vérifier la liste encore une fois.
entry-desk-ask-back = Retour
entry-desk-ask-stop = Ne rien faire
entry-desk-why-already = C’est déjà le cas.
entry-desk-why-no-event = On ne peut annuler que ce qui a lieu à un moment précis.
entry-desk-why-state = État de la contribution : { $state }. Ce n’est pas possible à partir de là.
entry-desk-why-unknown = { $count ->
    [one] Une contribution sélectionnée n’existe plus.
   *[other] { $count } contributions sélectionnées n’existent plus.
}

entry-desk-tabs = Pages de cette contribution
entry-desk-tab-show = Consulter
entry-desk-tab-edit = Modifier
entry-desk-tab-versions = Versions
entry-desk-as-readers = Telle qu’elle se lit sur le site
entry-desk-edit = Modifier
entry-desk-acts = Ce qui est possible maintenant
entry-desk-publish = Publier
entry-desk-submit = Soumettre
entry-desk-pin = Mettre en première place
entry-desk-unpin = Ne plus mettre en première place
entry-desk-withdraw = Retirer…
entry-desk-cancel = Annuler l’événement…
entry-desk-reject = Refuser…
entry-desk-issues = Dans ces numéros
entry-desk-issues-none = Dans aucun numéro jusqu’ici.
entry-desk-told-ahead = en préparation
entry-desk-told-sent = envoyé
entry-desk-told-left-out = écartée
entry-desk-told-cancelled = numéro annulé
entry-desk-facts = Indications
entry-desk-fact-languages = Langues
entry-desk-fact-place = Ordre
entry-desk-fact-created = Ajoutée
entry-desk-fact-published = Publiée
entry-desk-fact-page = Page publique
entry-desk-fact-open = Voir sur le site
entry-desk-did-nothing = Quelqu’un d’autre a modifié l’état de cette contribution. Rien n’a été fait. Voici où elle en est.
entry-desk-did-save = Enregistré.
entry-desk-did-publish = La contribution est maintenant publiée.
entry-desk-did-submit = La contribution est soumise.
entry-desk-did-withdraw = La contribution est retirée.
entry-desk-did-cancel = L’événement est annulé.
entry-desk-did-reject = La contribution est refusée.
entry-desk-did-pin = La contribution est maintenant en première place.
entry-desk-did-unpin = La contribution n’est plus en première place.
entry-desk-did-restore = L’ancienne version est de nouveau valable. Ce qui valait avant est conservé comme version.
entry-desk-did-accept = La modification de la source est reprise.
entry-desk-did-leave = La contribution reste telle quelle. La même modification ne sera plus proposée.

entry-desk-versions = Versions
entry-desk-versions-none = Il n’y a que la version actuelle. Les précédentes sont conservées dès que quelqu’un modifie la contribution.
entry-desk-version = Version { $number }
entry-desk-version-now = valable aujourd’hui
entry-desk-version-changes = Ce que la version { $number } a changé
entry-desk-version-kept = d’origine
entry-desk-version-written = rédigée
entry-desk-version-imported = de la source
entry-desk-version-accepted = modification de la source reprise
entry-desk-version-moved = événement déplacé
entry-desk-version-merged = fusionnée
entry-desk-version-restored = ancienne version rétablie
entry-desk-version-pictured = image modifiée
entry-desk-compare-title = Comparer deux versions
entry-desk-compare-from = De
entry-desk-compare-to = À
entry-desk-compare = Comparer
entry-desk-compare-heading = Comparaison des versions { $from } et { $to }
entry-desk-differences = Différences
entry-desk-differences-key = Ce qui a été supprimé est barré, ce qui a été ajouté est souligné.
entry-desk-differences-none = Les deux disent la même chose, mot pour mot.
entry-desk-picture-added = L’image a été ajoutée.
entry-desk-picture-removed = L’image a été retirée.
entry-desk-picture-replaced = L’image a été remplacée.
entry-desk-picture-of = Image de la version { $number }
entry-desk-picture-none = aucune image
entry-desk-picture-unknown = On ne sait pas si la version { $number } avait une image, ni laquelle. Les images ne sont donc pas comparées ici.
entry-desk-picture-decorative = L’image est décorative.
entry-desk-picture-focus = { $x } % depuis la gauche, { $y } % depuis le haut
entry-desk-removed = [supprimé :
entry-desk-removed-end = ]
entry-desk-added = [nouveau :
entry-desk-added-end = ]
entry-desk-restore-title = Rétablir la version { $number }
entry-desk-restore-text = La contribution se lira de nouveau comme alors, dans toutes les langues. La version actuelle est conservée et pourra être rétablie de même. L’état ne change pas : une contribution publiée se lit aussitôt ainsi.
entry-desk-restore-picture-back = L’image et ses indications redeviennent aussi celles d’alors.
entry-desk-restore-picture-gone = L’image actuelle est retirée : la version { $number } n’en avait pas.
entry-desk-restore-picture-stays = L’image reste comme elle est aujourd’hui.
entry-desk-restore = Rétablir la version { $number }
entry-desk-restore-changed-title = La contribution a changé entre-temps
entry-desk-restore-changed = Rien n’a été rétabli. Veuillez regarder les différences encore une fois.
entry-desk-field-title = Titre
entry-desk-field-teaser = Chapeau
entry-desk-field-body = Texte
entry-desk-field-decision = À décider
entry-desk-field-effects = Conséquences
entry-desk-field-when = Heure
entry-desk-field-place = Lieu
entry-desk-field-link = Lien
entry-desk-field-date = Date
entry-desk-field-contact = Contact
entry-desk-field-reference = Référence
entry-desk-field-paper = Commission et documents
entry-desk-field-topics = Thèmes
entry-desk-field-details = Autres indications
entry-desk-field-kind = Type de contribution
entry-desk-field-cancelled = A lieu
entry-desk-field-picture = Image
entry-desk-field-picture-alternative = Ce que montre l’image
entry-desk-field-picture-credit = Crédit
entry-desk-field-picture-focus = Point essentiel de l’image
entry-desk-yes = oui
entry-desk-no = non, annulé

entry-desk-proposals = Modifications des sources
entry-desk-proposals-text = Ces contributions sont publiées ou acceptées, et leur source dit maintenant autre chose. Tant que personne n’a décidé, tout reste tel quel.
entry-desk-proposals-none = Aucune source ne dit autre chose que les contributions ici.
entry-desk-proposals-more = Il y en a d’autres. Elles apparaissent dès que celles-ci sont décidées.
entry-desk-urgent = urgent
entry-desk-proposal-title = La source dit maintenant autre chose
entry-desk-proposal-decide = Décider
entry-desk-proposal-text = Tant que vous n’avez pas décidé, la contribution reste telle quelle. La source a changé
entry-desk-proposal-urgent = Qui lit la contribution ainsi ira peut-être au mauvais endroit ou à la mauvaise heure.
entry-desk-proposal-accept = Reprendre
entry-desk-proposal-leave = Laisser tel quel
entry-desk-proposal-none = La modification de la source est décidée.
entry-desk-proposal-back = Vers la contribution
entry-desk-proposal-changed-title = C’est déjà décidé
entry-desk-proposal-changed = Quelqu’un d’autre a décidé, ou la source a encore changé. Rien n’a été fait.
