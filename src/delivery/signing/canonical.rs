//! The relaxed canonical forms (RFC 6376 §3.4.2 and §3.4.4): the signature still holds after relays
//! have refolded headers and changed white space.

/// The body as it is hashed: runs of blanks are reduced to one, blanks before line ends and empty
/// lines at the end are removed. An empty body stays empty; any other ends with one line end.
pub fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() + 2);
    let mut empty_lines = 0;
    let mut rest = body;
    while !rest.is_empty() {
        let line;
        (line, rest) = split_line(rest);
        let line = line.trim_blank_end();
        if line.is_empty() {
            empty_lines += 1; // counts only when something follows
            continue;
        }
        for _ in 0..std::mem::take(&mut empty_lines) {
            out.extend_from_slice(b"\r\n");
        }
        push_relaxed(&mut out, line);
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// A header field as it is signed, with its line end: the name in lower case, the value unfolded,
/// runs of blanks reduced to one, none at either end.
pub fn relaxed_field(out: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    out.extend(name.trim_blank_end().iter().map(u8::to_ascii_lowercase));
    out.push(b':');
    let begin = out.len();
    let mut rest = value;
    while !rest.is_empty() {
        let line;
        (line, rest) = split_line(rest);
        push_relaxed(out, line);
    }
    // Runs across a fold, and at the ends.
    let text = out.split_off(begin);
    push_relaxed(out, text.trim_blank_end());
    if out.get(begin) == Some(&b' ') {
        out.remove(begin);
    }
    out.extend_from_slice(b"\r\n");
}

/// A line without its line end, and what follows.
pub(super) fn split_line(text: &[u8]) -> (&[u8], &[u8]) {
    for end in memchr::memchr_iter(b'\n', text) {
        if end > 0 && text[end - 1] == b'\r' {
            return (&text[..end - 1], &text[end + 1..]);
        }
    }
    (text, &[])
}

/// A text with every run of blanks reduced to one space.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "all pairs are compared without an early exit, so that the compiler vectorises the loop"
)]
fn push_relaxed(out: &mut Vec<u8>, text: &[u8]) {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let runs = pairs.fold(false, |any, (one, next)| {
        any | (*next == b'\t') | ((*one == b' ') & (*next == b' '))
    });
    if !runs && text.first() != Some(&b'\t') {
        out.extend_from_slice(text); // nearly every line
        return;
    }
    let mut in_run = false;
    for byte in text {
        if is_blank(*byte) {
            if !in_run {
                out.push(b' ');
            }
            in_run = true;
        } else {
            out.push(*byte);
            in_run = false;
        }
    }
}

/// WSP of RFC 5234.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

trait Blanks {
    fn trim_blank_end(&self) -> &Self;
}

impl Blanks for [u8] {
    fn trim_blank_end(&self) -> &Self {
        let mut text = self;
        while let [rest @ .., last] = text
            && is_blank(*last)
        {
            text = rest;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn body(text: &str) -> String {
        String::from_utf8(relaxed_body(text.as_bytes())).expect("UTF-8 stays UTF-8")
    }

    fn field(name: &str, value: &str) -> String {
        let mut out = Vec::new();
        relaxed_field(&mut out, name.as_bytes(), value.as_bytes());
        String::from_utf8(out).expect("UTF-8 stays UTF-8")
    }

    #[test]
    fn the_examples_of_rfc_6376() {
        // RFC 6376 §3.4.5
        assert_eq!(field("A", " X\r\n"), "a:X\r\n");
        assert_eq!(field("B ", " Y\t\r\n\tZ  \r\n"), "b:Y Z\r\n");
        assert_eq!(body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
    }

    #[test]
    fn empty_bodies_and_missing_line_ends() {
        for nothing in ["", "\r\n", "\r\n\r\n", " \t\r\n", "  "] {
            assert_eq!(body(nothing), "", "{nothing:?}");
        }
        assert_eq!(body("a"), "a\r\n");
        assert_eq!(body("a\r\n\r\n \r\nb \t"), "a\r\n\r\n\r\nb\r\n");
        assert_eq!(body("..\r\n.\r\n"), "..\r\n.\r\n");
        assert_eq!(body("a\rb\nc\r\n"), "a\rb\nc\r\n", "only CRLF ends a line");
    }

    #[test]
    fn fields_without_value() {
        for nothing in ["", " ", "\r\n", " \r\n \t\r\n"] {
            assert_eq!(field("Subject", nothing), "subject:\r\n", "{nothing:?}");
        }
    }

    /// A literal implementation of the RFC, without regard to speed.
    fn reference_body(body: &str) -> String {
        let mut text = body.to_owned();
        if !text.ends_with("\r\n") {
            text.push_str("\r\n");
        }
        let blank = [' ', '\t'];
        let lines = text.strip_suffix("\r\n").unwrap_or(&text).split("\r\n");
        let mut lines: Vec<String> = lines
            .map(|line| {
                let mut line = line.replace('\t', " ");
                while line.contains("  ") {
                    line = line.replace("  ", " ");
                }
                line.trim_end_matches(blank).to_owned()
            })
            .collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines.into_iter().map(|line| line + "\r\n").collect()
    }

    fn reference_field(name: &str, value: &str) -> String {
        let mut value = value.replace("\r\n", "").replace('\t', " ");
        while value.contains("  ") {
            value = value.replace("  ", " ");
        }
        format!("{}:{}\r\n", name.to_lowercase(), value.trim_matches(' '))
    }

    proptest! {
        #[test]
        fn bodies_match_the_reference(text in "([ab.=]{0,3}[ \t]{0,3}(\r\n){0,2}[\r\n]?){0,12}") {
            prop_assert_eq!(body(&text), reference_body(&text));
        }

        #[test]
        fn fields_match_the_reference(name in "[A-Za-z-]{1,12}", value in "([a-z<>@]{0,3}[ \t]{0,3}(\r\n[ \t])?){0,12}(\r\n)?") {
            prop_assert_eq!(field(&name, &value), reference_field(&name, &value));
        }

        #[test]
        fn canonicalisation_is_idempotent(text in "(?s).{0,200}") {
            let once = body(&text);
            prop_assert_eq!(body(&once), once);
        }
    }
}
