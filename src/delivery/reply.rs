//! The reply of a relay.

use super::step::Step;

/// The longest reply text that is kept, in characters.
const LONGEST_WORDS: usize = 500;

/// A relay's answer to a command (RFC 5321 §4.2).
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// The code, 200 to 559.
    pub code: u16,
    /// The enhanced status code (RFC 3463), where the relay gave one, e.g. `5.1.1`.
    pub status: Option<String>,
    /// The text without the codes: one line, no control characters, at most 500 characters. It may
    /// contain the reader's address: for the ledger, not for logs.
    pub words: String,
    /// The step at which it refused a mail.
    pub step: Option<Step>,
}

impl Reply {
    /// Parses the text of a reply; `text` may begin with an enhanced status code.
    pub fn new(code: u16, text: &str) -> Self {
        let text = one_line(text);
        let (first, rest) = text.split_once(' ').unwrap_or((&text, ""));
        let (status, words) = if is_status(first, code) {
            (Some(first.to_owned()), rest)
        } else {
            (None, text.as_str())
        };
        Self {
            code,
            status,
            words: words.chars().take(LONGEST_WORDS).collect(),
            step: None,
        }
    }

    /// A code alone.
    pub(super) const fn wordless(code: u16) -> Self {
        Self {
            code,
            status: None,
            words: String::new(),
            step: None,
        }
    }

    /// The same reply, given at this step of a mail.
    #[must_use]
    pub(super) fn at(self, step: Step) -> Self {
        Self {
            step: Some(step),
            ..self
        }
    }

    /// 2yz: success.
    pub const fn is_done(&self) -> bool {
        self.code / 100 == 2
    }

    /// 4yz: temporary failure.
    pub const fn is_transient(&self) -> bool {
        self.code / 100 == 4
    }

    /// 5yz: permanent failure.
    pub const fn is_permanent(&self) -> bool {
        self.code / 100 == 5
    }
}

/// For logs and terminals: anything that could be an address is masked.
impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(status) = &self.status {
            write!(f, " {status}")?;
        }
        for word in self.words.split(' ').filter(|word| !word.is_empty()) {
            // Also an address as relays rewrite it: user=40example.org, user(at)example.org.
            let address = word.contains('@') || word.contains("=40") || word.contains("(at)");
            write!(f, " {}", if address { "…@…" } else { word })?;
        }
        Ok(())
    }
}

/// As [`std::fmt::Display`], without addresses.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reply({self})")
    }
}

/// Control characters and line breaks become single blanks.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(2 * LONGEST_WORDS));
    for part in text
        .split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|part| !part.is_empty())
    {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// `class.subject.detail`, with the class of the reply code (RFC 2034 §4).
fn is_status(word: &str, code: u16) -> bool {
    let mut parts = word.split('.');
    let class = parts.next().unwrap_or_default();
    let number = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    matches!(class, "2" | "4" | "5")
        && class.parse() == Ok(code / 100)
        && number(parts.next())
        && number(parts.next())
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn replies_are_parsed() {
        let reply = Reply::new(550, "5.1.1 <erika@example.org>: no\tsuch\r\nmailbox");
        assert_eq!(reply.status.as_deref(), Some("5.1.1"));
        assert_eq!(reply.words, "<erika@example.org>: no such mailbox");
        assert_eq!(reply.to_string(), "550 5.1.1 …@… no such mailbox");
        assert_eq!(format!("{reply:?}"), "Reply(550 5.1.1 …@… no such mailbox)");
    }

    #[test]
    fn a_status_of_another_class_stays_in_the_words() {
        for text in ["4.1.1 later", "5.1 x", "5.1.1.1 x", "5.1234.1 x", "5..1 x"] {
            let reply = Reply::new(550, text);
            assert_eq!((reply.status, reply.words.as_str()), (None, text));
        }
    }

    proptest! {
        #[test]
        fn words_are_short_and_clean(code in 200_u16..560, text in "\\PC{0,80}[\\x00-\\x1f]{0,5}.{0,900}") {
            let reply = Reply::new(code, &text);
            prop_assert!(reply.words.chars().count() <= LONGEST_WORDS);
            prop_assert!(!reply.words.chars().any(char::is_control));
            prop_assert!(!reply.to_string().split(' ').any(|word| word.contains('@') && word != "…@…"));
        }
    }
}
