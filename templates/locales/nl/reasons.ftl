# Waarom een editie is aangehouden: volgt op een dubbele punt, dus zonder hoofdletter en punt.
reason-policy-refusals = { $count } van de laatste { $of } antwoorden waren weigeringen op grond van beleid: de oorzaak ligt bij de afzender, de inhoud of de mailserver, niet bij de lezers
reason-failures = { $failed } van de laatste { $of } e-mails zijn definitief geweigerd, meer dan { $allowed } %: { $classes }
reason-with-reply = { $reason }; laatste antwoord van de mailserver: { $reply }
reason-missed-slot = het tijdstip { $slot } is met { $late } gemist, langer dan de { $limit } waarbinnen een gemist tijdstip wordt ingehaald; controleer de editie en verstuur of annuleer haar
reason-missed-time = het verzendtijdstip is met { $late } gemist, langer dan de { $limit } waarbinnen een gemist tijdstip wordt ingehaald; controleer de editie en verstuur of annuleer haar
reason-not-approved-in-time = de editie is niet binnen { $limit } na het tijdstip goedgekeurd; keur haar goed om haar nu te versturen, of annuleer haar
reason-imprint-incomplete = het colofon is niet volledig en zonder colofon wordt geen editie verstuurd (§ 5 DDG): vul { $keys } in de sectie [organisation] van de configuratie in en keur de editie opnieuw goed
reason-empty = er staat geen bericht meer in de editie: alle zijn verwijderd of ingetrokken; voeg berichten toe of annuleer de editie
reason-checks-block = de controle vond { $count ->
    [one] iets dat lezers zou schaden
   *[other] { $count } zaken die lezers zouden schaden
}; herstel wat de controle noemt en keur het nummer dan goed
reason-too-large = de editie is te lang: met { $entries } berichten, alleen met hun titels, is de HTML { $size } kB groot, en boven { $limit } kB kappen mailprogramma’s die af; kort de inleiding of de titels in
reason-approval-missing = de editie is niet goedgekeurd; keur haar eerst goed
reason-approval-changed = de opgeslagen teksten zijn niet de goedgekeurde, dus de goedkeuring geldt niet meer; controleer de editie en keur haar opnieuw goed
reason-approval-unreadable = deze versie kan de opgeslagen teksten niet lezen ({ $detail }); installeer de versie waarmee de editie is goedgekeurd, of keur haar opnieuw goed
reason-mail-unusable = een van de e-mails kan niet worden gemaakt: { $detail }
reason-changed = na de goedkeuring is iets gewijzigd ({ $change }), de goedkeuring geldt daarom niet meer; controleer de editie en dien haar opnieuw in
reason-returned = de editie is ter bewerking teruggegeven: “{ $said }”
reason-rejected = de editie is afgewezen: “{ $said }”
reason-because = Reden: { $reason }

relay-unreachable = De mailserver { $relay } is niet bereikbaar
relay-encryption = De versleutelde verbinding met de mailserver { $relay } komt niet tot stand
relay-authentication = De mailserver { $relay } weigert de aanmelding
relay-rejected = De mailserver { $relay } neemt van deze server geen e-mails aan
relay-connection-lost = De mailserver { $relay } verbreekt de verbinding
relay-no-reply = De mailserver { $relay } antwoordt niet
relay-invalid-reply = De mailserver { $relay } geeft geen geldige antwoorden
relay-directory = Er kan niet in de map { $relay } worden geschreven
relay-down = De mailserver { $relay } neemt geen e-mails aan
relay-up = De mailserver { $relay } neemt weer e-mails aan
relay-limited = De mailserver { $relay } heeft zijn maximum bereikt; de verzending gaat verder: { $until }
relay-deferring = Van de laatste { $of } e-mails zijn er { $count } uitgesteld; ze worden later opnieuw geprobeerd

reason-change-entries = keuze van de berichten
reason-change-arrangement = volgorde of lengte van de berichten
reason-change-text = kop of inleiding
reason-change-text-de = kop of inleiding in het Duits
reason-change-text-en = kop of inleiding in het Engels
reason-change-text-fr = kop of inleiding in het Frans
reason-change-text-nl = kop of inleiding in het Nederlands
reason-change-entry = tekst van “{ $title }”
reason-change-picture = afbeelding van “{ $title }”
reason-change-entry-state = “{ $title }” is ingetrokken of afgelast
reason-change-newsletter = naam, afzender, opmaak of ontvangers van de nieuwsbrief
reason-change-time = tijdstip van verzending

failure-no-such-mailbox = postvak onbekend
failure-mailbox-full = postvak vol
failure-policy = beleid
failure-greylisting = greylisting
failure-relay-trouble = storing van de mailserver
failure-other = overige

span-days = { $count ->
    [one] { $count } dag
   *[other] { $count } dagen
}
span-hours = { $count ->
    [one] { $count } uur
   *[other] { $count } uur
}
span-minutes = { $count ->
    [one] { $count } minuut
   *[other] { $count } minuten
}
span-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } seconden
}
