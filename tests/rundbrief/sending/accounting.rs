//! Every refusal has its class; the affected deliveries are found, listed and sent again.

use rundbrief::domain::delivery::{DeliveryState, FailureClass};

use super::{Town, by_recipient};
use crate::harness::{Rule, SmtpSink};

on_both_databases! {
    async fn refusals_are_classified_listed_and_sent_again(database: &Database) {
        let sink = SmtpSink::misbehaving(&[
            Rule::at("rcpt", "reader?1@*").reply("550 5.1.1 <who@mail.example>: Recipient address rejected: User unknown"),
            Rule::at("rcpt", "reader?3@*").reply("552 5.2.2 over quota").times(5),
            Rule::at("dot", "reader?5@*").reply("550 5.7.1 this looks like spam").times(5),
            Rule::at("rcpt", "reader?7@*").reply("450 4.2.0 Greylisted, see the postmaster's page").times(5),
            Rule::at("rcpt", "reader?9@*").reply("550 mailbox unavailable"),
        ]);
        let town = Town::new(database, sink.url(), 100, "resend").await;
        let run = |command: &[&str]| town.installation.run(command.iter().copied());
        let sent = run(&["issue", "send", "rat/1", "--json"]).json();
        let ledger = town.ledger().await;
        let of = |digit: char| {
            let mut rows = Vec::new();
            for (reader, row) in town.recipients().zip(&ledger) {
                let name = reader.address.split('@').next().expect("a name");
                if name.len() == 8 && name.ends_with(digit) {
                    rows.push(row);
                }
            }
            assert!(rows.len() > 4, "enough rows to be meaningful");
            rows
        };
        for (digit, class) in [
            ('1', FailureClass::NoSuchMailbox), ('3', FailureClass::MailboxFull), ('5', FailureClass::Policy), ('9', FailureClass::Other),
        ] {
            let failed: Vec<_> = of(digit).into_iter().filter(|row| row.state == DeliveryState::Failed).collect();
            assert!(!failed.is_empty() && failed.iter().all(|row| row.class == Some(class)), "{digit}: {failed:?}");
            assert_eq!(sent["failed"][class.as_str()], failed.len(), "{sent}");
        }
        // Greylisting accepts the retry, and a sent delivery has no class any more.
        assert!(of('7').iter().all(|row| row.state == DeliveryState::Sent && row.class.is_none()), "{:?}", of('7'));
        assert_eq!(of('7').iter().map(|row| row.attempts - 1).sum::<i64>(), 5);

        // Found by address; no other address is shown.
        let found = run(&["delivery", "find", "reader11@mail.example", "--issue", "rat/1"]).success();
        assert!(found.contains("failed at 20") && found.contains("(no-such-mailbox)") && found.contains("550 5.1.1"), "{found}");
        assert!(!found.contains("reader11"), "{found}");
        let got = run(&["delivery", "find", "reader10@mail.example", "--issue", "rat/1", "--json"]).json();
        assert_eq!(got["deliveries"][0]["state"], "sent", "{got}");
        assert!(got["deliveries"][0]["reply"].as_str().is_some_and(|words| words.starts_with("kept as")), "{got}");
        let whole = run(&["delivery", "find", "reader10@mail.example"]).success();
        assert!(whole.contains("rat/1: sent at 20"), "{whole}");
        let nobody = run(&["delivery", "find", "nobody@mail.example", "--issue", "rat/1"]).success();
        assert!(nobody.contains("nobody with this address is known"), "{nobody}");
        // (These readers confirm in 2027: a reader who is not in the ledger subscribed too late.)
        let zoo = town.readers.iter().find(|reader| !reader.finds_something()).expect("one in ten");
        let nothing = run(&["delivery", "find", &zoo.address, "--issue", "rat/1"]).success();
        assert!(nothing.contains("not sent: subscribed later, at 2027-01-04"), "{nothing}");

        // Listed, masked, page by page.
        let list = ["issue", "deliveries", "rat/1", "--state", "failed", "--json", "--limit", "3"];
        let (mut pages, mut listed, mut after) = (0, 0, 0);
        loop {
            let after_text = after.to_string();
            let page = run(&[&list[..], &["--after", &after_text]].concat()).json();
            let rows = page["deliveries"].as_array().expect("a list");
            assert!(rows.iter().all(|row| row["state"] == "failed" && !row["address"].as_str().expect("text").contains("reader")), "{page}");
            (pages, listed) = (pages + 1, listed + rows.len());
            match page["next"].as_i64() {
                Some(next) => after = next,
                None => break,
            }
        }
        assert_eq!((listed, pages), (sent["deliveries"]["failed"].as_u64().map(|n| usize::try_from(n).expect("few")).expect("a number"), listed.div_ceil(3)));
        let policy = run(&["issue", "deliveries", "rat/1", "--class", "policy", "--addresses"]).success();
        assert!(policy.contains("@mail.example") && policy.contains("550 5.7.1 this looks like spam"), "{policy}");
        let elsewhere = run(&["issue", "deliveries", "rat/1", "--state", "failed", "--domain", "other.example"]).success();
        assert!(elsewhere.contains("no deliveries"), "{elsewhere}");

        // Again: counted first, then sent with the same Message-ID.
        let again = ["issue", "retry", "rat/1", "--class", "mailbox-full,policy"];
        let asked = run(&again).success();
        let fives: Vec<_> = [of('3'), of('5')].concat().into_iter().filter(|row| row.state == DeliveryState::Failed).collect();
        assert!(asked.contains(&format!("{} mails would be sent again", fives.len())), "{asked}");
        assert_eq!(town.counts().await[&DeliveryState::Failed], listed, "only counted");
        let elsewhere = run(&[&again[..], &["--domain", "other.example"]].concat()).success();
        assert!(elsewhere.contains("nothing to send again"), "{elsewhere}");
        run(&[&again[..], &["--domain", "not a domain"]].concat()).refusal();
        let again = [&again[..], &["--domain", "MAIL.example"]].concat();
        let done = run(&[&again[..], &["--yes", "--json"]].concat()).json();
        assert_eq!((&done["again"], &done["sending"]), (&fives.len().into(), &true.into()), "{done}");
        assert_eq!(town.status()["state"], "sending");
        let sent = run(&["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        assert_eq!((&sent["failed"]["policy"], &sent["failed"]["mailbox-full"]), (&0.into(), &0.into()), "{sent}");
        assert_eq!(town.counts().await[&DeliveryState::Failed], listed - fives.len());
        assert_eq!(town.agrees_with(&sink).await, 0, "each of them got it once");
        let arrived = by_recipient(sink.received());
        assert!(!arrived.contains_key("reader11@mail.example"));
        let none = run(&["issue", "retry", "rat/1", "--class", "policy", "--yes"]).success();
        assert!(none.contains("nothing to send again"), "{none}");
    }

    /// A relay that refuses the sender, and one that refuses every recipient.
    async fn policy_refusals_pause_an_issue(database: &Database) {
        let sink = SmtpSink::misbehaving(&[
            Rule::at("mail", "*").reply("550 5.7.1 sender blocked, ask <postmaster@relay.example>").times(30),
        ]);
        let mut town = Town::new(database, sink.url(), 400, "resend").await;
        town.installation = town.installation.with("delivery.pause_policy_refusals", 20);
        let all = town.recipients().count();
        let ended = town.installation.run(["issue", "send", "rat/1"]);
        let said = ended.success();
        assert!(said.contains("rat/1: paused: ") && said.contains("refusals on policy grounds"), "{said}");
        assert!(said.contains("550 5.7.1 sender blocked") && !said.contains("postmaster@"), "{said}");
        assert!(said.contains("rundbrief issue resume rat/1"), "{said}");
        let counts = town.counts().await;
        assert!(counts[&DeliveryState::Failed] >= 20 && counts[&DeliveryState::Failed] <= 30, "{counts:?}");
        assert!(!counts.contains_key(&DeliveryState::Leased) && !counts.contains_key(&DeliveryState::Started), "{counts:?}");
        let stops = town.audited("issue.pause");
        let [(actor, _, after)] = stops.as_slice() else { panic!("one line: {stops:?}") };
        assert_eq!(actor, "job");
        assert!(after.starts_with("paused: {\"code\":\"policy-refusals\"") && !after.contains("postmaster@"), "{after}");
        // A person has fixed the cause: older replies do not pause it again.
        town.installation.run(["issue", "resume", "rat/1"]).success();
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        let failed = town.counts().await[&DeliveryState::Failed];
        assert_eq!(failed, 30, "each refusal affected one delivery");
        let again = town.installation.run(["issue", "retry", "rat/1", "--class", "policy", "--yes", "--json"]).json();
        assert_eq!(again["again"], failed);
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!((&sent["state"], &sent["deliveries"]["sent"]), (&"sent".into(), &all.into()), "{sent}");
        assert_eq!(town.agrees_with(&sink).await, 0);
        let ends: Vec<_> = town.audited("issue.finish").into_iter().map(|(actor, _, after)| (actor, after)).collect();
        assert_eq!(ends, vec![("job".to_owned(), "sent".to_owned()); 2], "sent, and sent again");
    }

    async fn too_many_dead_addresses_pause_an_issue(database: &Database) {
        let sink = SmtpSink::misbehaving(&[Rule::at("rcpt", "*[02468]@*").reply("550 5.1.1 no such mailbox")]);
        let mut town = Town::new(database, sink.url(), 400, "resend").await;
        town.installation = town.installation.with("delivery.pause_failed_share", "10 %");
        let worker = town.installation.start(["serve", "--role", "worker"]);
        town.release();
        town.until(rundbrief::domain::issue::IssueState::Paused).await;
        let status = town.status();
        assert_eq!((&status["reason"]["code"], &status["reason"]["allowed"]), (&"failures".into(), &10.into()));
        assert_eq!(status["reason"]["classes"][0][0], "no-such-mailbox");
        let text = status["reason_text"].as_str().expect("a sentence");
        assert!(text.contains("were refused for good, more than 10 %") && text.contains("mailbox unknown"), "{text}");
        drop(worker);
    }
}
