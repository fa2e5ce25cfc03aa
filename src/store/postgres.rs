//! Sessions on PostgreSQL: encrypted where the network can read along, durable whatever the server's
//! default is.

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use url::Url;

use super::connect::PATIENCE;
use super::{Result, StoreError};

/// Runs first in every session.
///
/// - `synchronous_commit`: *started* must be on disk before the relay hears of a mail, so `off` and
///   `local` of a server are not taken over. With `synchronous_standby_names` set, `on` also waits
///   for the standby's disk. `remote_apply` promises more and stays.
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

/// The options that a URL asks for. Without `sslmode` in it, a server that is not on this machine
/// must speak TLS and show a certificate for its name: the addresses of readers pass here, and with
/// `prefer`, the driver's default, anybody on the way can have them in plain text.
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
    fn a_server_elsewhere_must_show_a_certificate_for_its_name() {
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

    /// A server without TLS, as far as a client comes with it: it answers `N` to the request for it.
    #[tokio::test]
    async fn a_server_without_tls_is_refused_with_what_to_do() {
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
                .expect("a request for TLS");
            client.write_all(b"N").await.expect("answer");
            // Nothing, a password least of all, may follow.
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
            "bytes after the refusal"
        );
    }
}
