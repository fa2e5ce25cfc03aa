//! `rundbrief newsletter add`.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::bail;
use chrono_tz::Tz;

use super::digest::DigestArgs;
use super::review::ReviewArgs;
use crate::app::Actor;
use crate::app::lookup;
use crate::app::newsletters::{self, NewsletterDetails};
use crate::cli::Context;
use crate::cli::arguments::{Worded, key, line, one_of, zone};
use crate::config::units::parse_duration;
use crate::domain::address::Address;
use crate::domain::delivery::OnUncertain;
use crate::domain::language::Language;
use crate::domain::newsletter::{
    Approval, DigestSettings, NewsletterSettings, NewsletterText, ReviewSettings,
};
use crate::domain::quiet::QuietHours;
use crate::domain::schedule::{CronLine, Schedule};
use crate::store;

/// `rundbrief newsletter add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its short name in URLs and on the command line, e.g. region; cannot be changed later
    #[arg(value_parser = key)]
    pub key: String,

    /// Its name in a language, e.g. de="Region aktuell"; once per language
    #[arg(long, required = true, value_name = "LANG=TEXT")]
    pub name: Vec<Worded>,

    /// One or two sentences about its content; once per language
    #[arg(long, required = true, value_name = "LANG=TEXT")]
    pub description: Vec<Worded>,

    /// The name readers see as sender
    #[arg(long, value_name = "NAME", value_parser = line)]
    pub sender_name: String,

    /// The address it is sent from
    #[arg(long, value_name = "ADDRESS", value_parser = Address::parse_ascii)]
    pub sender_address: Address,

    /// Where replies go, if not to the sender
    #[arg(long, value_name = "ADDRESS", value_parser = Address::parse_ascii)]
    pub reply_to: Option<Address>,

    /// A topic it carries; may be repeated. Without topics it carries every entry, and readers do
    /// not choose
    #[arg(long, value_name = "KEY", value_parser = key)]
    pub topic: Vec<String>,

    /// When it is sent, as a cron line: minute, hour, day of month, month, day of week. Without it,
    /// issues are composed by hand only
    #[arg(long, value_name = "CRON", value_parser = CronLine::parse)]
    pub schedule: Option<CronLine>,

    /// The time zone of the schedule, and of the dates in the mails
    #[arg(long, value_name = "ZONE", default_value = "Europe/Berlin", value_parser = zone)]
    pub zone: Tz,

    /// How long before its date an issue is composed, to leave time for review
    #[arg(long, value_name = "SPAN", default_value = "2 days", value_parser = parse_duration)]
    pub compose_lead: Duration,

    /// How late an issue is still sent automatically if the service was down at its date
    #[arg(long, value_name = "SPAN", default_value = "6 hours", value_parser = parse_duration)]
    pub catch_up: Duration,

    /// Whether issues are sent automatically, only after a person has approved them, or only after a
    /// person of the newsroom who had no part in them has
    #[arg(long, value_name = "HOW", default_value = "required", value_parser = one_of!(Approval))]
    pub approval: Approval,

    /// How far ahead events are announced
    #[arg(long, value_name = "SPAN", default_value = "30 days", value_parser = parse_duration)]
    pub horizon: Duration,

    /// What to do with a mail whose outcome is unknown after a crash: send it again with the same
    /// Message-ID, or hold it for a person to decide
    #[arg(long, value_name = "HOW", default_value = "resend", value_parser = one_of!(OnUncertain))]
    pub on_uncertain: OnUncertain,

    /// Hours in which no mail is sent, in the newsletter's time zone, e.g. 21:00-07:00; mails wait
    /// until they end
    #[arg(long, value_name = "FROM-UNTIL")]
    pub quiet: Option<QuietHours>,

    /// How its issues tell their entries
    #[command(flatten)]
    pub digest: DigestArgs,

    /// What releases need besides
    #[command(flatten)]
    pub review: ReviewArgs,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Adds a newsletter.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let json = args.json;
    let texts = texts(&args.name, &args.description)?;
    let app = context.app().await?;
    let known = store::topic::list(&mut app.read().await?).await?;
    let topics = lookup::topics(&known, &args.topic)?;
    let settings = NewsletterSettings {
        key: args.key,
        texts,
        sender_name: args.sender_name,
        sender_address: args.sender_address,
        reply_to: args.reply_to,
        topics,
        schedule: args.schedule.as_ref().map(|line| line.as_str().to_owned()),
        zone: args.zone,
        compose_lead: args.compose_lead,
        catch_up: args.catch_up,
        approval: args.approval,
        horizon: args.horizon,
        on_uncertain: args.on_uncertain,
        quiet: args.quiet,
        digest: args.digest.over(DigestSettings::default()),
        review: args.review.over(ReviewSettings::default()),
    };
    let newsletter = newsletters::add(&app, &Actor::operator(), &settings).await?;
    if json {
        let details = NewsletterDetails::new(&newsletter, &known);
        context.out.json(&details)?;
        return Ok(ExitCode::SUCCESS);
    }
    context
        .out
        .line(format_args!("added newsletter {}", settings.key))?;
    if let Some(line) = args.schedule {
        let schedule = Schedule {
            line,
            zone: settings.zone,
        };
        context
            .out
            .line(format_args!("it appears {}", schedule.words()))?;
        if let Some(slot) = schedule.next_after(context.clock.now()) {
            context.out.line(format_args!("next: {slot}"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Names and descriptions by language: each given once, a description only where there is a name.
fn texts(
    names: &[Worded],
    descriptions: &[Worded],
) -> anyhow::Result<BTreeMap<Language, NewsletterText>> {
    let mut texts = BTreeMap::new();
    for Worded { language, text } in names {
        let text = NewsletterText {
            name: text.clone(),
            description: String::new(),
        };
        if texts.insert(*language, text).is_some() {
            bail!("--name is given twice for {language}; give it once per language");
        }
    }
    for Worded { language, text } in descriptions {
        match texts.get_mut(language) {
            None => bail!("there is a --description for {language}, but no --name {language}=…"),
            Some(known) if !known.description.is_empty() => {
                bail!("--description is given twice for {language}; give it once per language")
            }
            Some(known) => known.description.clone_from(text),
        }
    }
    Ok(texts)
}
