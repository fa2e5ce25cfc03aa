//! The extensions in a relay's EHLO reply (RFC 5321 §4.1.1.1), and the commands of one mail that
//! use them.

use std::fmt::Write as _;

use super::transport::Envelope;

/// The extensions that we use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Extensions {
    /// PIPELINING (RFC 2920): several commands in one write.
    pub(super) pipelining: bool,
    /// SIZE (RFC 1870): MAIL may declare the size, and this is the largest the relay accepts;
    /// `usize::MAX` if it names none.
    pub(super) size: Option<usize>,
    /// DSN (RFC 3461): we may request reports.
    dsn: bool,
    /// SMTPUTF8 (RFC 6531): addresses with non-ASCII characters.
    pub(super) smtputf8: bool,
}

impl Extensions {
    /// Reads the lines of an answer to EHLO, without their codes.
    pub(super) fn parse<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut extensions = Self::default();
        for line in lines {
            let mut words = line.split_ascii_whitespace();
            match words.next().map(str::to_ascii_uppercase).as_deref() {
                Some("PIPELINING") => extensions.pipelining = true,
                Some("DSN") => extensions.dsn = true,
                Some("SMTPUTF8") => extensions.smtputf8 = true,
                Some("SIZE") => {
                    // 0 is “no fixed limit”.
                    let largest = words.next().and_then(|number| number.parse().ok());
                    extensions.size = largest.filter(|largest| *largest > 0).or(Some(usize::MAX));
                }
                _ => {}
            }
        }
        extensions
    }

    /// As [`Extensions::parse`], from the raw reply with its codes and line ends.
    pub(super) fn parse_raw(answer: &[u8]) -> Self {
        let text = String::from_utf8_lossy(answer);
        Self::parse(text.lines().filter_map(|line| line.get(4..)))
    }

    /// MAIL FROM for `mail`, with its line end. A DSN needs to return headers only; the envelope id
    /// is the Message-ID.
    pub(super) fn mail_from(self, envelope: &Envelope<'_>, mail: &[u8]) -> String {
        let mut line = format!("MAIL FROM:<{}>", envelope.from.as_str());
        if self.size.is_some() {
            let _ = write!(line, " SIZE={}", mail.len());
        }
        if !envelope.to.is_ascii() {
            // A relay with SMTPUTF8 must support 8BITMIME (RFC 6531 §3.1).
            line.push_str(" BODY=8BITMIME SMTPUTF8");
        }
        if self.dsn {
            line.push_str(" RET=HDRS");
            if let Some(id) = message_id(mail).filter(|id| id.len() <= LONGEST_ENVELOPE_ID) {
                line.push_str(" ENVID=");
                xtext(id, &mut line);
            }
        }
        line.push_str("\r\n");
        line
    }

    /// RCPT TO, with its line end. Success reports are not requested: one would come for every
    /// reader.
    pub(super) fn rcpt_to(self, envelope: &Envelope<'_>) -> String {
        let to = envelope.to.as_str();
        let mut line = format!("RCPT TO:<{to}>");
        if self.dsn {
            line.push_str(" NOTIFY=FAILURE,DELAY ORCPT=");
            if to.is_ascii() {
                line.push_str("rfc822;");
                xtext(to, &mut line);
            } else {
                line.push_str("utf-8;");
                utf8_xtext(to, &mut line);
            }
        }
        line.push_str("\r\n");
        line
    }
}

/// RFC 3461 §4.4 allows 100 characters after encoding.
const LONGEST_ENVELOPE_ID: usize = 90;

/// Appends `text` as xtext (RFC 3461 §4): `+`, `=` and all but printable ASCII become `+XX`.
fn xtext(text: &str, to: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'+' | b'=') {
            to.push(char::from(byte));
        } else {
            let _ = write!(to, "+{byte:02X}");
        }
    }
}

/// Appends `text` as utf-8-addr-xtext (RFC 6533 §3): `\`, `+`, `=` and all but printable ASCII
/// become `\x{HEX}`.
fn utf8_xtext(text: &str, to: &mut String) {
    for c in text.chars() {
        if c.is_ascii_graphic() && !matches!(c, '\\' | '+' | '=') {
            to.push(c);
        } else {
            let _ = write!(to, "\\x{{{:X}}}", u32::from(c));
        }
    }
}

/// The Message-ID of a mail without its angle brackets, if it is on the field's first line or the
/// one after.
pub(super) fn message_id(mail: &[u8]) -> Option<&str> {
    let mut lines = mail
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_end)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| std::str::from_utf8(line).ok());
    let value = lines.by_ref().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("Message-ID").then_some(value)
    })?;
    let folded = lines.next().filter(|line| line.starts_with([' ', '\t']));
    [Some(value), folded]
        .into_iter()
        .flatten()
        .find_map(|text| text.trim().strip_prefix('<')?.strip_suffix('>'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::address::Address;

    #[test]
    fn extensions_are_parsed_in_any_case_and_order() {
        let all = Extensions::parse_raw(
            b"250-mail.example.org at your service\r\n250-pipelining\r\n250-Size 35882577\r\n250-8BITMIME\r\n250-SmtpUtf8\r\n250 dsn\r\n",
        );
        assert!(all.pipelining && all.dsn && all.smtputf8);
        assert_eq!(all.size, Some(35_882_577));
        for size in [
            "SIZE",
            "SIZE 0",
            "SIZE many",
            "SIZE 99999999999999999999999",
        ] {
            let extensions = Extensions::parse([size].into_iter());
            assert_eq!(extensions.size, Some(usize::MAX), "{size}");
        }
        for nothing in ["", "X-PIPELINING", "NOPIPELINING", "HELP DSN"] {
            assert_eq!(
                Extensions::parse([nothing].into_iter()),
                Extensions::default()
            );
        }
        assert_eq!(
            Extensions::parse_raw("250\r\n2é0-x\r\nDSN".as_bytes()),
            Extensions::default()
        );
    }

    #[test]
    fn parameters_are_sent_only_with_their_extension() {
        let (from, to) = ("post@example.org", "erika+news=x@example.org");
        let address = |text| Address::parse(text).expect("an address");
        let (from, to) = (address(from), address(to));
        let envelope = Envelope {
            from: &from,
            to: &to,
        };
        let mail = b"To: x\r\nMessage-ID: <a+b@example.org>\r\n\r\nText\r\n";
        let plain = Extensions::default();
        assert_eq!(
            plain.mail_from(&envelope, mail),
            "MAIL FROM:<post@example.org>\r\n"
        );
        assert_eq!(
            plain.rcpt_to(&envelope),
            "RCPT TO:<erika+news=x@example.org>\r\n"
        );
        let all = Extensions::parse(["SIZE 100", "DSN"].into_iter());
        assert_eq!(
            all.mail_from(&envelope, mail),
            "MAIL FROM:<post@example.org> SIZE=46 RET=HDRS ENVID=a+2Bb@example.org\r\n"
        );
        assert_eq!(
            all.rcpt_to(&envelope),
            "RCPT TO:<erika+news=x@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;erika+2Bnews+3Dx@example.org\r\n"
        );
        assert!(
            !all.mail_from(&envelope, b"To: x\r\n\r\nMessage-ID: <y>\r\n")
                .contains("ENVID")
        );
    }

    #[test]
    fn non_ascii_addresses_are_announced() {
        let address = |text| Address::parse(text).expect("an address");
        let (from, to) = (
            address("post@example.org"),
            address("jürgen+用=x@bücher.example"),
        );
        let envelope = Envelope {
            from: &from,
            to: &to,
        };
        let extensions = Extensions::parse(["SMTPUTF8", "8BITMIME", "DSN"].into_iter());
        assert_eq!(
            extensions.mail_from(&envelope, b"\r\n"),
            "MAIL FROM:<post@example.org> BODY=8BITMIME SMTPUTF8 RET=HDRS\r\n"
        );
        assert_eq!(
            extensions.rcpt_to(&envelope),
            "RCPT TO:<jürgen+用=x@xn--bcher-kva.example> NOTIFY=FAILURE,DELAY ORCPT=utf-8;j\\x{FC}rgen\\x{2B}\\x{7528}\\x{3D}x@xn--bcher-kva.example\r\n"
        );
    }

    proptest! {
        #[test]
        fn xtext_is_printable_and_can_be_read_back(text in "\\PC{0,60}|[ -~]{0,60}|[\\x00-\\x7f]{0,20}") {
            let mut encoded = String::new();
            xtext(&text, &mut encoded);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'='));
            let mut decoded = Vec::new();
            let mut bytes = encoded.bytes();
            while let Some(byte) = bytes.next() {
                if byte == b'+' {
                    let digits = [bytes.next().expect("a digit"), bytes.next().expect("a digit")];
                    let digits = std::str::from_utf8(&digits).expect("ASCII");
                    prop_assert_eq!(digits, digits.to_ascii_uppercase());
                    decoded.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
                } else {
                    decoded.push(byte);
                }
            }
            prop_assert_eq!(decoded, text.as_bytes());
        }

        #[test]
        fn any_ehlo_reply_is_parsed(answer in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Extensions::parse_raw(&answer);
        }
    }
}
