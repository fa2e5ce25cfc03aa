//! The DNS record that receivers need to verify signatures (RFC 6376 §3.6).

use crate::domain::dkim::Algorithm;

/// One string of a TXT record holds no more (RFC 1035 §3.3.14).
const LONGEST_STRING: usize = 255;

/// The TXT record of a key.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DnsRecord {
    /// Its name, without a trailing dot.
    pub name: String,
    /// Its value, in one piece for web forms.
    pub value: String,
}

impl DnsRecord {
    /// The record of a key; `public_key` is base64.
    pub fn new(selector: &str, domain: &str, algorithm: Algorithm, public_key: &str) -> Self {
        Self {
            name: format!("{selector}._domainkey.{domain}"),
            value: format!("v=DKIM1; k={}; p={public_key}", algorithm.dns_name()),
        }
    }

    /// The value split into the strings of the record.
    pub fn strings(&self) -> Vec<&str> {
        let mut strings = Vec::new();
        let mut rest = self.value.as_str();
        while !rest.is_empty() {
            let string;
            (string, rest) = rest.split_at(rest.len().min(LONGEST_STRING)); // it is ASCII
            strings.push(string);
        }
        strings
    }

    /// The line for a zone file.
    pub fn zone_line(&self) -> String {
        let strings = self.strings();
        let quoted: Vec<_> = strings.iter().map(|part| format!("\"{part}\"")).collect();
        format!("{}. IN TXT ( {} )", self.name, quoted.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_and_lose_nothing() {
        let key = "A".repeat(392);
        let record = DnsRecord::new("rb202611r", "example.org", Algorithm::RsaSha256, &key);
        assert_eq!(record.name, "rb202611r._domainkey.example.org");
        let strings = record.strings();
        assert_eq!(strings.len(), 2);
        assert!(strings.iter().all(|part| part.len() <= 255));
        assert_eq!(strings.concat(), record.value);
        let short = DnsRecord::new("s", "example.org", Algorithm::Ed25519Sha256, "abc=");
        assert_eq!(
            short.zone_line(),
            "s._domainkey.example.org. IN TXT ( \"v=DKIM1; k=ed25519; p=abc=\" )"
        );
    }
}
