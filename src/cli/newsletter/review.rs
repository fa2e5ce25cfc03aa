//! The options of `newsletter add` and `newsletter change` on who releases issues.

use crate::domain::newsletter::ReviewSettings;

/// What releases need besides `--approval`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::Args)]
pub struct ReviewArgs {
    /// The number of recipients from which an issue is released only by a second person, who had no
    /// part in it, or none [new newsletters: none]
    #[arg(long, value_name = "NUMBER", value_parser = number_or_none)]
    pub four_eyes_from: Option<From>,

    /// Whether its mails go only to those of its subscribers who have a login here: yes or no
    /// [new newsletters: no]
    #[arg(long, value_name = "YES|NO", value_parser = super::digest::yes_or_no)]
    pub trial: Option<bool>,
}

/// A number of recipients, or `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct From(Option<u32>);

impl ReviewArgs {
    /// These settings, with what was given in place of what they have.
    pub fn over(self, settings: ReviewSettings) -> ReviewSettings {
        ReviewSettings {
            four_eyes_from: self
                .four_eyes_from
                .map_or(settings.four_eyes_from, |from| from.0),
            trial: self.trial.unwrap_or(settings.trial),
        }
    }
}

fn number_or_none(text: &str) -> Result<From, String> {
    match text {
        "none" => Ok(From(None)),
        text => match text.parse() {
            Ok(from @ 1..) => Ok(From(Some(from))),
            _ => Err("write a number of recipients from 1, or none".to_owned()),
        },
    }
}
