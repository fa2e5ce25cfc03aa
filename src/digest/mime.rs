//! Mails as they are sent: headers and a `multipart/alternative` of text and HTML.
//!
//! One builder for issues (`variant`), notices and test mails (`jobs`, `cli`). Bodies are
//! quoted-printable, so that nothing but ASCII goes out, no line is longer than 76 octets and no
//! relay has a reason to change a byte. What people typed (names, subjects) passes through lettre's
//! encoder for RFC 2047, cleaned of line breaks first; everything else is written by this program.

use std::borrow::Cow;

use lettre::message::header::{From, HeaderName, HeaderValue, Headers, ReplyTo};
use lettre::message::{Mailbox, Mailboxes};
use sha2::Digest as _;

use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::text::is_unwanted;
use crate::domain::timestamp::Timestamp;

/// Longer than any subject or name that is read; shorter than a line that has to be folded inside
/// a word (RFC 5322 §2.1.1).
const LONGEST_TEXT: usize = 250;

/// The headers of a mail, in their order.
#[derive(Debug, Clone, Default)]
pub struct Head(String);

impl Head {
    /// No headers yet.
    pub const fn new() -> Self {
        Self(String::new())
    }

    #[cfg(test)]
    pub(super) const fn from_text(text: String) -> Self {
        Self(text)
    }

    /// The headers as they stand in a mail.
    pub fn into_text(self) -> String {
        self.0
    }

    /// A header with a text that people wrote, such as `Subject`.
    pub fn text(&mut self, name: &'static str, text: &str) {
        let mut headers = Headers::new();
        headers.insert_raw(HeaderValue::new(
            HeaderName::new_from_ascii_str(name),
            one_line(text),
        ));
        self.0.push_str(&headers.to_string());
    }

    /// Whom the mail is from.
    pub fn from(&mut self, name: &str, address: &Address) {
        let mut headers = Headers::new();
        headers.set(From::from(mailboxes(name, address)));
        self.0.push_str(&headers.to_string());
    }

    /// Whom answers go to.
    pub fn reply_to(&mut self, address: &Address) {
        let mut headers = Headers::new();
        headers.set(ReplyTo::from(mailboxes("", address)));
        self.0.push_str(&headers.to_string());
    }

    /// The date (RFC 5322 §3.3), in UTC.
    pub fn date(&mut self, at: Timestamp) {
        self.plain("Date", &at.utc().to_rfc2822());
    }

    /// The reader. Letters outside ASCII stay as they are (RFC 6532 §3.2): an address knows no
    /// encoding, and a mail to such a reader goes only to relays with SMTPUTF8.
    pub fn to(&mut self, address: &Address) {
        self.0.push_str("To: ");
        self.0.push_str(address.as_str());
        self.0.push_str("\r\n");
    }

    /// A header whose value this program makes. Anything but printable ASCII is left out, so that
    /// even a wrong value stays one header.
    pub fn plain(&mut self, name: &'static str, value: &str) {
        self.0.push_str(name);
        self.0.push_str(": ");
        self.0
            .extend(value.chars().filter(|c| matches!(c, ' '..='~')));
        self.0.push_str("\r\n");
    }
}

/// The whole mail: these headers, and its body as text and as HTML, both as [`quoted_printable()`]
/// gives them. The boundary follows from the content: the same mail has the same bytes.
pub fn alternative(head: Head, language: Language, text: &str, html: &str) -> Vec<u8> {
    let content = [head.0.clone(), text.to_owned(), html.to_owned()];
    alternative_with(
        &content.each_ref().map(String::as_str),
        head,
        language,
        text,
        html,
    )
}

/// The same with a boundary that is derived from `seeds`.
pub(super) fn alternative_with(
    seeds: &[&str],
    head: Head,
    language: Language,
    text: &str,
    html: &str,
) -> Vec<u8> {
    let alternative = Alternative::new(seeds);
    let pieces = [
        &alternative.opening(head, language),
        text,
        &alternative.between(),
        html,
        &alternative.end(),
    ];
    pieces.concat().into_bytes()
}

/// What surrounds the text and the HTML of a mail, least rich first (RFC 2046 §5.1.4). Each piece
/// ends with a line end, and so has the text to.
#[derive(Debug)]
pub struct Alternative {
    boundary: String,
}

impl Alternative {
    /// With a boundary that is derived from these texts. `=_` cannot occur in quoted-printable, so no
    /// content can hold a boundary.
    pub fn new(seeds: &[&str]) -> Self {
        let mut hash = sha2::Sha256::new();
        for seed in seeds {
            hash.update(seed.len().to_be_bytes());
            hash.update(seed);
        }
        let hash = data_encoding::HEXLOWER.encode(&hash.finalize()[..16]);
        Self {
            boundary: format!("=_{hash}"),
        }
    }

    /// The headers, and what precedes the text.
    pub fn opening(&self, head: Head, language: Language) -> String {
        let mut head = head;
        head.plain("Content-Language", language.as_str());
        head.plain("MIME-Version", "1.0");
        head.plain(
            "Content-Type",
            &format!("multipart/alternative; boundary=\"{}\"", self.boundary),
        );
        head.0 + &self.before("plain")
    }

    /// What separates the text from the HTML.
    pub fn between(&self) -> String {
        self.before("html")
    }

    /// What follows the HTML.
    pub fn end(&self) -> String {
        format!("\r\n--{}--\r\n", self.boundary)
    }

    fn before(&self, kind: &str) -> String {
        format!(
            "\r\n--{}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
            self.boundary
        )
    }
}

/// A text as quoted-printable (RFC 2045 §6.7): lines of at most 76 octets, ended by CRLF.
pub fn quoted_printable(text: &str) -> String {
    // Our templates write `\n` alone, and looking for one character is far quicker than for two.
    let lines = if text.contains('\r') {
        Cow::from(text.replace("\r\n", "\n"))
    } else {
        Cow::from(text)
    };
    ::quoted_printable::encode_to_str(lines.replace('\n', "\r\n"))
}

fn mailboxes(name: &str, address: &Address) -> Mailboxes {
    let name = one_line(name);
    let email = lettre::Address::new(address.local_part(), address.domain())
        .expect("our addresses are the stricter ones");
    Mailboxes::new().with(Mailbox::new(
        Some(name).filter(|name| !name.is_empty()),
        email,
    ))
}

/// One line without control characters, and without the beginning of an encoded word: a reader
/// would see what it decodes to, not what was typed.
fn one_line(text: &str) -> String {
    let visible = text.replace(|c: char| c.is_control() || is_unwanted(c), " ");
    let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .replace("=?", "= ?")
        .chars()
        .take(LONGEST_TEXT)
        .collect()
}

/// A mail to one person that is no issue.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// The sender's name.
    pub from_name: &'a str,
    /// The sender's address.
    pub from: &'a Address,
    /// The reader's address.
    pub to: &'a Address,
    /// The Message-ID without angle brackets.
    pub message_id: &'a str,
    /// When it was asked for, so that every attempt is the same mail.
    pub date: Timestamp,
    /// The language it is written in.
    pub language: Language,
    /// The host of the form that caused it, where one did: receivers tell floods of confirmation
    /// mails by it (header `Form-Sub`). The visitor's IP address is not said.
    pub form_host: Option<&'a str>,
}

impl Notice<'_> {
    /// The bytes for `DATA`.
    pub fn bytes(&self, mail: &templates::mails::Mail) -> Vec<u8> {
        let mut head = Head::new();
        head.to(self.to);
        head.plain("Message-ID", &format!("<{}>", self.message_id));
        head.from(self.from_name, self.from);
        head.text("Subject", &mail.subject);
        head.date(self.date);
        head.plain("Auto-Submitted", "auto-generated"); // RFC 3834 §5
        head.plain("X-Auto-Response-Suppress", "All");
        if let Some(host) = self.form_host {
            head.plain("Form-Sub", &format!("v=1; hd={host}"));
        }
        let [text, html] = [&mail.text, &mail.html].map(|part| quoted_printable(part));
        alternative(head, self.language, &text, &html)
    }
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).expect("an address")
    }

    fn notice(from_name: &str, mail: &templates::mails::Mail) -> Vec<u8> {
        Notice {
            from_name,
            from: &address("post@example.org"),
            to: &address("erika@example.org"),
            message_id: "abc@example.org",
            date: Timestamp::from_micros(1_800_000_000_000_000),
            language: Language::De,
            form_host: Some("news.example.org"),
        }
        .bytes(mail)
    }

    fn mail(subject: &str, text: &str, html: &str) -> templates::mails::Mail {
        templates::mails::Mail {
            subject: subject.to_owned(),
            html: html.to_owned(),
            text: text.to_owned(),
        }
    }

    fn assert_is_plain(bytes: &[u8]) {
        assert!(bytes.is_ascii());
        for line in bytes.split(|byte| *byte == b'\n') {
            assert!(line.len() <= 120, "{}", String::from_utf8_lossy(line));
            let bare = line.strip_suffix(b"\r").unwrap_or(line);
            assert!(!bare.contains(&b'\r'));
        }
        assert!(bytes.ends_with(b"\r\n"));
    }

    #[test]
    fn a_notice_reads_back() {
        let bytes = notice(
            "Stadt „Musterstadt“, Büro 7",
            &mail(
                "Bitte bestätigen Sie Ihre Anmeldung – es fehlt nur noch ein einziger kleiner Schritt",
                "Grüß Gott.\n.\nFrom here \n",
                "<p>Grüß Gott</p>",
            ),
        );
        assert_is_plain(&bytes);
        let read = MessageParser::default().parse(&bytes).expect("a mail");
        assert_eq!(
            read.subject(),
            Some(
                "Bitte bestätigen Sie Ihre Anmeldung – es fehlt nur noch ein einziger kleiner Schritt"
            )
        );
        let from = read.from().and_then(|from| from.first()).expect("a sender");
        assert_eq!(from.name(), Some("Stadt „Musterstadt“, Büro 7"));
        assert_eq!(from.address(), Some("post@example.org"));
        assert_eq!(
            read.body_text(0).as_deref(),
            Some("Grüß Gott.\r\n.\r\nFrom here \r\n")
        );
        assert_eq!(read.body_html(0).as_deref(), Some("<p>Grüß Gott</p>"));
        assert_eq!(
            read.header_raw("Form-Sub"),
            Some(" v=1; hd=news.example.org\r\n")
        );
    }

    #[test]
    fn nothing_typed_becomes_a_header() {
        for text in [
            "Hallo\r\nBcc: all@example.org",
            "Hallo\nBcc: all@example.org",
            "Hallo\rBcc: all@example.org",
            "Hallo\0\r\n\r\n<p>",
            "Grüße\r\nBcc: all@example.org",
            "\"x\" <evil@example.org>\r\nBcc: all@example.org",
            "=?utf-8?q?a=0D=0ABcc:_all=40example.org?=",
            "\u{2028}Bcc: all@example.org",
        ] {
            let bytes = notice(text, &mail(text, "text", "html"));
            assert_is_plain(&bytes);
            let read = MessageParser::default().parse(&bytes).expect("a mail");
            assert!(read.bcc().is_none(), "{text:?}");
            assert_eq!(
                read.from().map(|from| from.iter().count()),
                Some(1),
                "{text:?}"
            );
            let from = read
                .from()
                .and_then(|from| from.first())
                .and_then(|from| from.address());
            assert_eq!(from, Some("post@example.org"), "{text:?}");
            assert_eq!(read.body_text(0).as_deref(), Some("text"), "{text:?}");
            assert!(
                !read.subject().unwrap_or_default().contains(['\r', '\n']),
                "{text:?}"
            );
        }
    }

    #[test]
    fn letters_outside_ascii_stay_in_the_address() {
        let to = address("jürgen@bücher.example");
        let notice = Notice {
            from_name: "Büro",
            from: &address("post@example.org"),
            to: &to,
            message_id: "abc@example.org",
            date: Timestamp::from_micros(1_800_000_000_000_000),
            language: Language::De,
            form_host: None,
        };
        let bytes = notice.bytes(&mail("Grüße", "Grüße", "<p>Grüße</p>"));
        let first = "To: jürgen@xn--bcher-kva.example\r\n".as_bytes();
        let rest = bytes.strip_prefix(first).expect("the address as it is");
        assert_is_plain(rest);
    }

    #[test]
    fn the_same_mail_has_the_same_bytes() {
        let one = mail("a", "b", "c");
        assert_eq!(notice("x", &one), notice("x", &one));
        assert_ne!(notice("x", &one), notice("x", &mail("a", "b", "d")));
    }

    proptest! {
        #[test]
        fn any_text_survives(name in ".{0,80}", subject in ".{0,200}", text in "(?s).{0,400}", html in "(?s).{0,400}") {
            let bytes = notice(&name, &mail(&subject, &text, &html));
            prop_assert!(bytes.is_ascii());
            prop_assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 998));
            let read = MessageParser::default().parse(&bytes).expect("a mail");
            prop_assert_eq!(read.parts.len(), 3);
            let with_crlf = |text: &str| text.replace("\r\n", "\n").replace('\n', "\r\n");
            let (text, html) = (with_crlf(&text), with_crlf(&html));
            prop_assert_eq!(read.parts[1].text_contents(), Some(text.as_str()));
            prop_assert_eq!(read.parts[2].text_contents(), Some(html.as_str()));
            prop_assert_eq!(read.from().and_then(|from| from.first()).and_then(|from| from.address()), Some("post@example.org"));
        }
    }
}
