//! `rundbrief newsletter change`.

use std::process::ExitCode;

use anyhow::ensure;

use super::digest::{DigestArgs, yes_or_no};
use super::review::ReviewArgs;
use crate::app::Actor;
use crate::app::newsletters::{self, Changes, NewsletterDetails};
use crate::cli::Context;
use crate::cli::arguments::{key, one_of};
use crate::domain::newsletter::{Approval, NewsletterSettings};
use crate::domain::quiet::QuietHours;
use crate::store;

/// `rundbrief newsletter change`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the newsletter, e.g. region
    #[arg(value_name = "NEWSLETTER", value_parser = key)]
    pub newsletter: String,

    /// Hours in which no mail is sent, in the newsletter's time zone, e.g. 21:00-07:00, or none
    #[arg(long, value_name = "FROM-UNTIL", value_parser = quiet_or_none)]
    pub quiet: Option<Quiet>,

    /// How its issues tell their entries
    #[command(flatten)]
    pub digest: DigestArgs,

    /// Whether issues are sent automatically, only after a person has approved them, or only after a
    /// person of the newsroom who had no part in them has
    #[arg(long, value_name = "HOW", value_parser = one_of!(Approval))]
    pub approval: Option<Approval>,

    /// What releases need besides
    #[command(flatten)]
    pub review: ReviewArgs,

    /// Whether the checks of its issues remind of the distance that public bodies keep from the press:
    /// yes or no [new newsletters: no]
    #[arg(long, value_name = "YES|NO", value_parser = yes_or_no)]
    pub press_distance: Option<bool>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Quiet hours, or `none`.
#[derive(Debug, Clone, Copy)]
pub struct Quiet(Option<QuietHours>);

fn quiet_or_none(text: &str) -> Result<Quiet, String> {
    match text {
        "none" => Ok(Quiet(None)),
        text => match text.parse() {
            Ok(quiet) => Ok(Quiet(Some(quiet))),
            Err(error) => Err(format!("{error}, or none")),
        },
    }
}

/// Changes a newsletter.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    ensure!(
        args.quiet.is_some()
            || args.approval.is_some()
            || args.press_distance.is_some()
            || args.digest != DigestArgs::default()
            || args.review != ReviewArgs::default(),
        "nothing to change was given; `rundbrief newsletter change --help` lists what can be changed"
    );
    let app = context.app().await?;
    let (actor, quiet) = (Actor::operator(), args.quiet.map(|quiet| quiet.0));
    let changes = |settings: &NewsletterSettings| Changes {
        quiet,
        digest: Some(args.digest.over(settings.digest)),
        review: Some((
            args.approval.unwrap_or(settings.approval),
            args.review.over(settings.review),
        )),
        press_distance: args.press_distance,
    };
    let newsletter = newsletters::change(&app, &actor, &args.newsletter, changes).await?;
    if args.json {
        let topics = store::topic::list(&mut app.read().await?).await?;
        let details = NewsletterDetails::new(&newsletter, &topics);
        context.out.json(&details)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (key, settings) = (&args.newsletter, &newsletter.settings);
    if let Some(quiet) = quiet {
        context.out.line(match quiet {
            Some(quiet) => format!("{key} is quiet {quiet} ({})", settings.zone),
            None => format!("{key} has no quiet hours"),
        })?;
    }
    if args.digest != DigestArgs::default() {
        let words = newsletters::digest_words(settings.digest);
        context.out.line(format_args!("issues of {key}: {words}"))?;
    }
    if args.approval.is_some() || args.review != ReviewArgs::default() {
        let words = newsletters::review_words(settings.approval, settings.review);
        context.out.line(format_args!("{key}: {words}"))?;
    }
    if let Some(wanted) = args.press_distance {
        let word = if wanted { "remind" } else { "do not remind" };
        context.out.line(format_args!(
            "{key}: checks {word} of the distance to the press"
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
