//! `rundbrief demo`: pages, mailbox, schedule and sending, for a visitor who looks around.

use std::collections::HashSet;
use std::fmt::Display;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::content::{FIRST, SampleEntry, ZONE};
use super::editor::Editor;
use super::first_issue::{Played, play};
use super::installation::Installation;
use super::newsroom::{Newsroom, Rhythm};
use super::week;
use crate::app::{Actor, App, entries, newsletters};
use crate::cli::{Context, Output};
use crate::clock::Clock;
use crate::domain::entry::EntryState;
use crate::domain::timestamp::Timestamp;
use crate::shutdown::{self, Ended, LEFT_AT_ONCE, Shutdown};
use crate::store::{self, Db};
use crate::web::demo::{DOOR, Folder, PATH};
use crate::web::{self, Bounds, WebState};

/// The port of the pages, if it is free.
pub(super) const PORT: u16 = 8025;

/// There is a slot every minute; without news it passes. With this lead an issue is composed as
/// soon as there is news, and waits for the next full minute.
const RHYTHM: Rhythm = Rhythm {
    region: "* * * * *",
    calendar: "* * * * *",
    compose_lead: Duration::from_mins(1),
};

/// The age of the issue that the visitor finds in the mailbox.
const SENT_BEFORE: Duration = Duration::from_hours(7 * 24);

/// Serves until the process is asked to stop.
pub(super) async fn run(listen: Option<SocketAddr>, out: &mut Output) -> anyhow::Result<ExitCode> {
    let listener = bind(listen).await?;
    let installation = Installation::build(listener.local_addr()?).await?;
    let within = installation.shutdown_within();
    let work = async |shutdown| Box::pin(serve(&installation, listener, out, &shutdown)).await;
    match shutdown::run(within, work).await? {
        Ended::InOrder(result) => result.map(|()| ExitCode::SUCCESS),
        Ended::TooLate => Ok(ExitCode::FAILURE),
        Ended::AtOnce => Ok(ExitCode::from(LEFT_AT_ONCE)),
    }
}

/// The requested address; else the default one, or any free port.
async fn bind(listen: Option<SocketAddr>) -> anyhow::Result<TcpListener> {
    if let Some(address) = listen {
        return TcpListener::bind(address).await.with_context(|| {
            format!("the pages cannot be served at {address}; try `--listen 127.0.0.1:0`")
        });
    }
    match TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .context("no port of this machine is free"),
    }
}

async fn serve(
    installation: &Installation,
    listener: TcpListener,
    out: &mut Output,
    shutdown: &Shutdown,
) -> anyhow::Result<()> {
    let (db, clock) = (&installation.db, Clock::system());
    let mails = installation.folder("mails");
    let slot = to_the_minute(clock.now().minus(SENT_BEFORE));
    let confirmations = installation.folder("confirmations");
    let Played { newsroom, .. } =
        Box::pin(play(installation, RHYTHM, slot, &confirmations, &mails)).await?;
    let context = installation.at(&clock, &mails);
    let app = context.app_over(db);
    a_week_passes(&app, installation, &newsroom).await?;
    let samples = &installation.content;
    let drafts = newsroom.add_drafts(&app, samples, FIRST).await?;
    let mut editor = Editor::new(app, samples, &newsroom, drafts);
    let added = week::fill(&context.app_over(db), &newsroom, samples).await?;
    editor.tell().await?;

    let mut crowd = crowd(installation)?;
    crowd.extend(added);
    say_where(out, listener.local_addr()?)?;
    Box::pin(keep_going(
        &context,
        db,
        listener,
        Folder::new(mails, ZONE, crowd),
        &mut editor,
        shutdown,
    ))
    .await
}

/// What `serve` runs, plus the mailbox and the editor.
async fn keep_going(
    context: &Context,
    db: &Db,
    listener: TcpListener,
    mailbox: Folder,
    editor: &mut Editor<'_>,
    shutdown: &Shutdown,
) -> anyhow::Result<()> {
    let (config, clock) = (Arc::new(context.config.clone()), &context.clock);
    let posted = Arc::new(Notify::new());
    let bounds = Bounds::new(&config);
    let mut state = WebState::new(db.clone(), config, clock.clone(), Arc::clone(&posted))?;
    state.demo_mailbox = Some(PATH.to_owned());
    let router = web::build_with(state, web::demo::routes(mailbox));
    let engine = context.engine(db).await?;
    let jobs = context.jobs(db, &engine).await?;
    let sending = async {
        let ended = engine.run(shutdown).await;
        shutdown.ask(); // without it there is nothing to serve
        ended
    };
    let ((), (), (), sent) = tokio::join!(
        web::serve(listener, router, bounds, shutdown.clone()),
        jobs.run(shutdown, &posted),
        editor.run(shutdown),
        sending,
    );
    db.close().await;
    Ok(sent?)
}

/// The addresses of the sample readers.
fn crowd(installation: &Installation) -> anyhow::Result<HashSet<String>> {
    let readers = &installation.content.installation.subscribers;
    readers
        .iter()
        .map(|reader| Ok(reader.address()?.key()))
        .collect()
}

/// Changes since the first issue: one event was cancelled, and the slots of that week are skipped.
async fn a_week_passes(
    app: &App,
    installation: &Installation,
    newsroom: &Newsroom,
) -> anyhow::Result<()> {
    let called_off: Vec<_> = installation
        .content
        .entries
        .iter()
        .filter(|entry| entry.cancelled)
        .map(SampleEntry::texts)
        .collect();
    let mut conn = app.read().await?;
    let published = Some(EntryState::Published);
    let published = store::entry::list(&mut conn, published, None, i64::MAX, 100).await?;
    drop(conn);
    let names: Vec<_> = published
        .iter()
        .filter(|entry| called_off.contains(&entry.content.texts))
        .map(|entry| entry.id.to_string())
        .collect();
    let actor = Actor::operator();
    entries::call_off(app, &actor, &names).await?;
    for newsletter in newsroom.newsletters.values() {
        newsletters::skip_slots(app, &actor, newsletter).await?;
    }
    Ok(())
}

fn say_where(out: &mut Output, address: SocketAddr) -> std::io::Result<()> {
    let lines: [&dyn Display; 6] = [
        &format_args!("Rundbrief demo: http://{address}/"),
        &"  1. Subscribe there with any address; nothing leaves this machine.",
        &format_args!("  2. Confirm by the link in the mailbox: http://{address}{PATH}"),
        &"  3. The next issue comes within about a minute, with the topics you chose.",
        &format_args!("The newsroom, as editor, approver or administrator: http://{address}{DOOR}"),
        &"Ctrl-C ends the demonstration and removes everything it has written.",
    ];
    lines.iter().try_for_each(|line| out.line(line))
}

fn to_the_minute(at: Timestamp) -> Timestamp {
    const MINUTE: i64 = 60_000_000;
    Timestamp::from_micros(at.micros() - at.micros().rem_euclid(MINUTE))
}
