# Pourquoi un numéro est retenu : suit deux points, donc sans majuscule ni point final.
reason-policy-refusals = { $count } des { $of } dernières réponses étaient des refus pour des raisons de politique de messagerie : la cause est l’expéditeur, le contenu ou le serveur d’envoi, non les destinataires
reason-failures = { $failed } des { $of } derniers messages ont été refusés définitivement, plus de { $allowed } % : { $classes }
reason-with-reply = { $reason } ; dernière réponse du serveur d’envoi : { $reply }
reason-missed-slot = la date prévue { $slot } a été dépassée de { $late }, au-delà du délai de rattrapage de { $limit } ; veuillez vérifier le numéro, puis l’envoyer ou l’annuler
reason-missed-time = l’heure d’envoi a été dépassée de { $late }, au-delà du délai de rattrapage de { $limit } ; veuillez vérifier le numéro, puis l’envoyer ou l’annuler
reason-not-approved-in-time = il n’a pas été approuvé dans le délai de { $limit } après l’heure prévue ; approuvez-le pour l’envoyer maintenant, ou annulez-le
reason-imprint-incomplete = les mentions légales sont incomplètes et aucun numéro n’est envoyé sans elles (§ 5 DDG) : renseignez { $keys } dans la section [organisation] de la configuration, puis approuvez à nouveau le numéro
reason-empty = le numéro ne contient plus aucun article : tous ont été retirés ; ajoutez-en, ou annulez le numéro
reason-checks-block = le contrôle a trouvé { $count ->
    [one] un défaut qui nuirait aux lectrices et lecteurs
   *[other] { $count } défauts qui nuiraient aux lectrices et lecteurs
} ; corrigez ce que le contrôle signale, puis approuvez le numéro
reason-too-large = le numéro est trop long : avec { $entries } articles, réduits à leurs titres, son HTML compte { $size } Ko, et au-delà de { $limit } Ko les logiciels de messagerie le tronquent ; raccourcissez l’introduction ou les titres
reason-approval-missing = le numéro n’a pas été approuvé ; veuillez d’abord l’approuver
reason-approval-changed = les textes enregistrés ne sont pas ceux qui ont été approuvés, l’approbation n’est donc plus valable ; veuillez vérifier le numéro et l’approuver à nouveau
reason-approval-unreadable = cette version ne peut pas lire les textes enregistrés ({ $detail }) ; installez la version avec laquelle le numéro a été approuvé, ou approuvez-le à nouveau
reason-mail-unusable = l’un de ses messages ne peut pas être créé : { $detail }
reason-changed = un élément a été modifié après la approbation ({ $change }), la approbation n’est donc plus valable ; veuillez vérifier le numéro et le remettre à nouveau
reason-returned = le numéro a été renvoyé pour correction : « { $said } »
reason-rejected = le numéro a été refusé : « { $said } »
reason-because = Motif : { $reason }

relay-unreachable = Le serveur de messagerie { $relay } est injoignable
relay-encryption = La connexion chiffrée au serveur de messagerie { $relay } échoue
relay-authentication = Le serveur de messagerie { $relay } refuse l’authentification
relay-rejected = Le serveur de messagerie { $relay } n’accepte aucun message de ce serveur
relay-connection-lost = Le serveur de messagerie { $relay } ferme la connexion
relay-no-reply = Le serveur de messagerie { $relay } ne répond pas
relay-invalid-reply = Le serveur de messagerie { $relay } ne donne pas de réponses valides
relay-directory = Impossible d’écrire dans le dossier { $relay }
relay-down = Le serveur de messagerie { $relay } n’accepte aucun message
relay-up = Le serveur de messagerie { $relay } accepte de nouveau les messages
relay-limited = La limite du serveur de messagerie { $relay } est atteinte ; reprise de l’envoi : { $until }
relay-deferring = { $count } des { $of } derniers messages ont été différés ; une nouvelle tentative suivra

reason-change-entries = choix des articles
reason-change-arrangement = ordre ou longueur des articles
reason-change-text = titre ou introduction
reason-change-text-de = titre ou introduction en allemand
reason-change-text-en = titre ou introduction en anglais
reason-change-text-fr = titre ou introduction en français
reason-change-text-nl = titre ou introduction en néerlandais
reason-change-entry = texte de « { $title } »
reason-change-picture = image de « { $title } »
reason-change-entry-state = « { $title } » a été retiré ou annulé
reason-change-newsletter = nom, expéditeur, présentation ou destinataires de la lettre d’information
reason-change-time = heure d’envoi

failure-no-such-mailbox = boîte inconnue
failure-mailbox-full = boîte pleine
failure-policy = politique de messagerie
failure-greylisting = liste grise
failure-relay-trouble = incident du serveur d’envoi
failure-other = autre

span-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
span-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
