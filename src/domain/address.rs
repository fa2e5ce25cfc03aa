//! Mail addresses, in the form in which they are stored and sent to a relay.
//!
//! Code that takes an address from outside (forms, imports, the command line) calls
//! [`Address::parse`]; after that an invalid address cannot exist. An address is personal data:
//! `Debug` and `Display` print only the [masked](Address::masked) form, so that none reaches a log.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

/// RFC 5321 §4.5.3.1.1, in octets.
const LONGEST_LOCAL_PART: usize = 64;
/// A path is at most 256 octets with its angle brackets (RFC 5321 §4.5.3.1.3).
const LONGEST_ADDRESS: usize = 254;
/// Composed and decomposed forms of a letter give the same address.
const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
/// Longer than any valid address; checked before any other work.
const LONGEST_INPUT: usize = 1_000;

/// An address that can be mailed: the local part as it was typed (in NFC), and the domain in its
/// ASCII form (A-labels, lower-case). Non-ASCII characters before the `@` need SMTPUTF8 (RFC 6531)
/// on every hop; see [`Address::is_ascii`].
///
/// Two addresses are equal if their text is equal; [`Address::key`] decides whether they are the
/// *same mailbox* for us.
#[derive(Clone, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Address {
    text: String,
    at: usize,
}

/// Why a text is not an address that we can mail. Never contains the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BadAddress {
    /// Nothing was given.
    #[error("the address is missing; enter one such as name@example.org")]
    Empty,
    /// Longer than a mail path may be.
    #[error(
        "the address is too long: at most {LONGEST_ADDRESS} characters can be delivered; check that only one address was entered"
    )]
    TooLong,
    /// A line break or another control character.
    #[error(
        "the address contains a line break or another control character; type it anew instead of pasting it"
    )]
    ControlCharacter,
    /// No `@`.
    #[error("the address has no @; enter it as name@example.org")]
    NoAt,
    /// More than one address, or more than one `@`.
    #[error("there is more than one address, or more than one @; enter exactly one address")]
    Several,
    /// A name with the address in angle brackets.
    #[error("there is more than the bare address; leave out the name and the angle brackets")]
    AngleBrackets,
    /// A blank inside.
    #[error("the address contains a blank; remove it")]
    Blank,
    /// Nothing before the `@`.
    #[error("there is nothing before the @; enter the address as name@example.org")]
    EmptyLocalPart,
    /// More than 64 octets before the `@`.
    #[error(
        "the part before the @ is too long: at most {LONGEST_LOCAL_PART} characters can be delivered; check it for typing errors"
    )]
    LongLocalPart,
    /// Characters that need SMTPUTF8 on every hop, where that is not supported.
    #[error(
        "the part before the @ contains a letter that not every mail system can deliver, such as ü or é; enter another address"
    )]
    NonAsciiLocalPart,
    /// Not an RFC 5322 dot-atom: quotes, comments, a dot at an edge or two in a row.
    #[error(
        "the part before the @ contains a character that cannot stand there, or a misplaced dot; check it for typing errors"
    )]
    BadLocalPart,
    /// Nothing after the `@`.
    #[error("there is nothing after the @; enter the address as name@example.org")]
    EmptyDomain,
    /// A number in place of a domain.
    #[error(
        "there is an IP address after the @; enter an address with a domain, such as name@example.org"
    )]
    IpAddress,
    /// One label only.
    #[error("the part after the @ has no ending such as .org; enter the full address")]
    NoTopLevelDomain,
    /// The domain or one of its labels is longer than DNS allows.
    #[error("the part after the @ is too long for a domain; check it for typing errors")]
    LongDomain,
    /// Not a domain name by UTS 46 with the host-name rules (STD 3).
    #[error("the part after the @ is not a domain; check it for typing errors")]
    BadDomain,
}

impl BadAddress {
    /// Every reason, so that a test can check that each has a message.
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::TooLong,
        Self::ControlCharacter,
        Self::NoAt,
        Self::Several,
        Self::AngleBrackets,
        Self::Blank,
        Self::EmptyLocalPart,
        Self::LongLocalPart,
        Self::NonAsciiLocalPart,
        Self::BadLocalPart,
        Self::EmptyDomain,
        Self::IpAddress,
        Self::NoTopLevelDomain,
        Self::LongDomain,
        Self::BadDomain,
    ];

    /// The fixed name by which forms find their own message and programs distinguish reasons.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::ControlCharacter => "control-character",
            Self::NoAt => "no-at",
            Self::Several => "several",
            Self::AngleBrackets => "angle-brackets",
            Self::Blank => "blank",
            Self::EmptyLocalPart => "empty-local",
            Self::LongLocalPart => "long-local",
            Self::NonAsciiLocalPart => "non-ascii-local",
            Self::BadLocalPart => "bad-local",
            Self::EmptyDomain => "empty-domain",
            Self::IpAddress => "ip-address",
            Self::NoTopLevelDomain => "no-tld",
            Self::LongDomain => "long-domain",
            Self::BadDomain => "bad-domain",
        }
    }
}

impl Address {
    /// Parses what a person typed. Surrounding white space (including invisible characters from
    /// pasting) is removed; the rest must be an address.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if text.is_empty() {
            return Err(BadAddress::Empty);
        }
        if text.len() > LONGEST_INPUT {
            return Err(BadAddress::TooLong);
        }
        let (local, domain) = split(text)?;
        let local = NFC.normalize(local);
        check_local_part(&local)?;
        let domain = ascii_domain(domain)?;
        let address = Self {
            text: format!("{local}@{domain}"),
            at: local.len(),
        };
        if address.text.len() > LONGEST_ADDRESS {
            return Err(BadAddress::TooLong);
        }
        Ok(address)
    }

    /// As [`Address::parse`], for our own addresses, which every mail system must be able to reply
    /// to.
    pub fn parse_ascii(text: &str) -> Result<Self, BadAddress> {
        let address = Self::parse(text)?;
        if !address.is_ascii() {
            return Err(BadAddress::NonAsciiLocalPart);
        }
        Ok(address)
    }

    /// The whole address, as in RCPT and `To`. [`Address::parse`] returns the same address for it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether every mail system can deliver to it; otherwise only those with SMTPUTF8.
    pub fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }

    /// What makes an address unique: all of it in lower case. (RFC 5321 lets a host distinguish
    /// `A@` from `a@`; no relevant one does, and people type either.)
    pub fn key(&self) -> String {
        NFC.normalize(&self.text.to_lowercase()).into_owned()
    }

    /// The part before the `@`, as it was typed.
    pub fn local_part(&self) -> &str {
        &self.text[..self.at]
    }

    /// The domain in its ASCII form, lower-case.
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The address for people: the domain in Unicode.
    pub fn display(&self) -> String {
        format!("{}@{}", self.local_part(), self.unicode_domain())
    }

    /// The address made unrecognisable, for pages that a forwarded mail may open, and for logs:
    /// `e•••@b•••.de`. Shows the first character of local part and domain (none of a part with only
    /// one) and the top-level domain, and reveals no lengths.
    pub fn masked(&self) -> String {
        let domain = self.unicode_domain();
        let (name, top) = domain.rsplit_once('.').unwrap_or((&domain, ""));
        format!(
            "{}@{}.{top}",
            masked_part(self.local_part()),
            masked_part(name)
        )
    }

    fn unicode_domain(&self) -> String {
        let (domain, outcome) = Uts46::new().to_unicode(
            self.domain().as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
        );
        // The ASCII form was checked when parsed; it remains valid even if a newer Unicode
        // disagrees.
        if outcome.is_ok() {
            domain.into_owned()
        } else {
            self.domain().to_owned()
        }
    }
}

/// Zero-width and direction marks that are copied from a page together with an address.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn split(text: &str) -> Result<(&str, &str), BadAddress> {
    if text.chars().any(char::is_control) {
        return Err(BadAddress::ControlCharacter);
    }
    let Some((local, domain)) = text.split_once('@') else {
        return Err(BadAddress::NoAt);
    };
    if domain.contains('@') || text.contains([',', ';']) {
        return Err(BadAddress::Several);
    }
    if text.contains(['<', '>']) {
        return Err(BadAddress::AngleBrackets);
    }
    if text.contains(char::is_whitespace) {
        return Err(BadAddress::Blank);
    }
    Ok((local, domain))
}

/// A dot-atom (RFC 5322 §3.2.3), which RFC 5321 §4.1.2 recommends to senders. RFC 6532 §3.2 adds
/// all of Unicode; we accept letters, marks and digits only, none of which is invisible or changes
/// the text direction.
fn check_local_part(local: &str) -> Result<(), BadAddress> {
    if local.is_empty() {
        return Err(BadAddress::EmptyLocalPart);
    }
    if local.len() > LONGEST_LOCAL_PART {
        return Err(BadAddress::LongLocalPart);
    }
    if local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(is_atext))
    {
        Ok(())
    } else {
        Err(BadAddress::BadLocalPart)
    }
}

fn is_atext(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    }
    let named_with = GeneralCategoryGroup::Letter
        .union(GeneralCategoryGroup::Mark)
        .union(GeneralCategoryGroup::DecimalNumber);
    named_with.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

fn ascii_domain(domain: &str) -> Result<String, BadAddress> {
    if domain.is_empty() {
        return Err(BadAddress::EmptyDomain);
    }
    if domain.starts_with('[') {
        return Err(BadAddress::IpAddress);
    }
    let ascii = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Ignore,
        )
        .map_err(|_| BadAddress::BadDomain)?;
    // The checks use the ASCII form, which has no full-width digits or ideographic full stops.
    if ascii.parse::<std::net::Ipv4Addr>().is_ok() {
        return Err(BadAddress::IpAddress);
    }
    if ascii.split('.').any(str::is_empty) {
        return Err(BadAddress::BadDomain);
    }
    if !idna::uts46::verify_dns_length(&ascii, false) {
        return Err(BadAddress::LongDomain);
    }
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return Err(BadAddress::NoTopLevelDomain);
    };
    if top.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadAddress::BadDomain);
    }
    Ok(ascii.into_owned())
}

fn masked_part(part: &str) -> String {
    let mut letters = part.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(_)) => format!("{first}•••"),
        _ => "•••".to_owned(),
    }
}

impl std::str::FromStr for Address {
    type Err = BadAddress;
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        Self::parse(text)
    }
}

/// For rows of the database and values of the configuration.
impl TryFrom<String> for Address {
    type Error = BadAddress;
    fn try_from(text: String) -> Result<Self, BadAddress> {
        Self::parse(&text)
    }
}

/// The masked form.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.masked())
    }
}

/// The masked form.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap_or_else(|reason| panic!("{text:?}: {reason}"))
    }

    #[test]
    fn the_forms_of_an_address() {
        let it = address("  Erika.Mustermann+Zeitung@Bürger.Aachen.DE \u{200b}");
        assert_eq!(
            it.as_str(),
            "Erika.Mustermann+Zeitung@xn--brger-kva.aachen.de"
        );
        assert_eq!(it.key(), "erika.mustermann+zeitung@xn--brger-kva.aachen.de");
        assert_eq!(it.display(), "Erika.Mustermann+Zeitung@bürger.aachen.de");
        assert_eq!(it.local_part(), "Erika.Mustermann+Zeitung");
        assert_eq!(it.domain(), "xn--brger-kva.aachen.de");
        assert_eq!(it.masked(), "E•••@b•••.de");
        assert_eq!(address(it.as_str()), it);
        assert_eq!(address(&it.display()), it);
    }

    #[test]
    fn masks_reveal_no_short_part() {
        assert_eq!(address("a@b.de").masked(), "•••@•••.de");
        assert_eq!(address("ab@bc.de").masked(), "a•••@b•••.de");
        assert_eq!(address("info@über.example").masked(), "i•••@ü•••.example");
        let it = address("erika@buerger.de");
        assert_eq!(format!("{it}"), "e•••@b•••.de");
        assert_eq!(format!("{it:?}"), "Address(e•••@b•••.de)");
    }

    #[test]
    fn common_addresses_are_accepted() {
        for text in [
            "a@b.co",
            "o'neill@example.ie",
            "x_y-z=1@sub-domain.example.org",
            "1234567@qq.com",
            "post@straße.example",
            "post@faß.de",
            "info@3m.com",
            "a@xn--mnchen-3ya.de",
            "a@r3---sn.example.com",
            "ME@EXAMPLE.ORG",
            &format!("{}@example.org", "a".repeat(64)),
        ] {
            assert!(address(text).is_ascii(), "{text}");
        }
    }

    #[test]
    fn letters_of_every_language_are_accepted_before_the_at() {
        for text in [
            "jürgen@example.org",
            "Ἀλέξανδρος@παράδειγμα.example",
            "用户@例子.example",
            "संपर्क@डाटा.example",
            &format!("{}@example.org", "ü".repeat(32)),
        ] {
            let it = address(text);
            assert!(!it.is_ascii() && it.domain().is_ascii(), "{text}");
        }
        let (composed, apart) = (
            address("JÜRGEN@example.org"),
            address("ju\u{308}rgen@EXAMPLE.org"),
        );
        assert_eq!(apart.as_str(), "jürgen@example.org");
        assert_eq!(composed.key(), apart.key());
        assert_eq!(apart.masked(), "j•••@e•••.org");
    }

    #[test]
    fn every_refusal_names_its_reason() {
        let long_label = format!("a@{}.de", "b".repeat(64));
        let long_domain = format!("a@{}de", "b23456789.".repeat(26));
        let long_whole = format!("{}@{}de", "a".repeat(60), "b23456789.".repeat(20));
        let cases: &[(&str, BadAddress)] = &[
            ("", BadAddress::Empty),
            (" \u{feff}\t\r\n", BadAddress::Empty),
            (&"a@".repeat(600), BadAddress::TooLong),
            (&long_whole, BadAddress::TooLong),
            ("a@b.de\r\nBcc: c@d.de", BadAddress::ControlCharacter),
            ("a\0@b.de", BadAddress::ControlCharacter),
            ("a@b\u{85}.de", BadAddress::ControlCharacter),
            ("erika", BadAddress::NoAt),
            ("a@b.de, c@d.de", BadAddress::Several),
            ("a@b.de;", BadAddress::Several),
            ("a@@b.de", BadAddress::Several),
            ("\"a@b\"@c.de", BadAddress::Several),
            ("Erika <a@b.de>", BadAddress::AngleBrackets),
            ("<a@b.de>", BadAddress::AngleBrackets),
            ("a b@c.de", BadAddress::Blank),
            ("a@b .de", BadAddress::Blank),
            ("a@b\u{2028}.de", BadAddress::Blank),
            ("@b.de", BadAddress::EmptyLocalPart),
            (
                &format!("{}@b.de", "a".repeat(65)),
                BadAddress::LongLocalPart,
            ),
            (
                &format!("{}@b.de", "a".repeat(400)),
                BadAddress::LongLocalPart,
            ),
            (
                &format!("{}@b.de", "ü".repeat(33)),
                BadAddress::LongLocalPart,
            ),
            ("a\u{200b}b@c.de", BadAddress::BadLocalPart),
            ("a\u{202e}b@c.de", BadAddress::BadLocalPart),
            ("a\u{ad}b@c.de", BadAddress::BadLocalPart),
            ("😀@c.de", BadAddress::BadLocalPart),
            ("a”b@c.de", BadAddress::BadLocalPart),
            ("a\u{378}b@c.de", BadAddress::BadLocalPart),
            (".a@b.de", BadAddress::BadLocalPart),
            ("a.@b.de", BadAddress::BadLocalPart),
            ("a..b@c.de", BadAddress::BadLocalPart),
            ("\"a\"@b.de", BadAddress::BadLocalPart),
            ("a(b)@c.de", BadAddress::BadLocalPart),
            ("mailto:a@b.de", BadAddress::BadLocalPart),
            ("a@", BadAddress::EmptyDomain),
            ("a@[192.0.2.1]", BadAddress::IpAddress),
            ("a@[IPv6:2001:db8::1]", BadAddress::IpAddress),
            ("a@192.0.2.1", BadAddress::IpAddress),
            ("a@１９２.0.2.1", BadAddress::IpAddress),
            ("a@localhost", BadAddress::NoTopLevelDomain),
            (&long_label, BadAddress::LongDomain),
            (&long_domain, BadAddress::LongDomain),
            ("a@b.", BadAddress::BadDomain),
            ("a@.de", BadAddress::BadDomain),
            ("a@b..de", BadAddress::BadDomain),
            ("a@b_c.de", BadAddress::BadDomain),
            ("a@-b.de", BadAddress::BadDomain),
            ("a@b-.de", BadAddress::BadDomain),
            ("a@b.123", BadAddress::BadDomain),
            ("a@b/c.de", BadAddress::BadDomain),
            ("a@xn--99999999.de", BadAddress::BadDomain),
            ("a@b(c).de", BadAddress::BadDomain),
        ];
        for (text, reason) in cases {
            assert_eq!(Address::parse(text), Err(*reason), "{text:?}");
        }
        let not_of_parse = BadAddress::NonAsciiLocalPart;
        assert_eq!(Address::parse_ascii("jürgen@b.de"), Err(not_of_parse));
        assert!(Address::parse_ascii("erika@bücher.example").is_ok());
        let untested: Vec<_> = BadAddress::ALL
            .iter()
            .filter(|one| **one != not_of_parse)
            .filter(|one| !cases.iter().any(|(_, reason)| reason == *one))
            .collect();
        assert!(untested.is_empty(), "{untested:?}");
    }

    #[test]
    fn reasons_are_distinct_names() {
        let mut names: Vec<_> = BadAddress::ALL.iter().map(|one| one.reason()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), BadAddress::ALL.len());
        assert!(
            names
                .iter()
                .all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        );
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_accepted_addresses_are_safe_in_smtp(text in r"\PC{0,12}@?\PC{0,12}\.?\PC{0,4}") {
            if let Ok(it) = Address::parse(&text) {
                prop_assert!(it.as_str().chars().all(|c| !c.is_control() && !c.is_whitespace() && !"<>,;:\\\"()[]".contains(c)), "{}", it.as_str());
                prop_assert_eq!(&address(it.as_str()), &it);
                prop_assert_eq!(address(&it.display()).key(), it.key());
                prop_assert_eq!(address(&it.key()).key(), it.key());
                prop_assert!(!it.is_ascii() || it.as_str().parse::<lettre::Address>().is_ok(), "{}", it.as_str());
            }
        }

        #[test]
        fn lettre_accepts_every_ordinary_address(
            local in r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]{1,20}(\.[a-zA-Z0-9_+-]{1,20}){0,2}",
            name in r"[a-zäöüßéèçñ0-9]{2,12}(-[a-z0-9]{1,5})?",
            top in "(de|org|museum|xn--p1ai|рф)",
        ) {
            let it = address(&format!("{local}@{name}.{top}"));
            let theirs = it.as_str().parse::<lettre::Address>();
            prop_assert_eq!(theirs.ok().map(|one| one.to_string()), Some(it.as_str().to_owned()));
            prop_assert_eq!(&address(it.as_str()), &it);
            prop_assert_eq!(address(&it.display()), it.clone());
            prop_assert!(!it.masked().contains(&local) || local.chars().count() < 2);
        }
    }
}
