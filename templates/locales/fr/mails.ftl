# The mails.
mail-imprint = Mentions légales
mail-privacy = Confidentialité
mail-accessibility = Accessibilité
mail-represented = Représentation légale : { $name }
mail-responsible = Responsable du contenu selon le § 18 (2) MStV : { $name }
mail-phone = Téléphone { $phone }
mail-email = E-mail { $email }

confirmation-subject = Veuillez confirmer votre inscription
confirmation-preheader = Nous ne vous enverrons { $newsletters } qu’après votre confirmation.
confirmation-hello = Bonjour,
confirmation-what = Le { $time }, une inscription à { $newsletters } a été demandée pour cette adresse e-mail. L’envoi est assuré par { $organisation }.
confirmation-topics = Thèmes choisis dans { $newsletter } : { $topics }
confirmation-ask = Cette demande vient de vous ? Veuillez alors confirmer votre inscription :
confirmation-button = Voir et confirmer l’inscription
confirmation-link = Si le bouton ne fonctionne pas, ouvrez cette adresse :
confirmation-expiry = Ce lien est valable jusqu’au { $time }.
confirmation-not-you = Si cette demande ne vient pas de vous, vous n’avez rien à faire. Vous ne recevrez alors ni lettre d’information ni autre e-mail concernant cette inscription, et nous supprimerons votre adresse.

already-subject = Votre adresse est déjà inscrite
already-preheader = Rien n’a changé.
already-what = Le { $time }, une inscription à une lettre d’information envoyée par { $organisation } a été demandée pour cette adresse e-mail. Ce n’était pas nécessaire : vous recevez déjà { $newsletters }.
already-nothing = Nous n’avons donc rien modifié.
already-change = Souhaitez-vous modifier les thèmes ou la langue ?
already-button = Ouvrir les préférences
already-leave = Vous ne souhaitez plus recevoir d’e-mails ?
already-leave-link = Se désabonner de la lettre d’information
already-not-you = Si vous n’avez pas rempli le formulaire, vous n’avez rien à faire.

test-subject = Test : l’envoi d’e-mails fonctionne
test-preheader = Cet e-mail a été envoyé à titre d’essai.
test-what = Cet e-mail a été envoyé à titre d’essai. Si vous le lisez, l’envoi fonctionne jusqu’à cette boîte de réception.
test-sent = Envoyé
test-relay = Serveur de messagerie
test-version = Version
test-check = Vérifiez dans les en-têtes que les contrôles SPF, DKIM et DMARC sont réussis (« pass »).

issue-subject = { $newsletter }, numéro { $number }
issue-number = Numéro { $number }
issue-top-preferences = Modifier les thèmes
issue-top-unsubscribe = Se désabonner
issue-top-imprint = Mentions légales
issue-contents = Dans ce numéro
issue-news = Actualités
issue-events = Agenda
issue-council = Au conseil et en commission
issue-more = En savoir plus
issue-cancelled = Annulé
issue-contact = Contact
issue-reference = Dossier
issue-count-news = { $count ->
    [one] { $count } actualité
   *[other] { $count } actualités
}
issue-count-events = { $count ->
    [one] { $count } rendez-vous
   *[other] { $count } rendez-vous
}
issue-count-council = { $count ->
    [one] { $count } point du conseil
   *[other] { $count } points du conseil
}
issue-further = { $count ->
    [one] une autre information
   *[other] { $count } autres informations
}
issue-further-news = { $count ->
    [one] une autre actualité
   *[other] { $count } autres actualités
}
issue-further-events = { $count ->
    [one] un autre rendez-vous
   *[other] { $count } autres rendez-vous
}
issue-further-council = { $count ->
    [one] un autre point du conseil
   *[other] { $count } autres points du conseil
}
issue-left-out = Et { $rest }
issue-credit = Photo : { $credit }
issue-all-day = toute la journée
issue-until = jusqu’au { $end }
issue-until-day = jusqu’au { $day } inclus
issue-new-date = Nouvelle date
issue-new-time = Nouvel horaire
issue-moved-from = date initiale : { $when }
issue-was-planned = prévu initialement : { $facts }
issue-decision = Décision proposée
issue-effects = Incidences
issue-attachments = { $count ->
    [one] Annexe
   *[other] Annexes
}
issue-further-attachments = { $count ->
    [one] et une autre
   *[other] et { $count } autres
}
issue-shortened = Comme ce numéro contient un très grand nombre d’articles, ceux-ci sont abrégés. Les liens mènent au texte complet.
issue-why = Vous recevez cet e-mail en raison de votre abonnement à { $newsletter }. L’envoi est assuré par { $organisation }.
issue-preferences = Modifier les thèmes et la langue
issue-unsubscribe = Se désabonner de la lettre d’information
issue-no-tracking = Nous ne mesurons ni l’ouverture de cet e-mail ni les clics sur les liens.

staff-hello = Bonjour { $name },
staff-until = Le lien est valable jusqu’au { $time }, une seule fois.
staff-due = Envoi prévu : { $time }.
staff-invitation-subject = Votre accès à la rédaction
staff-invitation = Vous êtes invité·e à participer à la lettre d’information de { $organisation }.
staff-invitation-by = { $name } vous invite à participer à la lettre d’information de { $organisation }.
staff-invitation-roles = Vos tâches : { $roles }. Ouvrez le lien pour créer votre accès.
staff-invitation-button = Créer mon accès
staff-invitation-not-you = Si vous n’attendez pas cette invitation, vous n’avez rien à faire.
staff-login-subject = Votre lien de connexion
staff-login-what = Le { $time }, quelqu’un a demandé avec votre adresse un lien de connexion à la rédaction.
staff-login-button = Se connecter à la rédaction
staff-login-not-you = Si ce n’était pas vous, supprimez ce message. Sans le lien, personne n’accède à votre compte. Ne le transmettez pas.
staff-password-subject = Nouveau mot de passe pour la rédaction
staff-password-what = Le { $time }, quelqu’un a demandé un nouveau mot de passe pour votre compte.
staff-password-button = Choisir un nouveau mot de passe
staff-password-not-you = Si ce n’était pas vous, supprimez ce message. Votre mot de passe actuel reste valable.
staff-changed-subject = Votre accès à la rédaction a été modifié
staff-changed-what = Le { $time }, votre mot de passe ou votre second facteur a été modifié.
staff-changed-button = Voir mon compte
staff-changed-not-you = Si c’était vous, vous n’avez rien à faire. Sinon, prévenez tout de suite l’administration.
staff-code-subject = Votre code pour la rédaction
staff-code-what = Le { $time }, vous avez demandé dans la rédaction un code pour confirmer que c’est bien vous.
staff-code-until = Saisissez-le sur la page où vous êtes. Il est valable jusqu’au { $time }, une seule fois.
staff-code-not-you = Si ce n’était pas vous, quelqu’un utilise votre session : terminez toutes les sessions dans votre compte et prévenez l’administration. Ne transmettez pas le code.
staff-changed-password = Le { $time }, votre mot de passe a été modifié.
staff-second-subject = Votre second facteur a été modifié
staff-second-set-up = Le { $time }, un second facteur a été activé pour votre accès.
staff-second-replaced = Le { $time }, votre second facteur a été remplacé. Vos anciens codes de secours ne sont plus valables.
staff-second-removed = Le { $time }, votre second facteur a été retiré. La connexion ne demande plus de code.
staff-second-codes = Le { $time }, de nouveaux codes de secours ont été créés pour votre accès. Les anciens ne sont plus valables.
staff-second-ended = Toutes les autres sessions ont pris fin.
staff-review = À valider : { $issue }
staff-review-what = { $name } a soumis { $issue } à validation.
staff-review-scheduled = { $issue } a été composé et attend la validation.
staff-review-button = Relire le numéro
staff-returned = À corriger : { $issue }
staff-returned-what = { $name } a renvoyé { $issue } pour correction.
staff-returned-button = Modifier le numéro
staff-rejected = Refusé : { $issue }
staff-rejected-what = { $name } a refusé { $issue }. Ce numéro ne sera pas envoyé.
staff-rejected-button = Voir le numéro
staff-approved = Validé : { $issue }
staff-approved-what = { $name } a validé { $issue }.
staff-approved-button = Voir le numéro
staff-invalidated = Validation annulée : { $issue }
staff-invalidated-what = { $name } a modifié { $issue } après la validation. Celle-ci n’est donc plus valable.
staff-invalidated-nobody = { $issue } a changé après la validation. Celle-ci n’est donc plus valable.
staff-invalidated-changes = Modifications :
staff-invalidated-next = Sans nouvelle validation, le numéro ne sera pas envoyé.
staff-invalidated-button = Voir le numéro
staff-stopped = Envoi arrêté : { $issue }
staff-stopped-what = L’envoi de { $issue } a été arrêté.
staff-stopped-why = L’envoi de { $issue } a été arrêté : { $reason }.
staff-stopped-means = Plus rien ne part tant que personne n’a décidé. Les messages déjà envoyés ne sont pas concernés.
staff-stopped-button = Voir l’envoi
issue-note-full = complet
issue-note-postponed = reporté, nouvelle date à venir
issue-note-moved-online = a lieu en ligne
issue-note-online = aussi en ligne
issue-note-register-by = inscription jusqu’au { $when }
