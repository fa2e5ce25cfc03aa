//! `rundbrief issue preview`.

use crate::app::issues::{self, Preview, PreviewedVariant};
use crate::app::lookup;
use crate::digest::audience::{self, VariantReaders};
use crate::digest::mails;
use crate::digest::variant::Variant;
use crate::domain::address::Address;
use crate::domain::mail::Personal;
use crate::domain::token::TOKEN_LEN;
use crate::domain::topic::TopicSet;
use crate::store;
use anyhow::Context as _;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
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
    let snapshot = issues::content(&mut conn, &issue, now).await?;
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

    let mail_context = context.mail_context();
    let told = snapshot.audience().0;
    let mut in_language = HashMap::new();
    let mut rows = Vec::new();
    for one in variants {
        let mails = match in_language.entry(one.language) {
            Entry::Occupied(mails) => mails.into_mut(),
            Entry::Vacant(vacant) => {
                let language = one.language;
                let mails =
                    mails::in_language(&mut conn, &mail_context, &issue, &snapshot, language, now);
                vacant.insert(mails.await?)
            }
        };
        let keys = lookup::topic_keys(&topics, one.topics.and(told));
        let chosen = if keys.is_empty() {
            "everyone".to_owned()
        } else {
            keys.join("-")
        };
        let stem: String = format!("{}-{chosen}", one.language)
            .chars()
            .take(120)
            .collect();
        let variant = mails.variant(one.topics)?;
        write(directory, &stem, &variant)?;
        rows.push(PreviewedVariant {
            file: stem,
            readers: one.readers,
            entries: variant.entries,
            html_bytes: variant.html_bytes,
            subject: variant.subject,
        });
    }
    if args.json {
        context.out.json(&Preview {
            variants: rows,
            nothing: audience.nothing,
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let table: Vec<_> = rows
        .iter()
        .map(|row| {
            [
                row.file.clone(),
                row.readers.to_string(),
                row.entries.to_string(),
                format!("{} KB", row.html_bytes.div_ceil(1000)),
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

/// Writes a variant as HTML, text and source. The personal links lead nowhere: they would be
/// somebody's.
fn write(directory: &Path, stem: &str, variant: &Variant) -> anyhow::Result<()> {
    const NOBODY: [u8; TOKEN_LEN] = [b'-'; TOKEN_LEN];
    let reader = Address::parse("leserin@example.org").context("the example address is one")?;
    let own = Personal {
        to: &reader,
        message_id: "preview@example.org",
        unsubscribe: &NOBODY,
        preferences: &NOBODY,
    };
    let files = [
        ("html", variant.html().into_bytes()),
        ("txt", variant.text().into_bytes()),
        ("eml", variant.mail.personal(&own)),
    ];
    for (ending, content) in files {
        let path = directory.join(format!("{stem}.{ending}"));
        std::fs::write(&path, content)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
