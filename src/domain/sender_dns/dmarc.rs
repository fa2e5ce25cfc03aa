//! DMARC (RFC 9989): what receivers do with mails that neither SPF nor DKIM proves.

use super::{Flaw, Outcome, tag};

/// The domains at which a record may be, the nearest first (RFC 9989 section 4.10): at most eight.
pub fn domains(domain: &str) -> Vec<String> {
    /// Labels of the first parent that is asked: names with more are cut to that.
    const LONGEST: usize = 7;
    let labels: Vec<_> = domain.split('.').collect();
    let parents = (1..labels.len()).filter(|from| labels.len() - from <= LONGEST);
    let mut all = vec![domain.to_owned()];
    all.extend(parents.map(|from| labels[from..].join(".")));
    all
}

/// The records among TXT records.
pub fn records(texts: &[String]) -> impl Iterator<Item = &String> {
    texts.iter().filter(|text| {
        let (version, _) = text.split_once(';').unwrap_or((text, ""));
        let (name, value) = version.split_once('=').unwrap_or_default();
        name.trim().eq_ignore_ascii_case("v") && value.trim() == "DMARC1"
    })
}

/// The record that holds for a domain without one: that of its organisational domain, or of the registry
/// above. `found` has the domains that have one, the nearest first.
pub fn of_parents(found: &[(String, String)]) -> Option<&(String, String)> {
    let with = |value| {
        move |one: &(String, String)| {
            tag(&one.1, "psd").is_some_and(|psd| psd.eq_ignore_ascii_case(value))
        }
    };
    if let Some(organisation) = found.iter().find(|one| with("n")(one)) {
        return Some(organisation);
    }
    match found.iter().position(with("y")) {
        Some(registry) => found.get(registry.saturating_sub(1)),
        None => found.last(),
    }
}

/// What is to be said of a record; `is_parent`: it is that of a domain above.
pub fn outcome(record: &str, is_parent: bool) -> Outcome {
    let record = record.to_owned();
    let own = tag(&record, "p");
    let policy = if is_parent {
        tag(&record, "sp").or(own)
    } else {
        own
    };
    let is_test = tag(&record, "t").is_some_and(|t| t.eq_ignore_ascii_case("y"));
    match policy.map(str::to_ascii_lowercase).as_deref() {
        Some("none") => Outcome::Fine {
            record,
            watches: true,
        },
        Some("quarantine" | "reject") => Outcome::Fine {
            record,
            watches: is_test,
        },
        _ => Outcome::Weak {
            record,
            flaw: Flaw::NoPolicy,
        },
    }
}

/// A record to begin with: receivers do nothing but report.
pub fn proposal(domain: &str) -> String {
    format!("v=DMARC1; p=none; rua=mailto:postmaster@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_goes_up_and_is_short() {
        assert_eq!(
            domains("news.example.org"),
            ["news.example.org", "example.org", "org"]
        );
        let long = domains("a.b.c.d.e.f.g.h.i.j.example.org");
        assert_eq!(long.len(), 8);
        assert_eq!(long[1], "f.g.h.i.j.example.org");
    }

    #[test]
    fn the_organisation_s_record_holds_for_its_domains() {
        let found = |all: &[(&str, &str)]| -> Vec<(String, String)> {
            let owned = |(domain, record): &(&str, &str)| {
                ((*domain).to_owned(), format!("v=DMARC1; {record}"))
            };
            all.iter().map(owned).collect()
        };
        let domain = |found: &[(String, String)]| of_parents(found).map(|one| one.0.clone());
        let plain = found(&[("b.example.org", "p=none"), ("example.org", "p=reject")]);
        assert_eq!(domain(&plain).as_deref(), Some("example.org"));
        let own = found(&[
            ("b.example.org", "p=none; psd=n"),
            ("example.org", "p=reject"),
        ]);
        assert_eq!(domain(&own).as_deref(), Some("b.example.org"));
        let registry = found(&[("example.org", "p=none"), ("org", "p=reject; psd=y")]);
        assert_eq!(domain(&registry).as_deref(), Some("example.org"));
        let alone = found(&[("org", "p=reject; psd=y")]);
        assert_eq!(domain(&alone).as_deref(), Some("org"));
        assert_eq!(domain(&[]), None);
    }

    #[test]
    fn watching_is_right_for_the_beginning() {
        let of = |record: &str, is_parent| match outcome(record, is_parent) {
            Outcome::Fine { watches, .. } => Some(watches),
            _ => None,
        };
        assert_eq!(of("v=DMARC1; p=none", false), Some(true));
        assert_eq!(of("v=DMARC1;p=Reject", false), Some(false));
        assert_eq!(of("v=DMARC1; p=reject; t=y", false), Some(true));
        assert_eq!(of("v=DMARC1; p=reject; sp=none", true), Some(true));
        assert_eq!(of("v=DMARC1; rua=mailto:a@example.org", false), None);
        assert_eq!(of("v=DMARC1; p=maybe", false), None);
    }

    #[test]
    fn records_are_told_from_other_texts() {
        let texts = [
            "v=DMARC1; p=none",
            "V = DMARC1;p=none",
            "v=dmarc1; p=none",
            "v=spf1 -all",
        ];
        let texts = texts.map(str::to_owned);
        assert_eq!(records(&texts).count(), 2);
    }
}
