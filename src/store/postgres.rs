//! Sessions on PostgreSQL: encrypted on a network, durable whatever the server's default is.

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use url::Url;

use super::connect::PATIENCE;
use super::{Result, StoreError};

/// Runs first in every session.
///
/// - `synchronous_commit`: *started* must be on disk before a mail is sent, so a server's default
///   of `off` or `local` is overridden. With `synchronous_standby_names` set, `on` also waits for
///   the standby's disk. `remote_apply` guarantees more and is kept.
/// - `client_min_messages`: the driver logs notices, such as `relation "_sqlx_migrations" already
///   exists, skipping` at every start. Warnings still come through.
const SESSION: &str = "SELECT set_config('client_min_messages', 'warning', false), \
     set_config('synchronous_commit', CASE current_setting('synchronous_commit') \
     WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)";

/// Opens a pool of at most `connections` sessions.
pub(super) async fn pool(url: &str, connections: u32) -> Result<PgPool> {
    let pool = PgPoolOptions::new()
        .max_connections(connections.max(2))
        .acquire_timeout(PATIENCE)
        .after_connect(|conn, _| {
            Box::pin(async move { sqlx::raw_sql(SESSION).execute(conn).await.map(|_| ()) })
        });
    Ok(pool.connect_with(options(url)?).await?)
}

/// The options of a URL. Without `sslmode` in it, a server on another machine must use TLS with a
/// certificate for its name: readers' addresses cross this connection, and with `prefer`, the
/// driver's default, an attacker on the network can read them in plain text.
fn options(url: &str) -> Result<PgConnectOptions> {
    let options: PgConnectOptions = url.parse().map_err(|_| {
        // sqlx's own message could repeat the URL with its password
        StoreError::Unreachable(
            "the PostgreSQL URL is not of the form postgres://user@host/database".to_owned(),
        )
    })?;
    let options = options.application_name("rundbrief");
    Ok(if names_ssl_mode(url) {
        options
    } else if is_local(&options) {
        options.ssl_mode(PgSslMode::Prefer)
    } else {
        options.ssl_mode(PgSslMode::VerifyFull)
    })
}

fn names_ssl_mode(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| {
        let mut pairs = url.query_pairs();
        pairs.any(|(key, _)| key == "sslmode" || key == "ssl-mode")
    })
}

/// Whether the server is reached through a socket file or the loopback interface.
fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host().trim_matches(['[', ']']);
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remote_servers_need_a_certificate_for_their_name() {
        for (url, expected) in [
            ("postgres://u@db.town.example/r", "VerifyFull"),
            ("postgres://u@10.1.0.5:5433/r", "VerifyFull"),
            ("postgres://u@[2001:db8::1]/r", "VerifyFull"),
            (
                "postgres://u@localhost/r?host=db.town.example",
                "VerifyFull",
            ),
            (
                "postgres://u@db.town.example/r?sslrootcert=/etc/ca.pem",
                "VerifyFull",
            ),
            ("postgres://u@localhost/r", "Prefer"),
            ("postgres://u@127.0.0.2/r", "Prefer"),
            ("postgres://u@[::1]/r", "Prefer"),
            ("postgres://u@%2Frun%2Fpostgresql/r", "Prefer"),
            (
                "postgres://u@db.town.example/r?host=/run/postgresql",
                "Prefer",
            ),
            ("postgres://u@db.town.example/r?sslmode=disable", "Disable"),
            (
                "postgres://u@db.town.example/r?sslmode=verify-ca",
                "VerifyCa",
            ),
            ("postgres://u@localhost/r?ssl-mode=require", "Require"),
        ] {
            let options = options(url).expect(url);
            assert_eq!(format!("{:?}", options.get_ssl_mode()), expected, "{url}");
        }
    }

    /// A server without TLS: it answers `N` to the SSLRequest.
    #[tokio::test]
    async fn servers_without_tls_are_refused_with_a_remedy() {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let server = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("bind");
        let port = server.local_addr().expect("address").port();
        let answering = tokio::spawn(async move {
            let (mut client, _) = server.accept().await.expect("accept");
            let mut request = [0; 8];
            client
                .read_exact(&mut request)
                .await
                .expect("an SSLRequest");
            client.write_all(b"N").await.expect("answer");
            // Nothing may follow, above all no password.
            client.read(&mut [0; 8]).await.unwrap_or(0)
        });
        let url = format!("postgres://u:geheim@127.0.0.1:{port}/r?sslmode=verify-full");
        let error = pool(&url, 2).await.expect_err("refused");
        assert!(matches!(error, StoreError::Encryption(_)), "{error:?}");
        let text = error.to_string();
        assert!(
            text.contains("ssl = on") && text.contains("sslmode=disable"),
            "{text}"
        );
        assert!(!text.contains("geheim"), "{text}");
        assert_eq!(
            answering.await.expect("no panic"),
            0,
            "bytes sent after the refusal"
        );
    }
}
