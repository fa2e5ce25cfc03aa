# The mailbox of a demonstration.
mailbox-title = Boîte de réception de la démonstration
mailbox-lead = Ce que cette démonstration envoie arrive ici : les numéros des lettres d’information pour tous leurs destinataires, et chaque e-mail que vous déclenchez avec le formulaire d’inscription, quelle que soit l’adresse saisie.
mailbox-next = Le prochain numéro part à { $time }.
mailbox-empty-title = Pas encore d’e-mails
mailbox-empty = Inscrivez-vous ; l’e-mail de confirmation apparaîtra alors ici.
mailbox-empty-link = Aller à l’inscription
mailbox-count = { $count ->
    [one] { $count } e-mail
   *[other] { $count } e-mails
}
mailbox-reload = Actualiser
mailbox-from = De
mailbox-to = À
mailbox-sent = Envoyé
mailbox-back = Retour à la boîte de réception
mailbox-views = Affichage
mailbox-view-html = HTML
mailbox-view-text = Texte
mailbox-view-source = Code source
mailbox-frame = Contenu de l’e-mail
