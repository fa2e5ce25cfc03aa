//! The options of `newsletter add` and `newsletter change` on how issues tell their entries.

use crate::cli::arguments::one_of;
use crate::domain::newsletter::{DigestSettings, TextLength};

/// How the issues of a newsletter tell their entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::Args)]
pub struct DigestArgs {
    /// How much of each entry a mail has: a few sentences and a link to the rest, or the whole text
    /// [new newsletters: teaser]
    #[arg(long, value_name = "LENGTH", value_parser = one_of!(TextLength))]
    pub texts: Option<TextLength>,

    /// How many news a mail has at most; a link leads to the rest [new newsletters: 8]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=250))]
    pub most_news: Option<u32>,

    /// How many events a mail has at most [new newsletters: 12]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=250))]
    pub most_events: Option<u32>,

    /// How many council papers and meetings a mail has at most [new newsletters: 8]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=250))]
    pub most_papers: Option<u32>,

    /// Whether the subject begins with the name of the newsletter: yes or no [new newsletters: no]
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    pub name_in_subject: Option<bool>,
}

impl DigestArgs {
    /// These settings, with what was given in place of what they have.
    pub fn over(self, settings: DigestSettings) -> DigestSettings {
        DigestSettings {
            texts: self.texts.unwrap_or(settings.texts),
            most_news: self.most_news.unwrap_or(settings.most_news),
            most_events: self.most_events.unwrap_or(settings.most_events),
            most_papers: self.most_papers.unwrap_or(settings.most_papers),
            name_in_subject: self.name_in_subject.unwrap_or(settings.name_in_subject),
        }
    }
}

/// Parses a choice.
pub(super) fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}
