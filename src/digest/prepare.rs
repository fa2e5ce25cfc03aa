//! From a rendered variant to a [`PreparedMail`]: the headers every reader of it shares, the
//! encoded body, and where the tokens go.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Digest as _;
use url::Url;

use super::mime::{Head, alternative, quoted_printable};
use super::placeholder::placeholder;
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::mail::{BadMail, Place, Places, PreparedMail};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Purpose;
use crate::store::variant::StoredVariant;

/// What an address may hold in a `mailto:` URL as it is (RFC 6068 §2).
const MAILTO: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'@');

/// What the mails of one issue have in common, whatever the variant.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The newsletter's key.
    pub newsletter_key: String,
    /// The name readers see as sender.
    pub sender_name: String,
    /// The address it is sent from.
    pub sender: Address,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Address>,
    /// The number.
    pub number: i64,
    /// When the audience was frozen: the mail's date, the same for every attempt.
    pub date: Timestamp,
    /// The hash of the released texts.
    pub release_hash: String,
    /// What every link begins with, without a slash at the end.
    pub public_url: String,
}

/// A variant of which no mail can be made. Met only by who changes the templates.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// A part without one of the links.
    #[error(
        "the {part} part has no {purpose} link; no mail goes out without it. This is an error in the templates"
    )]
    NoLink {
        /// Which part.
        part: &'static str,
        /// Which link.
        purpose: &'static str,
    },
    /// Encoding has lost or made a place.
    #[error(
        "{found} places for the {purpose} token after encoding, expected {expected}; this is an error in the program"
    )]
    Places {
        /// Which token.
        purpose: &'static str,
        /// As many as there are.
        found: usize,
        /// As many as there were.
        expected: usize,
    },
    /// The bytes make no mail.
    #[error(transparent)]
    Bad(#[from] BadMail),
}

/// A variant with its HTML as it goes over the wire: encoded once, for its size and for the mail.
#[derive(Debug, Clone)]
pub struct Encoded {
    parts: StoredVariant,
    html: String,
}

impl Encoded {
    /// Encodes the HTML part.
    pub fn new(parts: StoredVariant) -> Self {
        let html = quoted_printable(&parts.html);
        Self { parts, html }
    }

    /// The variant that is kept, which is another where another node was first.
    #[must_use]
    pub fn kept(self, parts: StoredVariant) -> Self {
        if self.parts == parts {
            self
        } else {
            Self::new(parts)
        }
    }

    /// The parts as they were rendered.
    pub const fn parts(&self) -> &StoredVariant {
        &self.parts
    }

    /// The size of the encoded HTML part.
    pub const fn html_bytes(&self) -> usize {
        self.html.len()
    }
}

/// Makes the mail of a variant.
pub fn prepare(
    encoded: &Encoded,
    language: Language,
    envelope: &Envelope,
) -> Result<PreparedMail, PrepareError> {
    let variant = &encoded.parts;
    let unsubscribe = placeholder(&envelope.release_hash, Purpose::Unsubscribe);
    let preferences = placeholder(&envelope.release_hash, Purpose::Preferences);
    let head = head(&variant.subject, envelope, &unsubscribe);
    let text = quoted_printable(&variant.text);
    let bytes = alternative(head, language, &text, &encoded.html);

    let logical = Logical::of(&bytes);
    let places = Places {
        unsubscribe: logical.find(&unsubscribe),
        preferences: logical.find(&preferences),
    };
    // In the header List-Unsubscribe stands one more.
    check(
        variant,
        "unsubscribe",
        &unsubscribe,
        1,
        places.unsubscribe.len(),
    )?;
    check(
        variant,
        "preferences",
        &preferences,
        0,
        places.preferences.len(),
    )?;
    Ok(PreparedMail::new(envelope.sender.clone(), bytes, places)?)
}

/// Everything but `To` and `Message-ID`, which are each reader's own.
fn head(subject: &str, envelope: &Envelope, unsubscribe: &str) -> Head {
    let url = &envelope.public_url;
    let answers = envelope.reply_to.as_ref().unwrap_or(&envelope.sender);
    let mailto = format!("<mailto:{}>", utf8_percent_encode(answers.as_str(), MAILTO));
    let mut head = Head::new();
    head.from(&envelope.sender_name, &envelope.sender);
    if let Some(address) = &envelope.reply_to {
        head.reply_to(address);
    }
    head.text("Subject", subject);
    head.date(envelope.date);
    // RFC 2369, RFC 2919; one-click: RFC 8058 §3.1, exactly one HTTPS URI
    head.plain("List-Id", &format!("<{}>", list_id(envelope)));
    head.plain(
        "List-Unsubscribe",
        &format!("<{url}/unsubscribe/{unsubscribe}>"),
    );
    head.plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    head.plain("List-Subscribe", &format!("<{url}/subscribe>"));
    head.plain("List-Help", &mailto);
    head.plain("List-Owner", &mailto);
    head.plain("List-Post", "NO");
    head.plain("Precedence", "bulk"); // not in a standard, but it silences vacation notices
    head.plain("X-Auto-Response-Suppress", "OOF, AutoReply");
    head.plain("Feedback-ID", &feedback_id(envelope));
    head
}

/// Stable for ever, under a domain of one's own: the host of the pages, or the sender's domain
/// where that is no name in the DNS.
fn list_id(envelope: &Envelope) -> String {
    let url = Url::parse(&envelope.public_url).ok();
    let host = url
        .as_ref()
        .and_then(Url::domain)
        .filter(|host| host.contains('.'))
        .unwrap_or_else(|| envelope.sender.domain());
    format!("{}.{host}", word(&envelope.newsletter_key))
}

/// `issue:newsletter:kind:sender` for Google's reports: says what was sent, not to whom. The last
/// field stands for the sender and has 5 to 15 characters.
fn feedback_id(envelope: &Envelope) -> String {
    let hash = sha2::Sha256::digest(envelope.sender.domain());
    let sender = data_encoding::HEXLOWER.encode(&hash[..5]);
    let key = word(&envelope.newsletter_key);
    format!("{}:{key}:issue:rb{sender}", envelope.number)
}

/// A newsletter's key as part of a domain name.
fn word(key: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    key.chars()
        .map(|c| {
            if allowed(c) {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect()
}

/// The bytes as a decoder of quoted-printable sees them.
struct Logical {
    bytes: Vec<u8>,
    /// Where soft line breaks stood: before which of [`Self::bytes`].
    breaks: Vec<usize>,
}

/// A soft line break (RFC 2045 §6.7).
const SOFT_BREAK: &[u8] = b"=\r\n";

impl Logical {
    fn of(encoded: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(encoded.len());
        let mut breaks = Vec::new();
        let mut done = 0;
        for at in memchr::memmem::find_iter(encoded, SOFT_BREAK) {
            bytes.extend_from_slice(&encoded[done..at]);
            breaks.push(bytes.len());
            done = at + SOFT_BREAK.len();
        }
        bytes.extend_from_slice(&encoded[done..]);
        Self { bytes, breaks }
    }

    /// Where a byte stands in the encoded text.
    fn offset(&self, at: usize) -> u32 {
        let before = self.breaks.partition_point(|place| *place <= at);
        u32::try_from(at + before * SOFT_BREAK.len()).unwrap_or(u32::MAX)
    }

    fn find(&self, wanted: &str) -> Vec<Place> {
        memchr::memmem::find_iter(&self.bytes, wanted)
            .map(|begin| std::array::from_fn(|letter| self.offset(begin + letter)))
            .collect()
    }
}

fn check(
    variant: &StoredVariant,
    purpose: &'static str,
    placeholder: &str,
    in_headers: usize,
    found: usize,
) -> Result<(), PrepareError> {
    let mut expected = in_headers;
    for (part, content) in [("HTML", &variant.html), ("text", &variant.text)] {
        let count = memchr::memmem::find_iter(content.as_bytes(), placeholder).count();
        if count == 0 {
            return Err(PrepareError::NoLink { part, purpose });
        }
        expected += count;
    }
    if found == expected {
        Ok(())
    } else {
        Err(PrepareError::Places {
            purpose,
            found,
            expected,
        })
    }
}

#[cfg(test)]
mod tests {
    use mail_parser::{HeaderValue, MessageParser};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::mail::Personal;
    use crate::domain::token::TOKEN_LEN;

    fn envelope() -> Envelope {
        Envelope {
            newsletter_key: "region".to_owned(),
            sender_name: "Städteregion Beispiel".to_owned(),
            sender: Address::parse("region@example.org").expect("an address"),
            reply_to: Some(Address::parse("presse+region@example.org").expect("an address")),
            number: 14,
            date: Timestamp::from_micros(1_800_000_000_000_000),
            release_hash: "ab".repeat(32),
            public_url: "https://news.example.org".to_owned(),
        }
    }

    fn holder(purpose: Purpose) -> String {
        placeholder(&envelope().release_hash, purpose)
    }

    fn variant(html: String, text: String) -> Encoded {
        Encoded::new(StoredVariant {
            subject: "Region aktuell 14 – Grüße".to_owned(),
            html,
            text,
        })
    }

    const ONE: [u8; TOKEN_LEN] = [b'1'; TOKEN_LEN];
    const TWO: [u8; TOKEN_LEN] = [b'2'; TOKEN_LEN];

    fn personal(mail: &PreparedMail) -> Vec<u8> {
        let to = Address::parse("erika@example.org").expect("an address");
        mail.personal(&Personal {
            to: &to,
            message_id: "abc@example.org",
            unsubscribe: &ONE,
            preferences: &TWO,
        })
    }

    fn links() -> String {
        format!(
            "https://x/u/{} https://x/p/{}",
            holder(Purpose::Unsubscribe),
            holder(Purpose::Preferences)
        )
    }

    #[test]
    fn every_header_is_there_once() {
        let mail = prepare(&variant(links(), links()), Language::De, &envelope()).expect("a mail");
        let bytes = personal(&mail);
        let read = MessageParser::default().parse(&bytes).expect("a mail");
        for (name, value) in [
            ("To", "erika@example.org"),
            ("Message-ID", "<abc@example.org>"),
            ("Reply-To", "presse+region@example.org"),
            ("Date", "Fri, 15 Jan 2027 08:00:00 +0000"),
            ("List-Id", "<region.news.example.org>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("List-Subscribe", "<https://news.example.org/subscribe>"),
            ("List-Owner", "<mailto:presse%2Bregion@example.org>"),
            ("List-Post", "NO"),
            ("Precedence", "bulk"),
            ("Content-Language", "de"),
            ("MIME-Version", "1.0"),
        ] {
            assert_eq!(read.header_raw(name).map(str::trim), Some(value), "{name}");
            let count = read
                .headers()
                .iter()
                .filter(|header| header.name().eq_ignore_ascii_case(name))
                .count();
            assert_eq!(count, 1, "{name}");
        }
        let one_click = format!(
            "<https://news.example.org/unsubscribe/{}>",
            "1".repeat(TOKEN_LEN)
        );
        assert_eq!(
            read.header_raw("List-Unsubscribe").map(str::trim),
            Some(one_click.as_str())
        );
        assert!(matches!(
            read.header("Auto-Submitted"),
            None | Some(HeaderValue::Empty)
        ));
        assert_eq!(read.subject(), Some("Region aktuell 14 – Grüße"));
        let feedback = read.header_raw("Feedback-ID").expect("a header").trim();
        assert!(
            feedback.starts_with("14:region:issue:rb") && feedback.split(':').count() == 4,
            "{feedback}"
        );
    }

    #[test]
    fn a_list_id_is_under_a_domain() {
        let on = |public_url: &str| {
            list_id(&Envelope {
                public_url: public_url.to_owned(),
                ..envelope()
            })
        };
        assert_eq!(on("http://127.0.0.1:8080"), "region.example.org");
        assert_eq!(on("http://localhost:8080"), "region.example.org");
        assert_eq!(on("https://news.example.de:8443"), "region.news.example.de");
    }

    #[test]
    fn a_part_without_a_link_is_refused() {
        let only = |purpose| format!("https://x/{}", holder(purpose));
        let refused = |html, text| {
            prepare(&variant(html, text), Language::De, &envelope())
                .map(|_| ())
                .map_err(|error| error.to_string())
        };
        assert!(
            refused(links(), only(Purpose::Unsubscribe))
                .is_err_and(|error| error.contains("text part has no preferences link"))
        );
        assert!(
            refused(only(Purpose::Preferences), links())
                .is_err_and(|error| error.contains("HTML part has no unsubscribe link"))
        );
    }

    #[test]
    fn the_mail_has_the_html_that_is_kept() {
        let rendered = variant(format!("here {}", links()), links());
        let there = variant(format!("a longer one, from there: {}", links()), links());
        for parts in [rendered.parts(), there.parts()] {
            let kept = rendered.clone().kept(parts.clone());
            let mail = prepare(&kept, Language::De, &envelope()).expect("a mail");
            let html = quoted_printable(&parts.html);
            assert_eq!(kept.html_bytes(), html.len());
            assert!(memchr::memmem::find(mail.bytes(), html.as_bytes()).is_some());
        }
    }

    proptest! {
        #[test]
        fn tokens_stand_at_their_places_and_nothing_else_changes(
            text in prop::collection::vec("(?s).{0,90}", 1..6),
            html in prop::collection::vec("(?s)[ -~äß€=\t\n]{0,90}", 1..6),
        ) {
            let part = |pieces: &[String], one: &str, two: &str| {
                let mut whole = one.to_owned();
                for (index, piece) in pieces.iter().enumerate() {
                    whole.push_str(piece);
                    whole.push_str(if index % 2 == 0 { two } else { one });
                }
                whole.replace("\r\n", "\n").replace('\n', "\r\n")
            };
            let (unsubscribe, preferences) = (holder(Purpose::Unsubscribe), holder(Purpose::Preferences));
            let shared = variant(part(&html, &unsubscribe, &preferences), part(&text, &unsubscribe, &preferences));
            let mail = prepare(&shared, Language::De, &envelope()).expect("a mail");
            let bytes = personal(&mail);
            let read = MessageParser::default().parse(&bytes).expect("a mail");
            let (one, two) = ("1".repeat(TOKEN_LEN), "2".repeat(TOKEN_LEN));
            let (text, html) = (part(&text, &one, &two), part(&html, &one, &two));
            prop_assert_eq!(read.parts[1].text_contents(), Some(text.as_str()));
            prop_assert_eq!(read.parts[2].text_contents(), Some(html.as_str()));
        }
    }
}
