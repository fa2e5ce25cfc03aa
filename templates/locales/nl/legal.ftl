# Imprint, privacy notice, accessibility statement.
imprint-title = Colofon
imprint-lead = Verantwoordelijk voor deze pagina’s en de nieuwsbrieven:
imprint-representative = Vertegenwoordigd door
imprint-email = E-mail
imprint-phone = Telefoon
imprint-website = Website
imprint-responsible = Verantwoordelijk voor de inhoud (§ 18 (2) MStV)
imprint-register = Register

privacy-title = Privacyverklaring
privacy-lead = Hier leest u wat er met uw gegevens gebeurt als u zich op een nieuwsbrief abonneert (art. 13 AVG).
privacy-controller = Wie verantwoordelijk is voor de verwerking
privacy-officer = Functionaris voor gegevensbescherming
privacy-data = Welke gegevens we verwerken
privacy-data-address = uw e-mailadres, de gekozen nieuwsbrieven en onderwerpen en de taal van de e-mails
privacy-data-proof = het bewijs van uw toestemming: wanneer u zich hebt aangemeld en de aanmelding hebt bevestigd, op welke pagina en met welke tekst
privacy-data-delivery = voor elke editie: wanneer die naar u is verstuurd en of de mailserver die heeft aangenomen
privacy-data-network = uw IP-adres als u het aanmeldformulier verstuurt
privacy-data-voluntary = U geeft al deze gegevens vrijwillig. Zonder e-mailadres kunnen we u geen nieuwsbrief sturen.
privacy-purpose = Waarvoor en op welke grondslag
privacy-purpose-text = We gebruiken uw gegevens om u de gekozen nieuwsbrieven te sturen. De grondslag is uw toestemming (art. 6 lid 1 onder a AVG).
privacy-purpose-proof = Het bewijs van de toestemming bewaren we omdat we die volgens de wet moeten kunnen aantonen (art. 6 lid 1 onder c in samenhang met art. 5 lid 2 en art. 7 lid 1 AVG).
privacy-purpose-network = Met het IP-adres beperken we hoe vaak het formulier via één internetverbinding kan worden verstuurd. Dat beschermt de dienst en de adressen van anderen tegen misbruik (art. 6 lid 1 onder c in samenhang met art. 32 lid 1 AVG).
privacy-tracking = We volgen u niet
privacy-tracking-text = We meten niet of u een e-mail opent of op welke links u klikt. Deze pagina’s plaatsen geen cookies en laden niets van andere aanbieders.
privacy-recipients = Wie de gegevens ontvangt
privacy-recipients-none = De mailserver die we voor de verzending gebruiken, draagt de e-mails over aan de provider waar u uw mailbox hebt. Aan anderen geven we uw gegevens niet door.
privacy-recipients-some = In onze opdracht en volgens onze instructies worden de gegevens verwerkt (art. 28 AVG) door:
privacy-retention = Hoe lang we ze bewaren
privacy-retention-unconfirmed = Aanmeldingen die niet worden bevestigd, verwijderen we na { $days }.
privacy-retention-subscription = Voor de verzending verwerken we uw gegevens zolang uw abonnement loopt.
privacy-retention-delivery = De gegevens over wanneer u welke editie hebt ontvangen, verwijderen we na { $days }, gerekend vanaf het einde van de verzending. Daarna blijven alleen totalen over die niets over personen zeggen.
privacy-retention-proof = { $years ->
    [1] Het bewijs van de toestemming bewaren we na het einde van het abonnement tot het einde van het kalenderjaar dat daarop volgt (art. 17 lid 3 onder e AVG). Daarna verwijderen we het samen met uw e-mailadres.
    [3] Het bewijs van de toestemming bewaren we na het einde van het abonnement tot het einde van het derde kalenderjaar dat daarop volgt (§§ 195, 199 BGB; art. 17 lid 3 onder e AVG). Daarna verwijderen we het samen met uw e-mailadres.
   *[other] Het bewijs van de toestemming bewaren we na het einde van het abonnement tot het einde van het { $years }e kalenderjaar dat daarop volgt (art. 17 lid 3 onder e AVG). Daarna verwijderen we het samen met uw e-mailadres.
}
privacy-retention-notices = De gegevens over de verzending van afzonderlijke e-mails, zoals het verzoek om bevestiging, verwijderen we na { $days }.
privacy-retention-audit = Wijzigingen in uw abonnement leggen we vast zonder uw adres. Dit logboek verwijderen we na { $days }.
privacy-retention-journal = Als u zich afmeldt of wij uw gegevens op uw verzoek verwijderen, bewaren we { $days } lang een versleutelde controlewaarde van uw adres. Zo blijft uw keuze gelden als we een oudere back-up moeten terugzetten.
privacy-retention-suppression = Als we u nooit meer mogen schrijven, bewaren we blijvend alleen zo’n controlewaarde, met de reden en de datum. Uw adres is daaruit niet af te lezen.
privacy-retention-network = De dienst houdt het IP-adres alleen in het werkgeheugen, zolang dat voor deze begrenzing nodig is. Het wordt niet opgeslagen en in geen enkel logbestand geschreven.
privacy-rights = Uw rechten
privacy-rights-withdraw = U kunt uw toestemming op elk moment intrekken. Een klik op de afmeldlink in een editie is genoeg. Wat tot dan toe is gebeurd, blijft rechtmatig.
privacy-rights-list = U hebt recht op inzage (art. 15 AVG), rectificatie (art. 16), wissing (art. 17), beperking van de verwerking (art. 18) en overdraagbaarheid van uw gegevens (art. 20). Schrijf ons daarvoor.
privacy-rights-complaint = U kunt een klacht indienen bij een toezichthoudende autoriteit voor gegevensbescherming (art. 77 AVG).
privacy-rights-authority = U kunt een klacht indienen bij een toezichthoudende autoriteit voor gegevensbescherming (art. 77 AVG). Voor ons is bevoegd: { $authority }.
privacy-more = Algemene privacyverklaring
privacy-more-link = Privacyverklaring van { $organisation }
privacy-version = Versie { $version }

accessibility-title = Toegankelijkheid
accessibility-lead = { $organisation } wil dat iedereen deze pagina’s en nieuwsbrieven kan gebruiken.
accessibility-statement = Toegankelijkheidsverklaring
accessibility-statement-text = De volledige verklaring volgens Richtlijn (EU) 2016/2102 vindt u hier:
accessibility-statement-link = Toegankelijkheidsverklaring van { $organisation }
accessibility-state = Stand van zaken
accessibility-state-text = Pagina’s en e-mails zijn gebouwd volgens de Web Content Accessibility Guidelines (WCAG) 2.2, niveau AA: u kunt ze met het toetsenbord bedienen, met een schermlezer lezen, tot 400 procent vergroten en in een donker kleurenschema weergeven. Elke e-mail is er ook als platte tekst.
accessibility-known = Bijdragen en gelinkte documenten van andere instanties kunnen drempels bevatten waarop we geen invloed hebben.
accessibility-checked = Laatst gecontroleerd op { $date }.
accessibility-feedback = Een drempel melden
accessibility-feedback-text = Bent u op iets gestuit dat u hindert? Schrijf ons waar het was en wat er niet lukte. We antwoorden u en bezorgen u de inhoud op een andere manier.
