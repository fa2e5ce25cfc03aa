# The mailbox of a demonstration.
mailbox-title = Mailbox van de demonstratie
mailbox-lead = Hier komt terecht wat deze demonstratie verstuurt: de edities van de nieuwsbrieven voor alle lezers, en elke e-mail die u met het aanmeldformulier in gang zet, ongeacht het adres.
mailbox-next = De volgende editie wordt om { $time } verstuurd.
mailbox-empty-title = Nog geen e-mails
mailbox-empty = Meld u aan; de bevestigingsmail verschijnt dan hier.
mailbox-empty-link = Naar het aanmeldformulier
mailbox-count = { $count ->
    [one] { $count } e-mail
   *[other] { $count } e-mails
}
mailbox-reload = Vernieuwen
mailbox-from = Van
mailbox-to = Aan
mailbox-sent = Verzonden
mailbox-back = Terug naar de mailbox
mailbox-views = Weergave
mailbox-view-html = HTML
mailbox-view-text = Tekst
mailbox-view-source = Broncode
mailbox-frame = Inhoud van de e-mail
