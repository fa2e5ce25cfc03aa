//! `rundbrief issue preview`.

use crate::app::issues::{self, Preview, PreviewedVariant};
use crate::app::lookup;
use crate::digest::audience::{self, VariantReaders};
use crate::digest::prepare::{Envelope, prepare};
use crate::digest::release::Release;
use crate::digest::variant::{Rendered, render};
use crate::domain::address::Address;
use crate::domain::mail::Personal;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::TOKEN_LEN;
use crate::domain::topic::TopicSet;
use crate::store;
use anyhow::Context as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::Context;
use crate::cli::arguments::{IssueName, one_of};
use crate::domain::language::Language;

/// `rundbrief issue preview`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which issue, e.g. region/14
    pub issue: IssueName,

    /// The directory; created if missing
    #[arg(value_name = "DIR")]
    pub directory: PathBuf,

    /// Only variants in this language
    #[arg(long, value_parser = one_of!(Language))]
    pub language: Option<Language>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Renders an issue without sending it.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let db = context.store().await?;
    let mut conn = db.read().await?;
    let (_, issue) = lookup::issue(&mut conn, &args.issue).await?;
    let now = context.clock.now();
    let release = issues::content(&mut conn, &issue, now).await?;
    let topics = store::topic::list(&mut conn).await?;
    let audience = audience::audience(&mut conn, &issue, now).await?;
    let mut variants = audience.variants;
    if variants.is_empty() {
        // Without readers, one variant of each language is shown.
        let all = TopicSet::from_mask(i64::MAX);
        variants.extend(
            context
                .config
                .languages
                .offered
                .iter()
                .map(|language| VariantReaders {
                    language: *language,
                    topics: all,
                    readers: 0,
                }),
        );
    }
    variants.retain(|one| {
        args.language
            .is_none_or(|language| one.language == language)
    });
    let directory = &args.directory;
    std::fs::create_dir_all(directory)
        .with_context(|| format!("{} cannot be made", directory.display()))?;

    let (_, hash) = release.seal();
    let mail_context = context.mail_context();
    let mut rows = Vec::new();
    for one in variants {
        let keys = lookup::topic_keys(&topics, one.topics.and(release.audience().0));
        let chosen = if keys.is_empty() {
            "everyone".to_owned()
        } else {
            keys.join("-")
        };
        let stem: String = format!("{}-{chosen}", one.language)
            .chars()
            .take(120)
            .collect();
        let rendered = render(&mail_context, &release, &hash, one.language, one.topics)?;
        let envelope = envelope(&release, &hash, mail_context.public_url(), now);
        write(directory, &stem, &rendered, one.language, &envelope)?;
        rows.push((stem, one.readers, rendered));
    }
    if args.json {
        let variants = rows
            .into_iter()
            .map(|(file, readers, rendered)| PreviewedVariant {
                file,
                readers,
                entries: rendered.entries,
                html_bytes: rendered.variant.html_bytes(),
                subject: rendered.variant.parts().subject.clone(),
            });
        context.out.json(&Preview {
            variants: variants.collect(),
            nothing: audience.nothing,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let table: Vec<_> = rows
        .iter()
        .map(|(stem, readers, rendered)| {
            [
                stem.clone(),
                readers.to_string(),
                rendered.entries.to_string(),
                format!("{} KB", rendered.variant.html_bytes().div_ceil(1000)),
            ]
        })
        .collect();
    context.out.table(
        ["VARIANT", "READERS", "ENTRIES", "HTML"],
        &table,
        "no variants in this language",
    )?;
    context.out.line(format_args!(
        "written to {} as .html, .txt and .eml; {} would find nothing and get no mail",
        directory.display(),
        audience.nothing
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn envelope(release: &Release, hash: &str, public_url: &str, now: Timestamp) -> Envelope {
    let newsletter = &release.newsletter;
    Envelope {
        newsletter_key: newsletter.key.clone(),
        sender_name: newsletter.sender_name.clone(),
        sender: newsletter.sender_address.clone(),
        reply_to: newsletter.reply_to.clone(),
        number: release.number,
        date: now,
        release_hash: hash.to_owned(),
        public_url: public_url.to_owned(),
    }
}

/// Writes a variant as HTML, text and source. The personal links lead nowhere: they would be
/// somebody's.
fn write(
    directory: &Path,
    stem: &str,
    rendered: &Rendered,
    language: Language,
    envelope: &Envelope,
) -> anyhow::Result<()> {
    const NOBODY: [u8; TOKEN_LEN] = [b'-'; TOKEN_LEN];
    let mail = prepare(&rendered.variant, language, envelope)?;
    let reader = Address::parse("leserin@example.org").context("the example address is one")?;
    let own = Personal {
        to: &reader,
        message_id: "preview@example.org",
        unsubscribe: &NOBODY,
        preferences: &NOBODY,
    };
    let files = [
        ("html", rendered.variant.parts().html.clone().into_bytes()),
        ("txt", rendered.variant.parts().text.clone().into_bytes()),
        ("eml", mail.personal(&own)),
    ];
    for (ending, content) in files {
        let path = directory.join(format!("{stem}.{ending}"));
        std::fs::write(&path, content)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
