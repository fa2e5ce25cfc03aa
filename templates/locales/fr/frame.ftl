# What stands on every page, and pages about the site itself.
skip-to-content = Aller au contenu
language-switch = Langue de cette page
footer-navigation = Informations légales et aide
footer-imprint = Mentions légales
footer-privacy = Confidentialité
footer-accessibility = Accessibilité
demo-title = Démonstration
demo-text = Toutes les données sont fictives et aucun e-mail ne quitte cet ordinateur.
demo-link = Ouvrir la boîte de réception de la démonstration
demo-newsroom = Voir la rédaction
list-end = { $first } et { $last }
days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
days-after = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
title-with-error = Erreur : { $title }
error-summary-title = Veuillez vérifier vos données
error-word = Erreur :

error-back = Aller à l’inscription
error-status = Erreur { $status }
error-400-title = La demande est illisible
error-400-text = Votre navigateur a envoyé des données que nous ne comprenons pas. Rien n’a été modifié. Veuillez rouvrir la page et réessayer.
error-403-title = Le formulaire ne provient pas de ce site
error-403-text = Pour votre protection, nous n’acceptons que les formulaires ouverts sur ce site. Rien n’a été modifié. Veuillez rouvrir la page et envoyer le formulaire à partir de celle-ci.
error-right-title = Vous n’avez pas le droit nécessaire
error-right-text = Votre accès à la rédaction ne comprend pas cette page. Rien n’a été modifié. Si vous en avez besoin, adressez-vous à votre administration.
error-404-title = Cette page n’existe pas
error-404-text = L’adresse est peut-être incomplète, ou la page a été déplacée. Vérifiez l’adresse ou recommencez à partir de l’inscription.
error-405-title = Cette page ne peut pas être appelée ainsi
error-405-text = L’adresse existe, mais pas pour ce type de demande. Rien n’a été modifié. Ouvrez de nouveau le lien à partir de l’e-mail ou recommencez à partir de l’inscription.
error-408-title = L’envoi a pris trop de temps
error-408-text = Votre connexion était trop lente ou a été interrompue. Rien n’a été enregistré. Veuillez envoyer de nouveau le formulaire.
error-413-title = L’envoi est trop volumineux
error-413-text = Les données envoyées dépassent la taille que nous acceptons. Rien n’a été enregistré. Raccourcissez vos données et envoyez de nouveau le formulaire.
error-415-title = Ce n’était pas un formulaire
error-415-text = Ce que nous avons reçu n’est pas un formulaire rempli sur ce site. Rien n’a été enregistré. Veuillez rouvrir le formulaire et l’envoyer à partir de celui-ci.
error-422-title = Le formulaire n’est pas arrivé complet
error-422-text = Certaines données manquent ou ont une forme inattendue. Rien n’a été enregistré. Veuillez rouvrir le formulaire et le remplir de nouveau.
error-429-title = Trop de demandes
error-429-text = Votre connexion a envoyé un très grand nombre de demandes en peu de temps. Afin de protéger tout le monde, nous faisons une courte pause. Veuillez patienter quelques minutes, puis réessayer.
error-500-title = Un problème est survenu de notre côté
error-500-text = L’erreur ne vient pas de vous et elle a été consignée. Réessayez dans quelques minutes. Si l’erreur persiste, veuillez nous écrire.
error-503-title = Le service est momentanément indisponible
error-503-text = Il est en maintenance ou surchargé. Vos abonnements sont conservés. Réessayez dans quelques minutes.
error-contact = Contact :
