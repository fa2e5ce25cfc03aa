//! Taking connections, each bounded in time and memory, until one is asked to stop.
//!
//! Not `axum::serve`: it sets no timer, so a client that sends its head a byte a minute would hold
//! a connection for ever.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use super::Peer;
use crate::shutdown::Shutdown;

/// Connections at once; further ones wait in the kernel's queue.
const MOST_CONNECTIONS: usize = 1024;
/// How long the head of a request may take, and an idle connection be kept.
const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// How long one connection may live; then it is closed after the answer under way.
const LIFETIME: Duration = Duration::from_mins(5);
/// How long a client may take to read an answer once its connection is to be closed.
const LAST_ANSWER_WITHIN: Duration = Duration::from_secs(30);
const MOST_HEADERS: usize = 64;
/// Bytes held for a head; a longer one is answered with 431.
const BUFFER: usize = 16 * 1024;
/// How long to wait when no connection can be taken, e.g. for want of file descriptors.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until asked to stop, then lets what is under way finish and returns. Whoever calls it
/// bounds that by `server.shutdown_within`.
pub async fn serve(listener: TcpListener, router: Router, shutdown: Shutdown) {
    let slots = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut connections = JoinSet::new();
    while let Some((slot, taken)) = shutdown
        .unless_asked(async {
            let slot = slots.clone().acquire_owned().await;
            (slot, listener.accept().await)
        })
        .await
    {
        while connections.try_join_next().is_some() {}
        match taken {
            Ok((stream, peer)) => {
                let one = connection(stream, peer, router.clone(), shutdown.clone());
                connections.spawn(async move {
                    one.await;
                    drop(slot);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken; trying again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, shutdown: Shutdown) {
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_headers(MOST_HEADERS)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    // How a connection ends badly (cut, too slow, no HTTP) is the client's affair.
    let long_enough = async {
        tokio::select! {
            () = shutdown.asked() => {}
            () = tokio::time::sleep(LIFETIME) => {}
        }
    };
    tokio::select! {
        _ = connection.as_mut() => return,
        () = long_enough => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = tokio::time::timeout(LAST_ANSWER_WITHIN, connection).await;
}
