//! `rundbrief entry picture add`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use crate::app::Actor;
use crate::app::pictures::{self, AddPictureError, Added, Given, PictureDetails};
use crate::cli::Context;
use crate::cli::arguments::{Worded, line};
use crate::domain::picture::{Alternative, FocusPoint, PictureUse};
use crate::sources::{self, ReadError};

/// `rundbrief entry picture add`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "JPEG, PNG, WebP and GIF are accepted, SVG and moving pictures are not. Only small copies are kept, \
                  without metadata: no camera, no position. Approved issues keep the picture they were approved with."
)]
pub struct Args {
    /// The entry's id, as `entry list` prints it
    #[arg(value_name = "ENTRY")]
    pub entry: String,

    /// The picture; - reads the standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The alternative text in one language, e.g. de="Zwei Kinder trinken an einem Brunnen"; may be
    /// repeated. Readers of another language get the one in the entry's own language
    #[arg(
        long,
        value_name = "LANGUAGE=TEXT",
        required_unless_present = "decorative"
    )]
    pub alt: Vec<Worded>,

    /// The picture says nothing that the text does not say: its alternative text is empty
    #[arg(long, conflicts_with = "alt")]
    pub decorative: bool,

    /// Who made the picture and whose it is, e.g. "Erika Beispiel / Stadt Musterstadt"; shown with it
    #[arg(long, value_name = "TEXT", value_parser = line)]
    pub credit: Option<String>,

    /// The point that must stay visible where the picture is cut: per cent from the left and from the
    /// top
    #[arg(long, value_name = "X,Y", default_value_t = FocusPoint::default())]
    pub focus: FocusPoint,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Adds a picture.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    let app = context.app().await?;
    let alternative = if args.decorative {
        Alternative::Decorative
    } else {
        let texts = args.alt.into_iter();
        Alternative::Texts(texts.map(|one| (one.language.into(), one.text)).collect())
    };
    let given = Given {
        file: bytes(&args.file, context)?,
        alternative,
        credit: args.credit,
        focus: args.focus,
    };
    let added = pictures::add(
        &app,
        &Actor::operator(),
        &args.entry,
        PictureUse::Lead,
        given,
    )
    .await;
    let added = added.with_context(|| args.file.display().to_string())?;
    if args.json {
        let details = PictureDetails::new(PictureUse::Lead, added.picture);
        context.out.json(&details)?;
    } else {
        print(&args.file, added, context)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a file, or the standard input for `-`, up to the configured size.
fn bytes(file: &Path, context: &Context) -> anyhow::Result<Vec<u8>> {
    let max = context.config.pictures.max_size;
    let read = if file == Path::new("-") {
        sources::read_bounded(std::io::stdin().lock(), max)
    } else {
        let open = std::fs::File::open(file)
            .with_context(|| format!("{} cannot be opened", file.display()))?;
        sources::read_bounded(open, max)
    };
    let read = read.map_err(|error| match error {
        ReadError::TooLarge { max } => AddPictureError::TooLarge { max }.into(),
        error @ ReadError::Io(_) => anyhow::Error::from(error),
    });
    read.with_context(|| file.display().to_string())
}

fn print(file: &Path, added: Added, context: &mut Context) -> anyhow::Result<()> {
    let out = &mut context.out;
    let ending = file.extension().map(|ending| ending.to_string_lossy());
    if let Some(ending) = ending.filter(|ending| !added.format.has_ending(ending)) {
        out.line(format_args!(
            "note: the file ends in .{ending} and is {}; it was read as what it is",
            added.format
        ))?;
    }
    let (width, height) = (added.picture.width, added.picture.height);
    let texts = added.entry.content.texts;
    let details = PictureDetails::new(PictureUse::Lead, added.picture);
    let missing = details.missing(texts.keys());
    if !missing.is_empty() {
        let languages: Vec<_> = missing.into_iter().map(ToString::to_string).collect();
        out.line(format_args!(
            "note: there is no alternative text in {}; these readers get another language's",
            languages.join(", ")
        ))?;
    }
    let done = if added.changed { "added" } else { "unchanged" };
    out.line(format_args!(
        "{done}: {} ({width} × {height})",
        details.hash
    ))?;
    Ok(())
}
