# What stands on every page, and pages about the site itself.
skip-to-content = Naar de inhoud
language-switch = Taal van deze pagina
footer-navigation = Juridische informatie en hulp
footer-imprint = Colofon
footer-privacy = Privacy
footer-accessibility = Toegankelijkheid
demo-title = Demonstratie
demo-text = Alle gegevens zijn verzonnen en geen enkele e-mail verlaat deze computer.
demo-link = Mailbox van de demonstratie openen
demo-newsroom = De redactie bekijken
list-end = { $first } en { $last }
days = { $days ->
    [one] { $days } dag
   *[other] { $days } dagen
}
days-after = { $days ->
    [one] { $days } dag
   *[other] { $days } dagen
}
title-with-error = Fout: { $title }
error-summary-title = Controleer uw gegevens
error-word = Fout:

error-back = Naar het aanmeldformulier
error-status = Fout { $status }
error-400-title = Het verzoek is niet leesbaar
error-400-text = Uw browser heeft iets gestuurd dat we niet begrijpen. Er is niets gewijzigd. Open de pagina opnieuw en probeer het nog eens.
error-403-title = Het formulier kwam niet van deze website
error-403-text = Voor uw veiligheid accepteren we alleen formulieren die op deze website zijn geopend. Er is niets gewijzigd. Open de pagina opnieuw en verstuur het formulier vanaf daar.
error-right-title = U hebt hiervoor geen rechten
error-right-text = Uw toegang tot de redactie omvat deze pagina niet. Er is niets gewijzigd. Hebt u haar nodig, vraag het dan aan uw beheer.
error-404-title = Deze pagina bestaat niet
error-404-text = Misschien is het adres niet volledig of is de pagina verplaatst. Controleer het adres of begin bij het aanmeldformulier.
error-405-title = Zo kunt u deze pagina niet openen
error-405-text = Het adres bestaat, maar niet voor dit soort verzoek. Er is niets gewijzigd. Open de link nog eens vanuit de e-mail of begin bij het aanmeldformulier.
error-408-title = Het verzenden duurde te lang
error-408-text = Uw verbinding was te traag of werd onderbroken. Er is niets opgeslagen. Verzend het formulier nog een keer.
error-413-title = Dat was te veel in één keer
error-413-text = De verstuurde gegevens zijn groter dan we accepteren. Er is niets opgeslagen. Maak uw gegevens korter en verstuur het formulier nog eens.
error-415-title = Dat was geen formulier
error-415-text = Wat we hebben ontvangen, is geen ingevuld formulier van deze website. Er is niets opgeslagen. Open het formulier opnieuw en verstuur het vanaf daar.
error-422-title = Het formulier is niet volledig aangekomen
error-422-text = Sommige gegevens ontbreken of hebben een onverwachte vorm. Er is niets opgeslagen. Open het formulier opnieuw en vul het nog eens in.
error-429-title = Te veel verzoeken
error-429-text = Via uw internetverbinding kwamen in korte tijd heel veel verzoeken binnen. Om iedereen te beschermen, pauzeren we even. Wacht een paar minuten en probeer het dan nog eens.
error-500-title = Er is bij ons iets misgegaan
error-500-text = De fout ligt niet bij u en is geregistreerd. Probeer het over een paar minuten nog eens. Blijft de fout bestaan? Schrijf ons dan.
error-503-title = De dienst is op dit moment niet bereikbaar
error-503-text = Er is onderhoud of de dienst is overbelast. Uw abonnementen blijven bestaan. Probeer het over een paar minuten nog eens.
error-contact = Contact:
