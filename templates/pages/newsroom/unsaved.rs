//! What somebody has typed and could not be stored, because the issue has moved on: shown to be copied.

use maud::{Markup, html};

use crate::locale::Locale;

/// A text that was not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// What it is.
    pub what: UnsavedKind,
    /// The language it was written in: its tag and its name. None where nobody asked for one.
    pub language: Option<(String, String)>,
    /// The text.
    pub text: String,
}

/// What a text that was not stored is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsavedKind {
    /// The headline of an issue.
    Subject,
    /// The introduction of an issue.
    Introduction,
    /// The title of an entry in one issue.
    Title,
    /// The text of an entry in one issue.
    Teaser,
    /// The time at which an issue is to go out.
    Time,
    /// A word to the approver.
    Note,
    /// The reason for returning or rejecting an issue.
    Reason,
    /// Why a finding of the checks is accepted.
    Acceptance,
}

impl UnsavedKind {
    fn name(self, t: Locale) -> String {
        t.say(match self {
            Self::Subject => "issue-desk-subject",
            Self::Introduction => "issue-desk-introduction",
            Self::Title => "issue-desk-shorten-name",
            Self::Teaser => "issue-desk-shorten-teaser",
            Self::Time => "issue-desk-time-title",
            Self::Note => "review-note",
            Self::Reason => "review-reason",
            Self::Acceptance => "check-accept-reason",
        })
    }

    const fn rows(self) -> u32 {
        match self {
            Self::Subject | Self::Title | Self::Time => 1,
            Self::Introduction | Self::Teaser | Self::Note | Self::Reason | Self::Acceptance => 4,
        }
    }
}

/// The texts, each in a field of its own that can be selected and copied; nothing where there are none.
pub(crate) fn unsaved(t: Locale, all: &[Unsaved]) -> Markup {
    html! {
        @if !all.is_empty() {
            section class="panel" aria-labelledby="unsaved" {
                h2 id="unsaved" { (t.say("issue-desk-unsaved-title")) }
                p { (t.say("issue-desk-unsaved-text")) }
                @for (at, one) in all.iter().enumerate() {
                    @let id = format!("unsaved-{at}");
                    div class="field" {
                        label for=(id) {
                            (one.what.name(t))
                            @if let Some((_, name)) = &one.language { " " span class="optional" { (name) } }
                        }
                        @let lang = one.language.as_ref().map(|(tag, _)| tag);
                        @if one.what.rows() == 1 {
                            input type="text" id=(id) readonly lang=[lang] value=(one.text);
                        } @else {
                            // A line feed after the tag is dropped by browsers.
                            textarea id=(id) readonly rows=(one.what.rows()) lang=[lang] { "\n" (one.text) }
                        }
                    }
                }
            }
        }
    }
}
