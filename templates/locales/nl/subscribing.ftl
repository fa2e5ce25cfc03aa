# Subscribing, confirming, preferences, leaving.
subscribe-title-one = Abonneren op { $newsletter }
subscribe-title-several = Abonneren op nieuwsbrieven
subscribe-lead = Nieuws en evenementen per e-mail, over de onderwerpen die u zelf kiest. Gratis, en u kunt zich op elk moment met één klik afmelden.
subscribe-rhythm = Verschijnt { $rhythm }
rhythm-daily = dagelijks om { $time }
rhythm-weekly = elke { $days } om { $time }
rhythm-run = van { $first } tot en met { $last } om { $time }
rhythm-monthly = elke maand op de { $day } om { $time }
subscribe-address = E-mailadres
subscribe-address-hint = Naar dit adres sturen we eerst een e-mail waarin u de aanmelding bevestigt.
subscribe-newsletters = Welke nieuwsbrieven wilt u ontvangen?
subscribe-newsletters-hint = Kies er minstens één.
subscribe-topics = Welke onderwerpen interesseren u?
subscribe-topics-of = Onderwerpen in { $newsletter }
subscribe-topics-hint = Kies minstens één onderwerp. Berichten die voor iedereen bedoeld zijn, ontvangt u altijd.
subscribe-language = Taal van de e-mails
subscribe-language-hint = Bijdragen verschijnen in deze taal als ze daarin beschikbaar zijn, en anders in de oorspronkelijke taal.
subscribe-consent = Uw toestemming
subscribe-consent-lead = Met ‘Abonneren’ verklaart u:
subscribe-privacy = We meten niet of u e-mails opent of op links klikt. Uw gegevens gebruiken we alleen voor de verzending.
subscribe-privacy-link = Privacyverklaring lezen
subscribe-button = Abonneren
subscribe-trap = Laat dit veld leeg
subscribe-none = Op dit moment worden hier geen nieuwsbrieven aangeboden.
steps-title = Zo gaat het verder
steps-1 = U verstuurt het formulier.
steps-2 = U ontvangt een e-mail en bevestigt daarin uw aanmelding.
steps-3 = Vanaf de volgende editie ontvangt u de nieuwsbrief.

error-address-missing = Vul uw e-mailadres in.
error-address-invalid = Dit e-mailadres is niet volledig of bevat een ongeldig teken. Een voorbeeld: robin.voorbeeld@example.org
error-address-too-long = Dit e-mailadres is te lang. Vóór de @ zijn hoogstens 64 tekens mogelijk, in totaal hoogstens 254.
error-address-local-part = Vóór de @ kunnen we geen letters met een accent of trema en geen andere bijzondere letters verwerken. Gebruik een ander adres.
error-newsletter-missing = Kies minstens één nieuwsbrief.
error-topic-missing = Kies minstens één onderwerp voor { $newsletter }.
error-language-unknown = Kies een van de aangeboden talen.
error-form-expired = Zo konden we het formulier niet aannemen. Controleer uw gegevens en verstuur het formulier nog eens.

sent-title = Kijk in uw mailbox
sent-lead = Binnen enkele minuten ontvangt u een e-mail van { $address }. Bevestig daarin uw aanmelding. Zo kan niemand u zonder uw medeweten aanmelden.
sent-step-1 = Open de e-mail.
sent-step-2 = Volg de link in de e-mail.
sent-step-3 = Bevestig met de knop op de pagina die opengaat.
sent-deadline = U hebt daarvoor { $days } de tijd. Zonder bevestiging verwijderen we daarna uw gegevens.
sent-nothing-title = Komt er geen e-mail aan?
sent-nothing-spam = Kijk in de map voor spam of reclame.
sent-nothing-typo = Misschien stond er een tikfout in het adres.
sent-again = Formulier nog eens invullen

confirm-title = Aanmelding bevestigen
confirm-lead = Nog één klik en u bent klaar. Daarmee bevestigt u deze aanmelding:
confirm-address = E-mailadres
confirm-newsletter = Nieuwsbrief
confirm-topics = Onderwerpen
confirm-button = Aanmelding bevestigen
confirm-not-you-title = Hebt u zich niet aangemeld?
confirm-not-you = Dan hoeft u niets te doen. Zonder bevestiging ontvangt u geen nieuwsbrief en worden de gegevens verwijderd.

confirmed-title = Uw aanmelding is bevestigd
confirmed-lead = Hartelijk dank. Het begint met de volgende editie. U ontvangt:
confirmed-preferences = Onderwerpen of taal wijzigen
confirmed-leave = Elke editie bevat een link naar uw instellingen en een link waarmee u zich afmeldt.

confirm-invalid-expired-title = Deze link is verlopen
confirm-invalid-expired = Bevestigingslinks zijn { $days } geldig. Uw gegevens hebben we daarna verwijderd; u ontvangt geen nieuwsbrief. Wilt u die nog ontvangen? Meld u dan opnieuw aan.
confirm-invalid-used-title = Deze link is al gebruikt
confirm-invalid-used = Uw aanmelding was daarmee bevestigd en u hoeft verder niets te doen. Hebt u zich intussen afgemeld? Dan kunt u zich hier opnieuw aanmelden.
confirm-invalid-unknown-title = Deze link is niet geldig
confirm-invalid-unknown = Misschien heeft uw e-mailprogramma de link afgebroken of is de aanmelding na { $days } verlopen. Open de link nog eens vanuit de e-mail of meld u opnieuw aan.
subscribe-again = Opnieuw aanmelden

unsubscribe-title = Afmelden voor de nieuwsbrief
unsubscribe-lead = Wilt u { $newsletter } niet meer ontvangen?
unsubscribe-address = De afmelding geldt voor het adres { $address }.
unsubscribe-at-once = De afmelding gaat meteen in. U hoeft geen reden te geven.
unsubscribe-button = Afmelden
unsubscribe-rather-title = Liever iets wijzigen?
unsubscribe-rather = U kunt ook alleen bepaalde onderwerpen uitzetten of een andere taal kiezen.
unsubscribe-preferences = Instellingen wijzigen

unsubscribed-title = U bent afgemeld
unsubscribed-lead = U ontvangt { $newsletter } niet meer. Alleen een editie die op dit moment al onderweg is, kan nog aankomen.
unsubscribed-again = Was dit een vergissing of wilt u later terugkomen? U kunt zich op elk moment opnieuw aanmelden.

preferences-title = Uw instellingen
preferences-lead = Voor het adres { $address }
preferences-saved-title = Opgeslagen
preferences-saved = Uw wijzigingen gelden vanaf de volgende editie.
preferences-button = Instellingen opslaan
preferences-leave = Afmelden voor { $newsletter }
preferences-no-topics = Deze nieuwsbrief is niet in onderwerpen verdeeld.
preferences-none-title = U ontvangt op dit moment geen nieuwsbrief
preferences-none = Er valt daarom niets in te stellen. Als u wilt, kunt u zich opnieuw aanmelden.

link-invalid-title = Deze link is niet volledig
link-invalid = Sommige e-mailprogramma’s breken lange links af. Er is niets gewijzigd. Open de link nog eens rechtstreeks vanuit de e-mail of kopieer hem volledig naar de adresbalk van de browser.
link-invalid-contact = Lukt dat niet? Schrijf ons. We helpen u verder of melden u af:
