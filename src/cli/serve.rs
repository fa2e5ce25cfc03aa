//! `rundbrief serve`.

use crate::app::{App, staff};
use crate::cli::privacy;
use crate::clock::Clock;
use crate::config::Config;
use crate::shutdown::{self, Ended, LEFT_AT_ONCE};
use crate::store::Db;
use crate::web::{self, Bounds, WebState};
use anyhow::{Context as _, bail};
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::cli::Context;
use crate::cli::arguments::one_of;
use crate::domain::named::named_enum;

named_enum! {
    /// What a process that serves does.
    pub enum Role ("role") {
        /// Everything.
        All = "all",
        /// The web pages.
        Web = "web",
        /// The schedule and the sending.
        Worker = "worker",
    }
}

/// `rundbrief serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What this process does; several processes can share one PostgreSQL database
    #[arg(long, value_name = "ROLE", default_value = "all", value_parser = one_of!(Role))]
    pub role: Role,

    /// Lets the clock of this process be ahead by so many seconds: `rundbrief drill` sets it
    #[arg(long, value_name = "SECONDS", default_value_t = 0, hide = true)]
    pub clock_ahead: u64,
}

/// Serves until the process is asked to stop.
pub async fn run(args: Args, context: &mut Context) -> anyhow::Result<ExitCode> {
    if args.clock_ahead > 0 {
        context.clock = Clock::ahead_by(Duration::from_secs(args.clock_ahead));
    }
    let db = context.store().await?;
    let config = Arc::new(context.config.clone());
    let posted = Arc::new(Notify::new());
    // Errors in the configuration surface before the first request is answered.
    context.keyring_of(&db).await?;
    context.tell_missing_keys(&db).await?;
    let app = App::new(db.clone(), context.clock.clone(), Arc::clone(&config));
    privacy::reapply::at_start(&app).await?;
    let pages = if args.role == Role::Worker {
        None
    } else {
        Some(Pages::open(&db, &config, context, &posted).await?)
    };
    let work = if args.role == Role::Web {
        None
    } else {
        let engine = context.engine(&db).await?;
        Some((context.jobs(&db, &engine).await?, engine))
    };
    say_hello(args.role, pages.as_ref(), &db, context);
    if pages.is_some() {
        offer_first_administrator(&app).await?;
    }

    let ended = shutdown::run(config.server.shutdown_within, |shutdown| async move {
        let pages = async {
            if let Some(Pages {
                listener,
                router,
                bounds,
                ..
            }) = pages
            {
                web::serve(listener, router, bounds, shutdown.clone()).await;
            }
        };
        let work = async {
            let Some((jobs, engine)) = work else {
                return Ok(());
            };
            let sending = async {
                let result = engine.run(&shutdown).await;
                shutdown.ask(); // a process that no longer sends must not look alive
                result
            };
            let ((), sent) = tokio::join!(jobs.run(&shutdown, &posted), sending);
            sent
        };
        tokio::join!(pages, work).1
    });
    let ended = Box::pin(ended)
        .await
        .context("signals cannot be listened to")?;
    match ended {
        Ended::InOrder(result) => {
            db.close().await;
            result?;
            tracing::info!("stopped in good order");
            Ok(ExitCode::SUCCESS)
        }
        Ended::TooLate => bail!(
            "not everything was finished in time; mails that were being sent are uncertain after the next start"
        ),
        Ended::AtOnce => Ok(ExitCode::from(LEFT_AT_ONCE)),
    }
}

/// The web pages, ready to be served.
struct Pages {
    listener: TcpListener,
    address: SocketAddr,
    router: axum::Router,
    bounds: Bounds,
}

impl Pages {
    async fn open(
        db: &Db,
        config: &Arc<Config>,
        context: &Context,
        posted: &Arc<Notify>,
    ) -> anyhow::Result<Self> {
        let state = WebState::new(
            db.clone(),
            Arc::clone(config),
            context.clock.clone(),
            Arc::clone(posted),
        )?;
        let listen = config.server.listen;
        let advice = || {
            format!(
                "{listen} cannot be listened on; is another process using it? Set [server] listen to a free address"
            )
        };
        let listener = TcpListener::bind(listen).await.with_context(advice)?;
        let address = listener.local_addr()?;
        Ok(Self {
            listener,
            address,
            router: web::build(state),
            bounds: Bounds::new(config),
        })
    }
}

/// Prints a link for the first administrator while there is none: to stderr, never to the log.
async fn offer_first_administrator(app: &App) -> anyhow::Result<()> {
    let Some(token) = staff::first_administrator(app).await? else {
        return Ok(());
    };
    tracing::info!("there is no administrator yet; the link for the first one is on stderr");
    let link = app
        .config
        .server
        .link(&format!("/newsroom/link/{}", token.reveal()));
    writeln!(
        std::io::stderr(),
        "There is no administrator yet. Open this link within 24 hours to become the first, or run `rundbrief user add`:\n{link}"
    )?;
    Ok(())
}

fn say_hello(role: Role, pages: Option<&Pages>, db: &Db, context: &Context) {
    let address = pages.map(|pages| tracing::field::display(pages.address));
    let public_url = &context.config.server.public_url;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), %role, address, %public_url, database = db.kind(), "serving");
    if !context.warnings.is_empty() {
        let warnings = context.warnings.len();
        tracing::warn!(
            warnings,
            "the configuration is not ready for real mails; `rundbrief config check` says why"
        );
    }
}
