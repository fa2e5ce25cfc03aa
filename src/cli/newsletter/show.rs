//! `rundbrief newsletter show`.

use std::process::ExitCode;

use crate::app::lookup;
use crate::app::newsletters::{self, NewsletterDetails};
use crate::cli::Context;
use crate::cli::arguments::key;
use crate::config::units::say_duration;
use crate::store;

/// `rundbrief newsletter show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The key of the newsletter, e.g. region
    #[arg(value_name = "NEWSLETTER", value_parser = key)]
    pub newsletter: String,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Shows one newsletter.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let newsletter = lookup::newsletter(&mut conn, &args.newsletter).await?;
    let topics = store::topic::list(&mut conn).await?;
    let subscribers = store::subscription::count_active(&mut conn, newsletter.id).await?;
    if args.json {
        context.out.json(&NewsletterDetails {
            subscribers: Some(subscribers),
            ..NewsletterDetails::new(&newsletter, &topics)
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut context.out;
    let settings = &newsletter.settings;
    out.line(format_args!("{}", settings.key))?;
    for (language, text) in &settings.texts {
        out.line(format_args!(
            "  {language}: {} – {}",
            text.name, text.description
        ))?;
    }
    let topics = lookup::topic_keys(&topics, settings.topics);
    let rows = [
        (
            "sender",
            format!(
                "{} <{}>",
                settings.sender_name,
                settings.sender_address.display()
            ),
        ),
        (
            "answers to",
            settings
                .reply_to
                .as_ref()
                .map_or_else(|| "the sender".to_owned(), |to| to.display().clone()),
        ),
        (
            "topics",
            if topics.is_empty() {
                "every entry".to_owned()
            } else {
                topics.join(", ")
            },
        ),
        ("appears", super::schedule::words(settings)),
        (
            "composed",
            format!("{} before", say_duration(settings.compose_lead)),
        ),
        (
            "made up for",
            format!("up to {} late", say_duration(settings.catch_up)),
        ),
        (
            "approval",
            newsletters::review_words(settings.approval, settings.review)
                .trim_start_matches("approval ")
                .to_owned(),
        ),
        ("events ahead", say_duration(settings.horizon)),
        ("if uncertain", settings.on_uncertain.to_string()),
        (
            "quiet hours",
            settings
                .quiet
                .map_or_else(|| "none".to_owned(), |quiet| quiet.to_string()),
        ),
        ("issues", newsletters::digest_words(settings.digest)),
        ("subscribers", subscribers.to_string()),
    ];
    for (name, value) in rows {
        out.line(format_args!("  {name:<13} {value}"))?;
    }
    Ok(ExitCode::SUCCESS)
}
