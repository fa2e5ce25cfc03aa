//! The link between the sending processes and the database, which the drill can cut.
//!
//! For PostgreSQL it is a proxy in the drill. SQLite is a file: there the drill holds the writer's
//! lock.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use crate::config::DatabaseUrl;
use crate::store::{self, Db, Location};

/// PostgreSQL's default port.
const POSTGRES_PORT: u16 = 5432;

/// The link to the database; closed when dropped.
pub(super) enum DatabaseLink {
    /// Directly.
    File,
    /// Through a proxy.
    Proxy {
        /// The URL for the sending processes.
        url: String,
        /// Whether it is open.
        open: Arc<watch::Sender<bool>>,
        _task: JoinSet<()>,
    },
}

impl DatabaseLink {
    /// Prepares the link to the database at `url`.
    pub(super) async fn open(url: &str) -> anyhow::Result<Self> {
        let DatabaseUrl::Postgres { .. } = DatabaseUrl::parse(url).map_err(anyhow::Error::msg)?
        else {
            return Ok(Self::File);
        };
        let mut url = Url::parse(url)?;
        let host = url
            .host_str()
            .context("an outage needs a PostgreSQL server on TCP: name its host in --database")?;
        let server = (host.to_owned(), url.port().unwrap_or(POSTGRES_PORT));
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("cannot listen on the loopback address")?;
        let port = listener.local_addr()?.port();
        let replaced = url.set_host(Some("127.0.0.1")).is_ok() && url.set_port(Some(port)).is_ok();
        anyhow::ensure!(replaced, "the database URL cannot be changed");
        let open = Arc::new(watch::Sender::new(true));
        let mut task = JoinSet::new();
        task.spawn(forward(listener, server, Arc::clone(&open)));
        Ok(Self::Proxy {
            url: url.into(),
            open,
            _task: task,
        })
    }

    /// The URL for sending processes, if it differs from the database's.
    pub(super) fn url(&self) -> Option<&str> {
        match self {
            Self::File => None,
            Self::Proxy { url, .. } => Some(url),
        }
    }

    /// Cuts the link for this long.
    pub(super) async fn cut(&self, location: &Location, span: Duration) -> anyhow::Result<()> {
        match self {
            Self::File => {
                let db = Db::connect(location, 1).await?;
                store::sample::block_writers(&db, span).await?;
                db.close().await;
            }
            Self::Proxy { open, .. } => {
                open.send_replace(false);
                tokio::time::sleep(span).await;
                open.send_replace(true);
            }
        }
        Ok(())
    }
}

async fn forward(listener: TcpListener, server: (String, u16), open: Arc<watch::Sender<bool>>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((client, _)) = accepted && *open.borrow() {
                let (server, cut) = (server.clone(), open.subscribe());
                connections.spawn(connect(client, server, cut));
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Connects a process with the server until one of them ends or the link is cut.
async fn connect(mut client: TcpStream, server: (String, u16), mut cut: watch::Receiver<bool>) {
    let through = async {
        let mut server = TcpStream::connect(server).await?;
        // Without it the drill would be slower than a real installation.
        server.set_nodelay(true)?;
        client.set_nodelay(true)?;
        copy_bidirectional(&mut client, &mut server).await
    };
    tokio::select! {
        _ = through => {} // each end sees that the other has closed
        _ = cut.wait_for(|open| !open) => {}
    }
}
