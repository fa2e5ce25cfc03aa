//! The mails. Each file has a view struct, its samples and one function `mail`.

pub mod already_subscribed;
pub mod confirmation;
mod frame;
pub mod issue;
pub mod issue_test;
pub mod staff;
pub mod test;

/// What a mail says; headers and encoding are the caller's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// The subject: one line.
    pub subject: String,
    /// The HTML part: a whole document.
    pub html: String,
    /// The text part, with `\n` at the end of each line. Lines are wrapped at 72 characters, except
    /// for URLs, which are never broken.
    pub text: String,
}
