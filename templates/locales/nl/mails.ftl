# The mails.
mail-imprint = Colofon
mail-privacy = Privacy
mail-accessibility = Toegankelijkheid
mail-represented = Vertegenwoordigd door { $name }
mail-responsible = Verantwoordelijk voor de inhoud (§ 18 (2) MStV): { $name }
mail-phone = Telefoon { $phone }
mail-email = E-mail { $email }

confirmation-subject = Bevestig uw aanmelding
confirmation-preheader = Pas na uw bevestiging sturen we u { $newsletters }.
confirmation-hello = Goedendag,
confirmation-what = Dit e-mailadres is op { $time } bij { $organisation } aangemeld voor { $newsletters }.
confirmation-topics = Gekozen onderwerpen in { $newsletter }: { $topics }
confirmation-ask = Was u dat? Bevestig dan uw aanmelding:
confirmation-button = Aanmelding bekijken en bevestigen
confirmation-link = Werkt de knop niet? Open dan dit adres:
confirmation-expiry = De link is geldig tot { $time }.
confirmation-not-you = Hebt u zich niet aangemeld? Dan hoeft u niets te doen. U ontvangt dan geen nieuwsbrief en geen andere e-mail over deze aanmelding, en we verwijderen uw adres.

already-subject = U bent al aangemeld
already-preheader = Er is niets gewijzigd.
already-what = Dit e-mailadres is op { $time } bij { $organisation } aangemeld voor een nieuwsbrief. Dat was niet nodig: u ontvangt { $newsletters } al.
already-nothing = We hebben daarom niets gewijzigd.
already-change = Wilt u uw onderwerpen of taal wijzigen?
already-button = Instellingen openen
already-leave = Wilt u geen e-mails meer ontvangen?
already-leave-link = Afmelden voor de nieuwsbrief
already-not-you = Hebt u het formulier niet ingevuld? Dan hoeft u niets te doen.

test-subject = Test: de verzending van e-mails werkt
test-preheader = Deze e-mail is als test verstuurd.
test-what = Deze e-mail is als test verstuurd. Als u dit leest, werkt de verzending tot in deze mailbox.
test-sent = Verzonden
test-relay = Mailserver
test-version = Versie
test-check = Kijk in de headers of SPF, DKIM en DMARC zijn geslaagd (‘pass’).

issue-subject = { $newsletter }, editie { $number }
issue-number = Editie { $number }
issue-top-preferences = Onderwerpen wijzigen
issue-top-unsubscribe = Afmelden
issue-top-imprint = Colofon
issue-contents = In deze editie
issue-news = Nieuws
issue-events = Agenda
issue-council = Uit raad en commissies
issue-more = Lees meer
issue-cancelled = Geannuleerd
issue-contact = Contact
issue-reference = Vergaderstuk
issue-count-news = { $count ->
    [one] { $count } bericht
   *[other] { $count } berichten
}
issue-count-events = { $count ->
    [one] { $count } activiteit
   *[other] { $count } activiteiten
}
issue-count-council = { $count ->
    [one] { $count } bijdrage uit de raad
   *[other] { $count } bijdragen uit de raad
}
issue-further = { $count ->
    [one] nog één bericht
   *[other] nog { $count } berichten
}
issue-further-news = { $count ->
    [one] nog één bericht
   *[other] nog { $count } berichten
}
issue-further-events = { $count ->
    [one] nog één activiteit
   *[other] nog { $count } activiteiten
}
issue-further-council = { $count ->
    [one] nog één bijdrage uit de raad
   *[other] nog { $count } bijdragen uit de raad
}
issue-left-out = En { $rest }
issue-credit = Beeld: { $credit }
issue-all-day = de hele dag
issue-until = tot { $end }
issue-until-day = tot en met { $day }
issue-new-date = Nieuwe datum
issue-new-time = Nieuwe tijd
issue-moved-from = eerder: { $when }
issue-was-planned = was gepland: { $facts }
issue-decision = Voorgesteld besluit
issue-effects = Gevolgen
issue-attachments = { $count ->
    [one] Bijlage
   *[other] Bijlagen
}
issue-further-attachments = { $count ->
    [one] en nog één
   *[other] en nog { $count }
}
issue-shortened = Omdat deze editie bijzonder veel bijdragen heeft, zijn ze ingekort. De volledige tekst vindt u via de links.
issue-why = U ontvangt deze e-mail omdat u geabonneerd bent op { $newsletter } van { $organisation }.
issue-preferences = Onderwerpen en taal wijzigen
issue-unsubscribe = Afmelden voor de nieuwsbrief
issue-no-tracking = We meten niet of u deze e-mail opent of op links klikt.
