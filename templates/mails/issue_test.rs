//! A test mail of an issue: the mail itself, marked in its subject and above its text.

use maud::html;

use super::Mail;
use crate::locale::Locale;

/// The mail with this subject, HTML and text, marked as a test.
pub fn marked(t: Locale, subject: &str, html: &str, text: &str) -> Mail {
    let words = t.say("issue-desk-test-mark");
    let mark = html! {
        // Colours that stay readable where a mail program inverts them.
        div style="padding:12px 16px;background:#fff3cd;color:#131525;font-family:sans-serif;font-size:16px;line-height:1.5" {
            b { "[Test]" } " " (words)
        }
    };
    Mail {
        subject: format!("[Test] {subject}"),
        html: after_body(html, &mark.into_string()),
        text: format!("[Test] {words}\n\n{text}"),
    }
}

/// The document with `mark` at the beginning of its body.
fn after_body(html: &str, mark: &str) -> String {
    let begin = html.find("<body");
    let end = begin.and_then(|begin| html[begin..].find('>').map(|at| begin + at + 1));
    let (before, after) = html.split_at(end.unwrap_or(0));
    format!("{before}{mark}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_mail_says_so_in_every_part() {
        let mail = marked(
            Locale::De,
            "Brunnen",
            "<html><body style=\"margin:0\"><p>Text</p></body></html>",
            "Text\n",
        );
        assert_eq!(mail.subject, "[Test] Brunnen");
        assert!(
            mail.html.starts_with("<html><body style=\"margin:0\"><div"),
            "{}",
            mail.html
        );
        assert!(
            mail.text.starts_with("[Test] ") && mail.text.ends_with("\n\nText\n"),
            "{}",
            mail.text
        );
    }
}
