//! The headers that the mails of an issue have in common.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Digest as _;
use url::Url;

use super::mime::Head;
use super::snapshot::Snapshot;
use crate::domain::address::Address;
use crate::domain::timestamp::Timestamp;

/// What an address may hold in a `mailto:` URL as it is (RFC 6068 §2).
const MAILTO: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'@');

/// What the mails of one issue have in common, whatever the variant.
#[derive(Debug, Clone)]
pub struct MessageHeaders {
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
    /// When the audience was materialised: the mail's date, the same for every attempt.
    pub date: Timestamp,
    /// What every link begins with, without a slash at the end.
    pub public_url: String,
}

impl MessageHeaders {
    /// The headers of the mails of an issue whose audience was materialised at `date`.
    pub fn new(snapshot: &Snapshot, public_url: &str, date: Timestamp) -> Self {
        let newsletter = &snapshot.newsletter;
        Self {
            newsletter_key: newsletter.key.clone(),
            sender_name: newsletter.sender_name.clone(),
            sender: newsletter.sender_address.clone(),
            reply_to: newsletter.reply_to.clone(),
            number: snapshot.number,
            date,
            public_url: public_url.to_owned(),
        }
    }
}

/// The headers before the subject: all but `To` and `Message-ID`, which are each reader's own.
pub(super) fn before_subject(headers: &MessageHeaders) -> Head {
    let mut head = Head::new();
    head.from(&headers.sender_name, &headers.sender);
    if let Some(address) = &headers.reply_to {
        head.reply_to(address);
    }
    head
}

/// The subject, which is each variant's own.
pub(super) fn subject(subject: &str) -> Head {
    let mut head = Head::new();
    head.text("Subject", subject);
    head
}

/// The headers after the subject, but for those of MIME.
pub(super) fn after_subject(headers: &MessageHeaders, unsubscribe: &str) -> Head {
    let url = &headers.public_url;
    let answers = headers.reply_to.as_ref().unwrap_or(&headers.sender);
    let mailto = format!("<mailto:{}>", utf8_percent_encode(answers.as_str(), MAILTO));
    let mut head = Head::new();
    head.date(headers.date);
    // RFC 2369, RFC 2919; one-click: RFC 8058 §3.1, exactly one HTTPS URI
    head.plain("List-Id", &format!("<{}>", list_id(headers)));
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
    head.plain("Feedback-ID", &feedback_id(headers));
    // The subject says what is in the issue; its number is here, for filters and archives.
    head.plain("X-Issue-Number", &headers.number.to_string());
    head
}

/// Stable for ever, under a domain of one's own: the host of the pages, or the sender's domain
/// where that is no name in the DNS.
fn list_id(headers: &MessageHeaders) -> String {
    let url = Url::parse(&headers.public_url).ok();
    let host = url
        .as_ref()
        .and_then(Url::domain)
        .filter(|host| host.contains('.'))
        .unwrap_or_else(|| headers.sender.domain());
    format!("{}.{host}", word(&headers.newsletter_key))
}

/// `issue:newsletter:kind:sender` for Google's reports: says what was sent, not to whom. The last
/// field stands for the sender and has 5 to 15 characters.
fn feedback_id(headers: &MessageHeaders) -> String {
    let hash = sha2::Sha256::digest(headers.sender.domain());
    let sender = data_encoding::HEXLOWER.encode(&hash[..5]);
    let key = word(&headers.newsletter_key);
    format!("{}:{key}:issue:rb{sender}", headers.number)
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

#[cfg(test)]
mod tests {
    use mail_parser::{HeaderValue, MessageParser};

    use super::*;
    use crate::digest::mime::alternative;
    use crate::domain::language::Language;

    fn headers() -> MessageHeaders {
        MessageHeaders {
            newsletter_key: "region".to_owned(),
            sender_name: "Städteregion Beispiel".to_owned(),
            sender: Address::parse("region@example.org").expect("an address"),
            reply_to: Some(Address::parse("presse+region@example.org").expect("an address")),
            number: 14,
            date: Timestamp::from_micros(1_800_000_000_000_000),
            public_url: "https://news.example.org".to_owned(),
        }
    }

    #[test]
    fn every_header_is_there_once() {
        let head = before_subject(&headers()).into_text()
            + &subject("Region aktuell 14 – Grüße").into_text()
            + &after_subject(&headers(), "the-token").into_text();
        let bytes = alternative(Head::from_text(head), Language::De, "", "");
        let read = MessageParser::default().parse(&bytes).expect("a mail");
        for (name, value) in [
            ("Reply-To", "presse+region@example.org"),
            ("Date", "Fri, 15 Jan 2027 08:00:00 +0000"),
            ("List-Id", "<region.news.example.org>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("List-Subscribe", "<https://news.example.org/subscribe>"),
            ("List-Owner", "<mailto:presse%2Bregion@example.org>"),
            ("X-Issue-Number", "14"),
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
        let one_click = "<https://news.example.org/unsubscribe/the-token>";
        assert_eq!(
            read.header_raw("List-Unsubscribe").map(str::trim),
            Some(one_click)
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
            list_id(&MessageHeaders {
                public_url: public_url.to_owned(),
                ..headers()
            })
        };
        assert_eq!(on("http://127.0.0.1:8080"), "region.example.org");
        assert_eq!(on("http://localhost:8080"), "region.example.org");
        assert_eq!(on("https://news.example.de:8443"), "region.news.example.de");
    }
}
