//! Clients that hold on to connections: slow heads, slow bodies, answers that nobody reads.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use rundbrief::config::Config;
use rundbrief::shutdown::Shutdown;
use rundbrief::web::{self, Bounds};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, timeout};

use super::Service;
use crate::harness::Database;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const WAIT: Duration = Duration::from_secs(20);

/// A server with three pages: a short one, one of 64 MB, and one that reads a body.
struct Server {
    at: SocketAddr,
    shutdown: Shutdown,
}

impl Server {
    async fn start(change: impl FnOnce(&mut Bounds)) -> Self {
        let mut bounds = Bounds::new(&Config::from_defaults(|config| {
            config.server.trusted_proxies.clear();
        }));
        change(&mut bounds);
        let router = Router::new()
            .route("/", get("hello"))
            .route("/large", get(|| async { vec![b'x'; 64_000_000] }))
            .route("/body", post(|body: String| async { body }));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let shutdown = Shutdown::new();
        tokio::spawn(web::serve(listener, router, bounds, shutdown.clone()));
        Self { at, shutdown }
    }

    /// A connection from this address of the loopback network.
    async fn connect(&self, from: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().expect("a socket");
        let from = format!("{from}:0").parse().expect("an address");
        socket.bind(from).expect("a local address");
        socket.connect(self.at).await.expect("the server listens")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.ask();
    }
}

/// Whether the short page comes back.
async fn is_served(stream: &mut TcpStream) -> bool {
    if stream.write_all(REQUEST).await.is_err() {
        return false;
    }
    let mut answer = Vec::new();
    while !answer.ends_with(b"hello") {
        let read = timeout(WAIT, stream.read_buf(&mut answer)).await;
        match read.expect("an answer or an end") {
            Ok(0) | Err(_) => return false,
            Ok(_) => {}
        }
    }
    answer.starts_with(b"HTTP/1.1 200")
}

/// How long it takes until the server closes the connection.
async fn closed_after(stream: &mut TcpStream) -> Duration {
    let begin = Instant::now();
    let mut rest = Vec::new();
    let _ = timeout(WAIT, stream.read_to_end(&mut rest))
        .await
        .expect("the server closes the connection");
    begin.elapsed()
}

#[tokio::test]
async fn one_client_and_its_neighbours_leave_connections_for_others() {
    let server = Server::start(|bounds| {
        bounds.connections = 8;
        bounds.per_client = 3;
        bounds.per_neighbourhood = 5;
    })
    .await;
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut stream = server.connect("127.0.0.1").await;
        assert!(is_served(&mut stream).await);
        held.push(stream);
    }
    assert!(!is_served(&mut server.connect("127.0.0.1").await).await);
    for last in 2..4 {
        let mut stream = server.connect(&format!("127.0.0.{last}")).await;
        assert!(is_served(&mut stream).await);
        held.push(stream);
    }
    assert!(!is_served(&mut server.connect("127.0.0.4").await).await);
    assert!(is_served(&mut server.connect("127.1.0.1").await).await);
    // Whoever closes a connection may open another.
    held.remove(0);
    let deadline = Instant::now() + WAIT;
    while !is_served(&mut server.connect("127.0.0.1").await).await {
        assert!(
            Instant::now() < deadline,
            "a closed connection still counts"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_busy_client_has_no_idle_connections() {
    let server = Server::start(|bounds| bounds.keep_alive_below = 1).await;
    let mut first = server.connect("127.0.0.1").await;
    assert!(is_served(&mut first).await);
    let mut second = server.connect("127.0.0.1").await;
    assert!(is_served(&mut second).await);
    assert!(closed_after(&mut second).await < Duration::from_secs(5));
    assert!(is_served(&mut first).await, "the first is kept");
}

#[tokio::test]
async fn slow_heads_and_idle_connections_are_closed() {
    let server = Server::start(|bounds| bounds.head_within = Duration::from_millis(400)).await;
    let mut silent = server.connect("127.0.0.1").await;
    assert!(closed_after(&mut silent).await < Duration::from_secs(5));
    let mut idle = server.connect("127.0.0.1").await;
    assert!(is_served(&mut idle).await);
    assert!(closed_after(&mut idle).await < Duration::from_secs(5));
    // A byte now and then does not prolong it.
    let (mut reader, mut writer) = server.connect("127.0.0.1").await.into_split();
    let drip = tokio::spawn(async move {
        for byte in REQUEST.iter().cycle().filter(|byte| **byte != b'\n') {
            if writer.write_all(&[*byte]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let begin = Instant::now();
    let mut answer = Vec::new();
    let _ = timeout(WAIT, reader.read_to_end(&mut answer))
        .await
        .expect("closed");
    assert!(begin.elapsed() < Duration::from_secs(5));
    drip.abort();
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_dropped() {
    let server = Server::start(|bounds| {
        bounds.per_client = 1;
        bounds.stalled_for = Duration::from_millis(400);
    })
    .await;
    let mut stalled = server.connect("127.0.0.1").await;
    let request = b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
    stalled.write_all(request).await.expect("sent");
    let begin = Instant::now();
    while !is_served(&mut server.connect("127.0.0.1").await).await {
        assert!(begin.elapsed() < WAIT, "it still holds its connection");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(
        begin.elapsed() >= Duration::from_millis(300),
        "it was dropped too early"
    );
    drop(stalled);
}

#[tokio::test]
async fn a_connection_ends_after_its_lifetime() {
    let server = Server::start(|bounds| {
        bounds.lifetime = Duration::from_millis(300);
        bounds.last_answer_within = Duration::from_millis(200);
    })
    .await;
    let mut posting = server.connect("127.0.0.1").await;
    let head = b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx";
    posting.write_all(head).await.expect("sent");
    assert!(closed_after(&mut posting).await < Duration::from_secs(5));
}

/// A form whose body drips in is given up, and says so.
#[tokio::test]
async fn slow_bodies_are_given_up() {
    let database = Database::sqlite().await;
    let service = Service::start_with(&database, |config| {
        config.server.request_timeout = Duration::from_mins(1);
    })
    .await;
    let mut stream = TcpStream::connect(service.at).await.expect("it listens");
    let head = "POST /subscribe HTTP/1.1\r\nHost: x\r\nAccept-Language: de\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na";
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    let read = timeout(WAIT, stream.read_to_string(&mut answer)).await;
    read.expect("the server closes the connection")
        .expect("text");
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("Die Übertragung hat zu lange gedauert"));
}
