# Imprint, privacy notice, accessibility statement.
imprint-title = Mentions légales
imprint-lead = Responsable de ces pages et des lettres d’information :
imprint-representative = Représentation légale
imprint-email = E-mail
imprint-phone = Téléphone
imprint-website = Site internet
imprint-responsible = Responsable du contenu selon le § 18 (2) MStV
imprint-register = Registre

privacy-title = Déclaration de confidentialité
privacy-lead = Cette page explique ce que deviennent vos données lorsque vous vous abonnez à une lettre d’information (article 13 du RGPD).
privacy-controller = Responsable du traitement
privacy-officer = Personne déléguée à la protection des données
privacy-data = Données que nous traitons
privacy-data-address = Votre adresse e-mail, les lettres d’information et les thèmes choisis ainsi que la langue des e-mails
privacy-data-proof = La preuve de votre consentement : quand vous avez demandé et confirmé votre inscription, sur quelle page et selon quelle formulation
privacy-data-delivery = Pour chaque numéro, le moment où il vous a été envoyé et si le serveur de messagerie l’a accepté
privacy-data-network = Votre adresse IP lorsque vous envoyez le formulaire d’inscription
privacy-data-voluntary = Vous fournissez toutes ces données librement. Sans adresse e-mail, nous ne pouvons pas vous envoyer de lettre d’information.
privacy-purpose = Finalité et base juridique
privacy-purpose-text = Nous utilisons vos données pour vous envoyer les lettres d’information choisies. La base juridique est votre consentement, conformément à l’article 6, paragraphe 1, point a), du RGPD.
privacy-purpose-proof = Nous conservons la preuve du consentement, car la loi nous oblige à pouvoir le démontrer (article 6, paragraphe 1, point c), en liaison avec l’article 5, paragraphe 2, et l’article 7, paragraphe 1, du RGPD).
privacy-purpose-network = L’adresse IP nous sert à limiter le nombre d’envois du formulaire depuis une même connexion. Cela protège le service et les adresses d’autres personnes contre les abus (article 6, paragraphe 1, point c), en liaison avec l’article 32, paragraphe 1, du RGPD).
privacy-tracking = Aucun suivi
privacy-tracking-text = Nous ne mesurons ni l’ouverture des e-mails ni les clics sur les liens. Ces pages ne déposent aucun cookie et ne chargent aucun contenu provenant d’autres fournisseurs.
privacy-recipients = Destinataires des données
privacy-recipients-none = Le serveur de messagerie que nous utilisons pour l’envoi remet les e-mails au fournisseur qui héberge votre boîte de réception. Nous ne transmettons vos données à personne d’autre.
privacy-recipients-some = Traitent les données pour notre compte et selon nos instructions (article 28 du RGPD) :
privacy-retention = Durée de conservation
privacy-retention-unconfirmed = Nous supprimons après { $days } les inscriptions qui ne sont pas confirmées.
privacy-retention-subscription = Nous traitons vos données pour l’envoi tant que votre abonnement est en cours.
privacy-retention-delivery = Nous supprimons après { $days }, à compter de la fin de l’envoi, les données indiquant quand vous avez reçu quel numéro. Il ne reste ensuite que des totaux qui ne disent rien sur les personnes.
privacy-retention-proof = { $years ->
    [1] Après la fin de l’abonnement, nous conservons la preuve du consentement jusqu’à la fin de l’année civile suivante, conformément à l’article 17, paragraphe 3, point e), du RGPD. Nous la supprimons ensuite avec votre adresse e-mail.
    [3] Après la fin de l’abonnement, nous conservons la preuve du consentement jusqu’à la fin de la troisième année civile suivante, conformément aux §§ 195 et 199 BGB (Code civil allemand) et à l’article 17, paragraphe 3, point e), du RGPD. Nous la supprimons ensuite avec votre adresse e-mail.
   *[other] Après la fin de l’abonnement, nous conservons la preuve du consentement jusqu’à la fin de la { $years }e année civile suivante, conformément à l’article 17, paragraphe 3, point e), du RGPD. Nous la supprimons ensuite avec votre adresse e-mail.
}
privacy-retention-notices = Nous supprimons après { $days } les données relatives à l’envoi d’e-mails individuels, par exemple de la demande de confirmation.
privacy-retention-audit = Nous consignons les modifications de votre abonnement sans votre adresse. Nous supprimons ce journal après { $days }.
privacy-retention-journal = Lorsque vous vous désabonnez ou que nous supprimons vos données à votre demande, nous conservons pendant { $days } une empreinte chiffrée de votre adresse. Votre choix reste ainsi valable si nous devons restaurer une sauvegarde plus ancienne.
privacy-retention-suppression = Si vous demandez que nous ne vous écrivions plus jamais, nous ne conservons durablement qu’une telle empreinte, avec le motif et la date. Elle ne permet pas de lire votre adresse.
privacy-retention-network = Le service ne garde l’adresse IP qu’en mémoire vive, tant que cette limite l’exige. Il ne l’enregistre pas et ne l’inscrit dans aucun journal.
privacy-rights = Vos droits
privacy-rights-withdraw = Vous pouvez retirer votre consentement à tout moment. Il suffit de cliquer sur le lien de désabonnement d’un numéro. Le retrait ne compromet pas la licéité de ce qui a été fait jusque-là.
privacy-rights-list = Vous disposez d’un droit d’accès (article 15 du RGPD), de rectification (article 16) et d’effacement (article 17), du droit à la limitation du traitement (article 18) et du droit à la portabilité de vos données (article 20). Pour exercer ces droits, écrivez-nous.
privacy-rights-complaint = Vous pouvez introduire une réclamation auprès d’une autorité de protection des données (article 77 du RGPD).
privacy-rights-authority = Vous pouvez introduire une réclamation auprès d’une autorité de protection des données (article 77 du RGPD). L’autorité compétente pour nous est la suivante : { $authority }.
privacy-more = Informations générales sur la protection des données
privacy-more-link = Déclaration de confidentialité publiée par { $organisation }
privacy-version = Version { $version }

accessibility-title = Accessibilité
accessibility-lead = { $organisation } souhaite que tout le monde puisse utiliser ces pages et ces lettres d’information.
accessibility-statement = Déclaration d’accessibilité
accessibility-statement-text = Vous trouverez ici la déclaration complète prévue par la directive (UE) 2016/2102 :
accessibility-statement-link = Déclaration d’accessibilité publiée par { $organisation }
accessibility-state = État actuel
accessibility-state-text = Les pages et les e-mails sont conçus selon les Règles pour l’accessibilité des contenus web (WCAG) 2.2, niveau AA : vous pouvez les utiliser au clavier, les lire avec un lecteur d’écran, les agrandir jusqu’à 400 % et les afficher en mode sombre. Chaque e-mail existe aussi en texte brut.
accessibility-known = Les articles et les documents d’autres organismes vers lesquels nous renvoyons peuvent présenter des obstacles sur lesquels nous n’avons aucune influence.
accessibility-checked = Dernière vérification : { $date }.
accessibility-feedback = Signaler un obstacle
accessibility-feedback-text = Avez-vous rencontré un obstacle ? Écrivez-nous où il se trouve et ce qui n’a pas fonctionné. Nous vous répondrons et mettrons le contenu à votre disposition par un autre moyen.
