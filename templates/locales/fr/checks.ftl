# Ce que le contrôle d’un numéro a trouvé : une phrase qui le nomme, une autre qui dit ce que cela signifie et ce qu’il faut faire.
check-alternative-missing = Une image n’a pas de texte alternatif
check-alternative-missing-more = { $entry }. Les personnes qui ne voient pas l’image ne savent pas ce qu’elle montre. Décrivez-la ou indiquez qu’elle est décorative.
check-alternative-is-file-name = Un texte alternatif est un nom de fichier
check-alternative-is-file-name-more = { $entry } : le lecteur d’écran dit { $text }. Décrivez ce que montre l’image.
check-alternative-untranslated = Un texte alternatif n’est pas traduit
check-alternative-untranslated-more = { $entry } existe en { $language }, mais pas le texte alternatif de son image.
check-pictures-described = Toutes les images ont un texte alternatif ou sont décoratives
check-credit-missing = Une image n’a pas de crédit
check-credit-missing-more = { $entry }. Sans crédit, la plupart des images ne peuvent pas être diffusées.
check-credits-given = Toutes les images ont un crédit
check-heading-jump = Un intertitre saute un niveau
check-heading-jump-more = { $entry }, { $language } : { $heading } est un intertitre de niveau inférieur qu’aucun intertitre de niveau supérieur ne précède. Les personnes qui écoutent le texte s’y retrouvent moins bien.
check-headings-in-order = Les intertitres se suivent dans l’ordre
check-link-text-vague = Un lien ne dit pas où il mène
check-link-text-vague-more = { $entry }, { $language } : { $text }. Nommez la destination dans le lien, par exemple « Le programme d’aide ».
check-link-text-is-address = Un lien est une longue adresse
check-link-text-is-address-more = { $entry }, { $language } : { $text }. Un texte qui nomme la destination se lit mieux.
check-link-text-misleads = Un lien nomme une autre adresse que celle qu’il ouvre
check-link-text-misleads-more = { $entry } : le texte dit { $text }, le lien ouvre { $host }. Les fraudeurs écrivent ainsi, et les messageries le signalent.
check-link-texts-speak = Tous les liens disent où ils mènent
check-contrast-low = La couleur des liens est difficile à lire
check-contrast-low-more = { $colour } n’a qu’un contraste de { $ratio }:1 dans les courriels ; il faut 4,5:1. Choisissez une couleur plus foncée dans la configuration (action_colour).
check-contrast-good = Couleurs lisibles, contraste d’au moins { $ratio }:1
check-too-large = La plus grande version est trop longue
check-too-large-more = Elle compte { $size } Ko ; au-delà de { $limit } Ko, les messageries coupent la fin et donc le lien de désinscription. Retirez des articles ou raccourcissez l’introduction et les titres.
check-shortened = Les versions longues sont raccourcies
check-shortened-more = { $readersShown } personnes ne reçoivent que le chapeau ou le titre des articles, car leur version dépasserait { $limit } Ko. La plus grande compte { $size } Ko.
check-size-good = Plus grande version : { $size } Ko, limite { $limit } Ko
check-unusable = Un courriel de ce numéro ne peut pas être créé
check-unusable-more = { $detail }
check-link-unencrypted = Un lien n’est pas chiffré
check-link-unencrypted-more = { $entry } : { $url }. Essayez la même adresse avec https.
check-link-with-password = Un lien contient des identifiants
check-link-with-password-more = { $entry } : le nom ou le mot de passe pour { $host } figurerait dans chaque courriel. Retirez-le.
check-link-private = Un lien mène à un réseau interne
check-link-private-more = { $entry } : { $url } n’est pas accessible de l’extérieur. Remplacez le lien ; si tout le monde lit dans votre réseau, acceptez-le.
check-link-broken = Un lien ne mène nulle part
check-link-broken-more = { $entry } : { $url } n’existe pas (erreur { $status }).
check-link-answers-error = Une page liée répond par une erreur
check-link-answers-error-more = { $entry } : { $url } a répondu par l’erreur { $status }. Elle est peut-être passagère ; ouvrez la page vous-même.
check-link-unreachable = Une page liée n’a pas pu être atteinte
check-link-unreachable-more = { $entry } : { $url }, { $why }. Ouvrez la page vous-même.
check-links-guarded = Pages impossibles à vérifier : { $linksShown }
check-links-guarded-more = Elles ne répondent qu’aux personnes ou demandent une connexion. Ouvrez ces liens vous-même.
check-links-untried = Liens pas encore vérifiés : { $linksShown }
check-links-untried-more = Relancez le contrôle ; chaque contrôle ouvre au plus 60 liens.
check-links-not-reachable = Les liens n’ont pas pu être vérifiés
check-links-not-reachable-more = Aucune page n’a répondu ; le serveur n’a sans doute pas accès à Internet. Ouvrez les liens vous-même.
check-links-not-tried = Les liens ne sont pas vérifiés ici
check-links-not-tried-more = L’administration l’a désactivé (link_check). Ouvrez vous-même les { $linksShown } liens.
check-links-reached = { $links ->
    [one] Le lien est accessible et chiffré
   *[other] { $linksShown } liens accessibles, tous chiffrés
}
check-event-over = Un événement est terminé au moment de l’envoi
check-event-over-more = { $entry } se termine le { $day }. Retirez-le ; s’il s’agit d’une rétrospective, acceptez-le.
check-deadline-passed = Un délai est dépassé au moment de l’envoi
check-deadline-passed-more = { $entry }, { $language } : { $written }. Le { $day } sera passé.
check-dates-ahead = Aucun événement n’est terminé au moment de l’envoi
check-registration-closed = Un délai d’inscription est dépassé au moment de l’envoi
check-registration-closed-more = { $entry } : l’inscription était possible jusqu’au { $day }. Prolongez le délai ou retirez l’événement.
check-event-full = Un événement est complet
check-event-full-more = { $entry } paraît avec la mention « complet ». S’il n’y a pas de liste d’attente, retirez-le.
check-event-postponed = Un événement est reporté, la nouvelle date n’est pas fixée
check-event-postponed-more = { $entry } paraît avec l’ancienne date et la mention « reporté ». Indiquez la nouvelle date ou retirez l’événement.
check-online-address-missing = Un événement a lieu en ligne, et personne ne sait où
check-online-address-missing-more = { $entry } : indiquez son adresse en ligne.
check-registrations-open = Les délais d’inscription courent encore au moment de l’envoi
check-weekday-wrong = Le jour de la semaine et la date ne concordent pas
check-weekday-wrong-more = { $entry }, { $language } : le { $day } est un { $weekday }, le texte dit { $written }.
check-day-unknown = Une date n’existe pas
check-day-unknown-more = { $entry }, { $language } : { $written }.
check-weekdays-right = { $dates ->
    [one] Le jour de la semaine et la date concordent
   *[other] { $datesShown } dates vérifiées, toutes concordent avec leur jour
}
check-event-cancelled = Un événement a été annulé entre-temps
check-event-cancelled-more = { $entry } paraît avec la mention « annulé ». Si vous ne l’avez encore annoncé nulle part, retirez-le.
check-nothing-cancelled = Aucun événement n’a été annulé
check-imprint-incomplete = Les mentions légales sont incomplètes
check-imprint-incomplete-more = Aucun numéro ne part sans elles (§ 5 DDG). Il manque dans la section [organisation] de la configuration : { $missing }.
check-imprint-complete = Mentions légales, désinscription et confidentialité dans chaque version
check-empty = Le numéro ne contient aucun article
check-empty-more = Tous ont été retirés. Ajoutez des articles ou annulez le numéro.
check-introduction-missing = L’introduction manque en { $language }
check-introduction-missing-more = { $readers ->
    [one] Une personne reçoit
   *[other] { $readersShown } personnes reçoivent
} le numéro sans introduction.
check-subject-missing = L’objet manque en { $language }
check-subject-missing-more = { $readers ->
    [one] Une personne reçoit
   *[other] { $readersShown } personnes reçoivent
} un objet composé des titres.
check-entries-untranslated = { $missing ->
    [one] Un article sur { $of } n’existe
   *[other] { $missing } articles sur { $of } n’existent
} pas en { $language }
check-entries-untranslated-more = { $readers ->
    [one] Une personne les lit
   *[other] { $readersShown } personnes les lisent
} dans la langue d’origine.
check-translated = Tout existe dans chaque langue lue
check-told-before = Un article a déjà paru dans un numéro
check-told-before-more = { $readers ->
    [0] { $entry } a déjà été envoyé avec { $issue }.
    [one] Une personne qui reçoit ce numéro a déjà reçu { $entry } avec { $issue }.
   *[other] { $readersShown } personnes qui reçoivent ce numéro ont déjà reçu { $entry } avec { $issue }.
}
check-nothing-told-before = Aucun article n’a déjà paru
check-nobody-gets-it = Personne ne recevrait ce numéro
check-nobody-gets-it-more = { $subscribers ->
    [0] La lettre n’a pas encore d’abonnements.
   *[other] Aucun des { $subscribersShown } abonnements n’a choisi un thème de ce numéro.
} Après l’envoi, les articles compteront malgré tout comme parus.
check-audience-changed = Le nombre de destinataires est inhabituel
check-audience-changed-more = { $nowShown } personnes, { $beforeShown } la dernière fois. Vérifiez les thèmes des articles.
check-audience-usual = Destinataires comme la dernière fois ({ $nowShown } contre { $beforeShown })
check-audience-first = { $nowShown } personnes reçoivent ce numéro, le premier à être envoyé
check-hard-to-read = Un texte est difficile à lire
check-hard-to-read-more = { $entry }, { $language } : { $score } sur 100 ({ $formula } ; moins de 20 est très difficile). Des phrases et des mots plus courts aident.
check-reading-easy = Textes lisibles, mesurés selon { $formula }
check-press-distance = Distance avec la presse
check-press-distance-more = Il s’agit d’informer sur son propre travail et non sur la vie locale (BGH, I ZR 112/17). Relisez dans cet esprit les { $entriesShown } nouvelles et événements.
check-more = Autres constats de ce genre : { $findings }

check-place-texts = Objet et introduction
check-do-picture = Modifier l’image
check-do-text = Modifier le texte
check-do-link = Modifier le lien
check-do-time = Modifier la date
check-do-state = Voir l’article
check-do-issue-texts = Modifier l’objet et l’introduction
check-do-issue-entries = Voir le contenu

check-language-de = allemand
check-language-en = anglais
check-language-fr = français
check-language-nl = néerlandais

check-why-unknown-host = ce serveur n’existe pas
check-why-no-connection = pas de connexion
check-why-timed-out = pas de réponse en 5 secondes
check-why-certificate = son certificat n’est pas valable
check-why-port = l’adresse indique un port inhabituel
check-why-redirects = elle redirige sans fin
check-why-protocol = la réponse est incompréhensible

check-formula-amstad = Amstad (allemand)
check-formula-flesch = Flesch (anglais)
check-formula-kandel-moles = Kandel-Moles (français)
check-formula-flesch-douma = Flesch-Douma (néerlandais)

check-page-title = Contrôle
check-page-state = { $blocks ->
    [0] Rien n’empêche l’approbation.
    [one] Un constat empêche l’approbation.
   *[other] { $blocks } constats empêchent l’approbation.
}
check-page-live = État actuel, pour les { $variants } versions.
check-page-evidence = C’est ainsi que le numéro a été approuvé le { $when }.
check-page-none = Ce numéro a été approuvé avant qu’il y ait un contrôle.
check-page-again = Contrôler à nouveau
check-page-again-hint = Ouvre aussi les nouveaux liens ; cela peut prendre une demi-minute.
check-severity-blocks = Empêche l’approbation :
check-severity-warns = Avertissement :
check-severity-hint = Remarque :
check-severity-fine = En ordre :
check-accept = Laisser ainsi…
check-accept-reason = Pourquoi cela peut-il rester ainsi ?
check-accept-hint = La réponse est conservée avec le numéro.
check-accept-do = Laisser ainsi
check-accepted = Reste ainsi ({ $who }, { $when }) : { $reason }
check-unaccept = Corriger tout de même
check-done-checked = Le numéro a été contrôlé.
check-done-accepted = Le constat reste tel quel.
check-done-unaccepted = Le constat est de nouveau ouvert.
check-problem-reason = Veuillez écrire pourquoi cela peut rester ainsi. Rien n’a été modifié.
check-problem-changed = Ce constat n’existe plus : le texte a changé. Veuillez relire la liste.
check-problem-approver = Seule une personne autorisée à approuver peut laisser ce qui empêche l’approbation.
check-command-line = ligne de commande
check-preview = Voir dans l’aperçu
