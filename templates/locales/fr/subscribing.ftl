# Subscribing, confirming, preferences, leaving.
subscribe-title-one = S’abonner à { $newsletter }
subscribe-title-several = S’abonner aux lettres d’information
subscribe-lead = Des actualités et des rendez-vous par e-mail, sur les thèmes que vous choisissez vous-même. C’est gratuit et vous pouvez vous désabonner à tout moment en un clic.
subscribe-rhythm = Parution : { $rhythm }
rhythm-daily = chaque jour à { $time }
rhythm-weekly = chaque { $days } à { $time }
rhythm-run = du { $first } au { $last } à { $time }
rhythm-monthly = le { $day } de chaque mois à { $time }
subscribe-address = Adresse e-mail
subscribe-address-hint = Nous enverrons d’abord à cette adresse un e-mail qui vous permettra de confirmer votre inscription.
subscribe-newsletters = Quelles lettres d’information souhaitez-vous recevoir ?
subscribe-newsletters-hint = Choisissez-en au moins une.
subscribe-topics = Quels thèmes vous intéressent ?
subscribe-topics-of = Thèmes proposés dans { $newsletter }
subscribe-topics-hint = Choisissez au moins un thème. Les messages destinés à tout le monde sont toujours inclus.
subscribe-language = Langue des e-mails
subscribe-language-hint = Les articles paraissent dans cette langue lorsqu’ils y sont disponibles, sinon dans la langue d’origine.
subscribe-consent = Votre consentement
subscribe-consent-lead = En cliquant sur « S’abonner », vous déclarez :
subscribe-privacy = Nous ne mesurons ni l’ouverture des e-mails ni les clics sur les liens. Vos données servent uniquement à l’envoi.
subscribe-privacy-link = Lire la déclaration de confidentialité
subscribe-button = S’abonner
subscribe-trap = Veuillez laisser ce champ vide
subscribe-none = Aucune lettre d’information n’est proposée ici pour le moment.
steps-title = Les étapes suivantes
steps-1 = Vous envoyez le formulaire.
steps-2 = Vous recevez un e-mail qui vous permet de confirmer votre inscription.
steps-3 = Vos envois commencent avec le prochain numéro.

error-address-missing = Saisissez votre adresse e-mail.
error-address-invalid = Cette adresse e-mail est incomplète ou contient un caractère non admis. Exemple : camille.exemple@example.org
error-address-too-long = Cette adresse e-mail est trop longue. Elle peut comporter au maximum 64 caractères avant le @ et 254 caractères au total.
error-address-local-part = Avant le @, nous ne pouvons traiter ni les lettres accentuées ni les autres lettres spéciales. Veuillez utiliser une autre adresse.
error-newsletter-missing = Choisissez au moins une lettre d’information.
error-topic-missing = Choisissez au moins un thème pour { $newsletter }.
error-language-unknown = Choisissez l’une des langues proposées.
error-form-expired = Nous n’avons pas pu accepter le formulaire tel quel. Veuillez vérifier vos données et l’envoyer de nouveau.

sent-title = Veuillez consulter votre boîte de réception
sent-lead = Dans les prochaines minutes, vous recevrez un e-mail envoyé par { $address }. Il vous permettra de confirmer votre inscription, afin que personne ne puisse vous inscrire à votre insu.
sent-step-1 = Ouvrez l’e-mail.
sent-step-2 = Suivez le lien qu’il contient.
sent-step-3 = Confirmez au moyen du bouton sur la page qui s’ouvre.
sent-deadline = Vous disposez pour cela d’un délai de { $days }. Sans confirmation, nous supprimerons ensuite vos données.
sent-nothing-title = Vous ne recevez pas d’e-mail ?
sent-nothing-spam = Regardez dans le dossier des courriers indésirables ou des publicités.
sent-nothing-typo = L’adresse contenait peut-être une faute de frappe.
sent-again = Remplir de nouveau le formulaire

confirm-title = Confirmer l’inscription
confirm-lead = Il ne manque plus qu’un clic. Vous confirmez ainsi cette inscription :
confirm-address = Adresse e-mail
confirm-newsletter = Lettre d’information
confirm-topics = Thèmes
confirm-button = Confirmer l’inscription
confirm-not-you-title = Cette demande ne vient pas de vous ?
confirm-not-you = Vous n’avez alors rien à faire. Sans confirmation, vous ne recevrez pas de lettre d’information et les données seront supprimées.

confirmed-title = Votre inscription est confirmée
confirmed-lead = Merci. Vos envois commencent avec le prochain numéro. Vous recevrez :
confirmed-preferences = Modifier les thèmes ou la langue
confirmed-leave = Chaque numéro contient un lien vers vos préférences et un lien pour vous désabonner.

confirm-invalid-expired-title = Ce lien a expiré
confirm-invalid-expired = Les liens de confirmation sont valables { $days }. Nous avons ensuite supprimé vos données ; vous ne recevrez pas de lettre d’information. Si vous souhaitez toujours la recevoir, veuillez vous inscrire de nouveau.
confirm-invalid-used-title = Ce lien a déjà été utilisé
confirm-invalid-used = Il a servi à confirmer votre inscription et vous n’avez plus rien à faire. Si vous avez depuis lors mis fin à votre abonnement, vous pouvez vous inscrire de nouveau ici.
confirm-invalid-unknown-title = Ce lien n’est pas valable
confirm-invalid-unknown = Votre messagerie l’a peut-être coupé, ou l’inscription a expiré après { $days }. Ouvrez de nouveau le lien à partir de l’e-mail ou inscrivez-vous de nouveau.
subscribe-again = S’inscrire de nouveau

unsubscribe-title = Se désabonner de la lettre d’information
unsubscribe-lead = Souhaitez-vous ne plus recevoir { $newsletter } ?
unsubscribe-address = Le désabonnement concerne l’adresse { $address }.
unsubscribe-at-once = Le désabonnement prend effet immédiatement. Vous n’avez pas à indiquer de motif.
unsubscribe-button = Se désabonner
unsubscribe-rather-title = Vous préférez modifier quelque chose ?
unsubscribe-rather = Vous pouvez aussi retirer seulement certains thèmes ou changer de langue.
unsubscribe-preferences = Modifier les préférences

unsubscribed-title = Votre désabonnement est enregistré
unsubscribed-lead = Vous ne recevrez plus { $newsletter }. Seul un numéro déjà en cours d’envoi en ce moment peut encore vous parvenir.
unsubscribed-again = C’était une erreur, ou vous souhaitez revenir plus tard ? Vous pouvez vous inscrire de nouveau à tout moment.

preferences-title = Vos préférences
preferences-lead = Pour l’adresse { $address }
preferences-saved-title = Préférences enregistrées
preferences-saved = Vos modifications s’appliqueront dès le prochain numéro.
preferences-button = Enregistrer les préférences
preferences-leave = Ne plus recevoir { $newsletter }
preferences-no-topics = Cette lettre d’information n’est pas divisée en thèmes.
preferences-none-title = Vous ne recevez actuellement aucune lettre d’information
preferences-none = Il n’y a donc rien à régler. Si vous le souhaitez, inscrivez-vous de nouveau.

link-invalid-title = Ce lien est incomplet
link-invalid = Certaines messageries coupent les liens longs. Rien n’a été modifié. Ouvrez de nouveau le lien directement à partir de l’e-mail ou copiez-le en entier dans la barre d’adresse du navigateur.
link-invalid-contact = Si cela ne fonctionne pas, écrivez-nous. Nous vous aiderons ou procéderons à votre désabonnement :
