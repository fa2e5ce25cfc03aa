//! DKIM (RFC 6376): the public key of a signature.

use super::{Flaw, Outcome, tag};
use crate::domain::dkim::Algorithm;

/// What is to be said of the TXT records at the name of a key that signs.
pub fn outcome(texts: &[String], algorithm: Algorithm, public_key: &str) -> Outcome {
    let mut records = texts.iter().filter(|text| tag(text, "p").is_some());
    let Some(record) = records.next() else {
        return Outcome::Missing;
    };
    let flaw = match records.next() {
        Some(_) => Some(Flaw::Several),
        None => flaw(record, algorithm, public_key),
    };
    let record = record.clone();
    match flaw {
        Some(flaw) => Outcome::Weak { record, flaw },
        None => Outcome::Fine {
            record,
            watches: false,
        },
    }
}

fn flaw(record: &str, algorithm: Algorithm, public_key: &str) -> Option<Flaw> {
    let published: String = tag(record, "p")?.split_whitespace().collect();
    let is_version = tag(record, "v").is_none_or(|version| version == "DKIM1");
    let kind = tag(record, "k").unwrap_or("rsa");
    let flags = tag(record, "t").unwrap_or_default();
    if published.is_empty() {
        Some(Flaw::Revoked)
    } else if !is_version
        || published != public_key
        || !kind.eq_ignore_ascii_case(algorithm.dns_name())
    {
        Some(Flaw::OtherKey)
    } else if flags.split(':').any(|flag| flag.trim() == "y") {
        Some(Flaw::Testing)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_key_is_compared() {
        let of = |records: &[&str]| {
            let texts: Vec<_> = records.iter().map(|one| (*one).to_owned()).collect();
            match outcome(&texts, Algorithm::RsaSha256, "MIIB+/=") {
                Outcome::Weak { flaw, .. } => Err(Some(flaw)),
                Outcome::Missing => Err(None),
                _ => Ok(()),
            }
        };
        assert_eq!(of(&["v=DKIM1; k=rsa; p=MIIB+/="]), Ok(()));
        assert_eq!(of(&["p=MIIB +/=", "another text"]), Ok(()));
        assert_eq!(of(&[]), Err(None));
        assert_eq!(of(&["v=DKIM1; p="]), Err(Some(Flaw::Revoked)));
        assert_eq!(of(&["v=DKIM1; k=rsa; p=MIIC"]), Err(Some(Flaw::OtherKey)));
        assert_eq!(
            of(&["v=DKIM1; k=ed25519; p=MIIB+/="]),
            Err(Some(Flaw::OtherKey))
        );
        assert_eq!(of(&["v=DKIM1; t=s:y; p=MIIB+/="]), Err(Some(Flaw::Testing)));
        assert_eq!(of(&["p=MIIB+/=", "p=MIIB+/="]), Err(Some(Flaw::Several)));
    }
}
