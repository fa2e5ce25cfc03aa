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

staff-hello = Goedendag { $name },
staff-until = De link werkt tot { $time }, en maar één keer.
staff-due = De verzending is gepland op { $time }.
staff-invitation-subject = Uw toegang tot de redactie
staff-invitation = U bent uitgenodigd om mee te werken aan de nieuwsbrief van { $organisation }.
staff-invitation-by = { $name } nodigt u uit om mee te werken aan de nieuwsbrief van { $organisation }.
staff-invitation-roles = Uw taken daar: { $roles }. Open de link om uw toegang in te stellen.
staff-invitation-button = Toegang instellen
staff-invitation-not-you = Verwacht u deze uitnodiging niet, dan hoeft u niets te doen.
staff-login-subject = Uw link om in te loggen
staff-login-what = Op { $time } heeft iemand met uw adres een link gevraagd om in te loggen bij de redactie.
staff-login-button = Inloggen bij de redactie
staff-login-not-you = Was u dit niet, verwijder deze e-mail dan. Zonder de link komt niemand in uw account. Geef hem niet door.
staff-password-subject = Nieuw wachtwoord voor de redactie
staff-password-what = Op { $time } heeft iemand een nieuw wachtwoord gevraagd voor uw account bij de redactie.
staff-password-button = Nieuw wachtwoord instellen
staff-password-not-you = Was u dit niet, verwijder deze e-mail dan. Uw huidige wachtwoord blijft geldig.
staff-changed-subject = Uw toegang tot de redactie is gewijzigd
staff-changed-what = Op { $time } is uw wachtwoord of uw tweede factor gewijzigd.
staff-changed-button = Mijn account bekijken
staff-changed-not-you = Was u dit zelf, dan hoeft u niets te doen. Waarschuw anders meteen uw beheerders.
staff-code-subject = Uw code voor de redactie
staff-code-what = Op { $time } hebt u in de redactie een code gevraagd om te bevestigen dat u het bent.
staff-code-until = Vul hem in op de pagina waar u bent. Hij werkt tot { $time }, en maar één keer.
staff-code-not-you = Was u dit niet, dan gebruikt iemand anders uw sessie: beëindig in uw account alle sessies en waarschuw uw beheerders. Geef de code niet door.
staff-changed-password = Op { $time } is uw wachtwoord gewijzigd.
staff-second-subject = Uw tweede factor is gewijzigd
staff-second-set-up = Op { $time } is voor uw toegang een tweede factor ingesteld.
staff-second-replaced = Op { $time } is uw tweede factor door een nieuwe vervangen. Uw eerdere noodcodes werken niet meer.
staff-second-removed = Op { $time } is uw tweede factor verwijderd. Bij het inloggen wordt niet meer om een code gevraagd.
staff-second-codes = Op { $time } zijn voor uw toegang nieuwe noodcodes gemaakt. De eerdere werken niet meer.
staff-second-ended = Alle andere sessies zijn beëindigd.
staff-review = Graag goedkeuren: { $issue }
staff-review-what = { $name } heeft { $issue } ingediend ter goedkeuring.
staff-review-scheduled = { $issue } is samengesteld en wacht op goedkeuring.
staff-review-button = Editie beoordelen
staff-returned = Terug voor bewerking: { $issue }
staff-returned-what = { $name } heeft { $issue } teruggestuurd om te bewerken.
staff-returned-button = Editie bewerken
staff-rejected = Afgewezen: { $issue }
staff-rejected-what = { $name } heeft { $issue } afgewezen. Deze editie wordt niet verzonden.
staff-rejected-button = Editie bekijken
staff-approved = Goedgekeurd: { $issue }
staff-approved-what = { $name } heeft { $issue } goedgekeurd.
staff-approved-button = Editie bekijken
staff-invalidated = Goedkeuring vervallen: { $issue }
staff-invalidated-what = { $name } heeft { $issue } na de goedkeuring gewijzigd. De goedkeuring geldt daarom niet meer.
staff-invalidated-nobody = { $issue } is na de goedkeuring gewijzigd. De goedkeuring geldt daarom niet meer.
staff-invalidated-changes = Gewijzigd is:
staff-invalidated-next = Zonder nieuwe goedkeuring wordt de editie niet verzonden.
staff-invalidated-button = Editie bekijken
staff-stopped = Gestopt: { $issue }
staff-stopped-what = De verzending van { $issue } is gestopt.
staff-stopped-why = De verzending van { $issue } is gestopt: { $reason }.
staff-stopped-means = Er gaat niets meer uit totdat iemand beslist. E-mails die al verzonden zijn, blijven ongemoeid.
staff-stopped-button = Verzending bekijken
issue-note-full = volgeboekt
issue-note-postponed = uitgesteld, nieuwe datum volgt
issue-note-moved-online = vindt online plaats
issue-note-online = ook online
issue-note-register-by = aanmelden tot { $when }
