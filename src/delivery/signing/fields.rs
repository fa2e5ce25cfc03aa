//! The header fields of a mail: which are signed, and how the signature itself is written.

use super::canonical::{is_blank, relaxed_field, split_line};
use super::key::SigningKey;

/// Fields that are signed if present, in this order, as receivers require; fields that begin with
/// `List-` follow. From RFC 6376 §5.4.1, RFC 8058 §4 (both list fields), RFC 9477 §3.1 and Google's
/// rules for `Feedback-ID`.
const SIGNED: [&str; 16] = [
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Feedback-ID",
    "CFBL-Address",
    "CFBL-Feedback-ID",
];
const LIST: &str = "List-";
/// Lines are folded to this many octets, well under the 78 of RFC 5322 §2.1.1, so that no relay
/// folds them again.
const LINE: usize = 74;

/// One header field as it is in the mail.
#[derive(Debug, Clone, Copy)]
struct Field<'a> {
    name: &'a [u8],
    /// With folding and line end.
    value: &'a [u8],
}

/// The parsed header of a mail.
#[derive(Debug)]
pub(super) struct Head<'a>(Vec<Field<'a>>);

/// What all signatures of a mail have in common.
#[derive(Debug)]
pub(super) struct ToSign {
    /// The names of the signed fields (`h=`).
    names: Vec<String>,
    /// Their canonical forms, one after the other.
    canonical: Vec<u8>,
}

impl<'a> Head<'a> {
    /// Splits a mail into header fields and body.
    pub(super) fn split(mail: &'a [u8]) -> (Self, &'a [u8]) {
        let mut fields: Vec<Field<'a>> = Vec::with_capacity(32);
        let mut rest = mail;
        while !rest.is_empty() {
            let (line, after) = split_line(rest);
            if line.is_empty() {
                return (Self(fields), after);
            }
            let mut end = rest.len() - after.len();
            while rest.get(end).is_some_and(|byte| is_blank(*byte)) {
                let (_, after) = split_line(&rest[end..]);
                end = rest.len() - after.len();
            }
            let field;
            (field, rest) = rest.split_at(end);
            let colon = field.iter().position(|byte| *byte == b':');
            if let Some(colon) = colon {
                fields.push(Field {
                    name: &field[..colon],
                    value: &field[colon + 1..],
                });
            }
        }
        (Self(fields), &[])
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &Field<'a>> {
        // From the last to the first, the order of verifiers (RFC 6376 §5.4.2).
        let named = move |field: &&Field<'_>| field.name.eq_ignore_ascii_case(name.as_bytes());
        self.0.iter().rev().filter(named)
    }

    /// The value of the only field of this name, unfolded.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let field = self.all(name).next()?;
        let mut canonical = Vec::new();
        relaxed_field(&mut canonical, b"", field.value);
        let text = String::from_utf8(canonical).ok()?;
        Some(text.trim_start_matches(':').trim().to_owned())
    }

    /// The domain of `From`, in lower case.
    pub(super) fn author_domain(&self) -> Option<String> {
        let from = self.value("From")?;
        // `Name <local@domain>` or the bare address.
        let address = from.rsplit('<').next()?.split('>').next()?;
        let (_, domain) = address.rsplit_once('@')?;
        Some(domain.trim().to_ascii_lowercase())
    }

    /// The fields to sign. `From` is listed once more than it occurs, so that a second one added
    /// later breaks the signature (RFC 6376 §8.15).
    pub(super) fn to_sign(&self) -> ToSign {
        let mut names: Vec<String> = Vec::with_capacity(self.0.len() + 1);
        let mut canonical = Vec::with_capacity(2_048);
        let mut sign = |name: &str| {
            for field in self.all(name) {
                names.push(name.to_owned());
                relaxed_field(&mut canonical, field.name, field.value);
            }
        };
        SIGNED.into_iter().for_each(&mut sign);
        let mut seen: Vec<&str> = Vec::new();
        for field in &self.0 {
            let name = std::str::from_utf8(field.name).unwrap_or_default();
            let of_the_list = name
                .get(..LIST.len())
                .is_some_and(|begin| begin.eq_ignore_ascii_case(LIST));
            if of_the_list && !seen.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                seen.push(name);
                sign(name);
            }
        }
        names.insert(0, SIGNED[0].to_owned());
        ToSign { names, canonical }
    }
}

impl ToSign {
    /// The field without the signature: everything up to `b=`. `at` is seconds since 1970.
    pub(super) fn unsigned(&self, key: &SigningKey, at: Option<i64>, body_hash: &str) -> String {
        let mut field = Folded::new("DKIM-Signature: v=1;");
        field.push(&format!(" a={};", key.algorithm()));
        field.push(" c=relaxed/relaxed;");
        field.push(&format!(" d={};", key.domain()));
        field.push(&format!(" s={};", key.selector()));
        if let Some(at) = at {
            field.push(&format!(" t={at};"));
        }
        let last = self.names.len().saturating_sub(1);
        for (index, name) in self.names.iter().enumerate() {
            let (before, after) = (
                if index == 0 { " h=" } else { "" },
                if index == last { ";" } else { ":" },
            );
            field.push(&format!("{before}{name}{after}"));
        }
        field.push(&format!(" bh={body_hash};"));
        field.line();
        field.push("b=");
        field.text
    }

    /// What is signed: the chosen fields, and this signature's own without its value and line end
    /// (RFC 6376 §3.7).
    pub(super) fn with(&self, unsigned: &str) -> Vec<u8> {
        let (name, value) = unsigned.split_once(':').unwrap_or((unsigned, ""));
        let mut all = Vec::with_capacity(self.canonical.len() + unsigned.len() + 2);
        all.extend_from_slice(&self.canonical);
        relaxed_field(&mut all, name.as_bytes(), value.as_bytes());
        all.truncate(all.len() - 2);
        all
    }
}

/// Completes the field with its signature in base64.
pub(super) fn complete(unsigned: String, signature: &str) -> String {
    let column = unsigned.len() - unsigned.rfind('\n').map_or(0, |at| at + 1);
    let mut field = Folded {
        text: unsigned,
        column,
    };
    let mut rest = signature;
    while !rest.is_empty() {
        if field.column >= LINE {
            field.line();
        }
        let piece;
        (piece, rest) = rest.split_at(rest.len().min(LINE - field.column));
        field.push(piece);
    }
    field.text.push_str("\r\n");
    field.text
}

/// A header field that is folded only between the pieces appended to it.
struct Folded {
    text: String,
    column: usize,
}

impl Folded {
    fn new(begin: &str) -> Self {
        Self {
            text: begin.to_owned(),
            column: begin.len(),
        }
    }

    fn push(&mut self, piece: &str) {
        let mut piece = piece;
        if self.column + piece.len() > LINE {
            self.line();
            piece = piece.trim_start();
        }
        self.text.push_str(piece);
        self.column += piece.len();
    }

    fn line(&mut self) {
        self.text.push_str("\r\n\t");
        self.column = 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &[u8] = b"Received: by a\r\nfrom: =?utf-8?q?B=C3=BCro?=\r\n  <post@News.Example.org>\r\nSubject: one\r\n two\r\nList-Id:<a>\r\nSUBJECT: again\r\nX-Own: x\r\n\r\nbody\r\n\r\nmore";

    #[test]
    fn mails_are_split_into_fields_and_body() {
        let (head, body) = Head::split(MAIL);
        assert_eq!(body, b"body\r\n\r\nmore");
        assert_eq!(head.0.len(), 6);
        assert_eq!(head.author_domain().as_deref(), Some("news.example.org"));
        let signed = head.to_sign();
        assert_eq!(
            signed.names,
            ["From", "From", "Subject", "Subject", "List-Id"]
        );
        assert_eq!(
            String::from_utf8_lossy(&signed.canonical),
            "from:=?utf-8?q?B=C3=BCro?= <post@News.Example.org>\r\nsubject:again\r\nsubject:one two\r\nlist-id:<a>\r\n"
        );
        assert_eq!(Head::split(b"From: a@b\r\n").1, b"");
        assert_eq!(Head::split(b"From: a@b\r\n\r\n").1, b"");
        assert_eq!(Head::split(b"\r\nbody").1, b"body");
        assert_eq!(Head::split(b"").0.author_domain(), None);
    }

    #[test]
    fn lines_are_short() {
        let mut field = Folded::new("DKIM-Signature: v=1;");
        for _ in 0..40 {
            field.push(" abcdefghij;");
        }
        field.line();
        field.push("b=");
        let done = complete(field.text, &"x".repeat(684));
        assert!(done.ends_with("x\r\n"));
        let lines: Vec<_> = done.trim_end().split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= LINE), "{done}");
        assert!(
            lines[1..].iter().all(|line| line.starts_with('\t')),
            "{done}"
        );
        assert!(done.contains("\tb=x"));
    }
}
