//! An empty database for one test: a file in a temporary folder, or a database of its own on the
//! PostgreSQL server that `RUNDBRIEF_TEST_POSTGRES` names.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection, Executor, PgConnection};
use tempfile::TempDir;
use url::Url;

/// An empty database that only one test knows.
pub struct Database {
    url: String,
    place: Place,
}

enum Place {
    /// Removed with the folder.
    File(TempDir),
    /// The server that holds it, and its name there.
    Server { server: Url, name: String },
}

impl Database {
    /// A new SQLite file; it is created by whoever opens the URL first.
    #[expect(
        clippy::unused_async,
        reason = "called in place of `postgres`, which waits"
    )]
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("rundbrief.db");
        Self {
            url: format!("sqlite:{}", file.display()),
            place: Place::File(folder),
        }
    }

    /// A new, empty database on the test server.
    pub async fn postgres() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("RUNDBRIEF_TEST_POSTGRES")
            .expect("RUNDBRIEF_TEST_POSTGRES names a server: run this by scripts/test postgres");
        let server = Url::parse(&server).expect("RUNDBRIEF_TEST_POSTGRES is a URL");
        // Several test processes run side by side: the process id keeps them apart.
        let name = format!(
            "rundbrief_test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        on_server(&server, &format!("CREATE DATABASE {name}")).await;
        let mut own = server.clone();
        own.set_path(&name);
        Self {
            url: own.to_string(),
            place: Place::Server { server, name },
        }
    }

    /// The URL as `database.url` of the configuration takes it.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Server { .. })
    }

    /// A copy of it as it is now, as a backup is. Nobody may be connected.
    pub async fn copy(&self) -> Self {
        match &self.place {
            Place::File(_) => {
                let copy = Self::sqlite().await;
                std::fs::copy(self.file(), copy.file()).expect("a file can be copied");
                copy
            }
            Place::Server { server, name } => {
                static COUNT: AtomicU32 = AtomicU32::new(0);
                let copy = format!("{name}_copy_{}", COUNT.fetch_add(1, Ordering::Relaxed));
                on_server(server, &format!("CREATE DATABASE {copy} TEMPLATE {name}")).await;
                let mut own = server.clone();
                own.set_path(&copy);
                Self {
                    url: own.to_string(),
                    place: Place::Server {
                        server: server.clone(),
                        name: copy,
                    },
                }
            }
        }
    }

    /// The file of SQLite.
    pub fn file(&self) -> &std::path::Path {
        let path = self.url.strip_prefix("sqlite:");
        std::path::Path::new(path.expect("a database of SQLite"))
    }

    /// Runs a statement past the program, as somebody with access to the database could.
    pub async fn execute(&self, statement: &str) {
        let statement = sqlx::AssertSqlSafe(statement.to_owned());
        if self.is_postgres() {
            let mut connection = PgConnection::connect(&self.url).await.expect("connects");
            connection.execute(statement).await.expect("runs");
        } else {
            let mut connection = sqlx::SqliteConnection::connect(&self.url)
                .await
                .expect("connects");
            connection.execute(statement).await.expect("runs");
        }
    }

    /// Removes it. A test that panics does not get here: its PostgreSQL database stays to be
    /// looked at until the throw-away server ends.
    pub async fn remove(self) {
        if let Place::Server { server, name } = &self.place {
            on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn on_server(server: &Url, statement: &str) {
    let mut connection = PgConnection::connect(server.as_str())
        .await
        .expect("the PostgreSQL test server answers");
    connection
        .execute(sqlx::AssertSqlSafe(statement))
        .await
        .expect("the test server lets tests make and drop databases");
    connection
        .close()
        .await
        .expect("a connection can be closed");
}

/// Runs one story on one fresh database. Called by `on_both_databases!`.
pub fn on<Fresh, Story>(fresh: Fresh, story: Story)
where
    Fresh: AsyncFnOnce() -> Database,
    Story: AsyncFnOnce(&Database),
{
    super::statements::record();
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime can be started")
        .block_on(async {
            let database = fresh().await;
            story(&database).await;
            database.remove().await;
        });
}
