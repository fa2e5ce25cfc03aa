//! Asking for the pages behind links: what is there, what is gone, and what is never asked.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rundbrief::config::Network;
use rundbrief::config::newsroom::LinkAllowance;
use rundbrief::domain::check::{LinkFailure, LinkOutcome};
use rundbrief::sources::link::LinkChecker;

/// A server on this machine, and the request lines that it got.
struct Site {
    at: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = listener.local_addr().expect("an address");
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, seen) = (stream.expect("a connection"), Arc::clone(&seen));
                std::thread::spawn(move || {
                    let mut head = [0; 2_000];
                    let read = stream.read(&mut head).unwrap_or(0);
                    let head = String::from_utf8_lossy(&head[..read]).into_owned();
                    let line = head.lines().next().unwrap_or_default().to_owned();
                    seen.lock().expect("the list").push(line.clone());
                    assert!(!head.to_lowercase().contains("cookie"), "{head}");
                    let _ = stream.write_all(answer(&line, at).as_bytes());
                });
            }
        });
        Self { at, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("the list"))
    }
}

fn answer(line: &str, at: SocketAddr) -> String {
    let status = |status: &str| format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
    let leads =
        |to: &str| format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
    let path = line.split(' ').nth(1).unwrap_or_default();
    match path {
        "/get-only" if line.starts_with("HEAD") => status("405 Method Not Allowed"),
        "/there" | "/get-only" => status("200 OK"),
        "/gone" => status("404 Not Found"),
        "/moved" => leads("/there"),
        "/inside" => leads("http://10.255.255.1/secret"),
        "/metadata" => leads("http://[::ffff:169.254.169.254]/latest"),
        "/file" => leads("file:///etc/passwd"),
        "/round" => leads(&format!("http://{at}/round")),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(20));
            status("200 OK")
        }
        "/noise" => "hello\r\n\r\n".to_owned(),
        "/huge" => format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(200_000)),
        _ => status("500 Internal Server Error"),
    }
}

fn checker(allowed: &[&str]) -> LinkChecker {
    let networks = allowed
        .iter()
        .map(|one| Network::parse(one).expect("a network"));
    let allowance = LinkAllowance {
        hosts: Vec::new(),
        networks: networks.collect(),
    };
    LinkChecker::new(&allowance).expect("TLS")
}

fn failed(why: LinkFailure) -> LinkOutcome {
    LinkOutcome::Failed { why }
}

#[tokio::test]
async fn pages_are_there_gone_or_moved() {
    let (site, checker) = (Site::start(), checker(&["127.0.0.1"]));
    for (path, outcome) in [
        ("/there", LinkOutcome::Reached),
        ("/get-only", LinkOutcome::Reached),
        ("/moved", LinkOutcome::Reached),
        ("/gone", LinkOutcome::Status { status: 404 }),
        ("/broken", LinkOutcome::Status { status: 500 }),
        ("/round", failed(LinkFailure::Redirects)),
        ("/file", failed(LinkFailure::Protocol)),
        ("/noise", failed(LinkFailure::Protocol)),
        ("/huge", failed(LinkFailure::Protocol)),
    ] {
        assert_eq!(checker.check(&site.url(path)).await, outcome, "{path}");
    }
    let asked = site.asked();
    assert!(
        asked.contains(&"HEAD /there HTTP/1.1".to_owned()),
        "{asked:?}"
    );
    let rounds = asked.iter().filter(|line| line.contains("/round")).count();
    assert_eq!(rounds, 4, "three redirects after the first question");
}

#[tokio::test]
async fn a_private_network_is_never_asked() {
    let (site, checker) = (Site::start(), checker(&[]));
    for url in [
        site.url("/there"),
        format!("http://localhost:{}/there", site.at.port()),
        format!("http://[::1]:{}/", site.at.port()),
        format!("http://[::ffff:127.0.0.1]:{}/", site.at.port()),
        "http://2130706433/".to_owned(),
        "http://0x7f.1/".to_owned(),
        "http://127.1/".to_owned(),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "http://[64:ff9b::a00:1]/".to_owned(),
        "http://intranet/".to_owned(),
        "http://drucker.local/".to_owned(),
    ] {
        assert_eq!(checker.check(&url).await, LinkOutcome::Private, "{url}");
    }
    assert_eq!(site.asked(), [""; 0]);
}

/// A page that is allowed may not lead to one that is not.
#[tokio::test]
async fn a_redirect_into_a_private_network_is_not_followed() {
    let (site, checker) = (Site::start(), checker(&["127.0.0.1"]));
    for path in ["/inside", "/metadata"] {
        assert_eq!(
            checker.check(&site.url(path)).await,
            LinkOutcome::Private,
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_nobody_has_is_not_looked_up_and_what_is_slow_is_left() {
    let (site, checker) = (Site::start(), checker(&["127.0.0.1"]));
    let unknown = failed(LinkFailure::UnknownHost);
    assert_eq!(checker.check("https://kammer.example/1").await, unknown);
    assert_eq!(checker.check("https://www.test/").await, unknown);
    let slow = checker.check(&site.url("/slow")).await;
    assert_eq!(slow, failed(LinkFailure::TimedOut));
    assert_eq!(
        checker.check("http://127.0.0.1:9/").await,
        failed(LinkFailure::NoConnection)
    );
    assert_eq!(
        checker.check("ftp://www.example.org/").await,
        failed(LinkFailure::Protocol)
    );
}
