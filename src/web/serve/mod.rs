//! Accepts connections, each bounded in time and memory, until asked to stop.
//!
//! Not `axum::serve`: it has no timeouts, so a client that sends its head a byte a minute would
//! hold a connection forever.
//!
//! Each phase is bounded: the head of a request and the wait for the next one (`head_within`), the
//! body (`form::BODY_WITHIN`), the response (`server.request_timeout`), a client that does not read
//! its response (`stalled_for`), and the whole connection (`lifetime`). [`admission`] bounds the
//! connections of one client and its neighbours.

mod admission;
mod bounds;
mod stream;

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

pub use bounds::Bounds;

use self::admission::{Admission, Admitted};
use self::stream::StallGuard;
use super::Peer;
use crate::shutdown::Shutdown;

const MOST_HEADERS: usize = 64;
/// The largest head, in bytes; longer ones get 431.
const BUFFER: usize = 16 * 1024;
/// The wait after a failed accept, e.g. without free file descriptors.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until asked to stop, finishes running requests and returns. The caller bounds that by
/// `server.shutdown_within`.
pub async fn serve(listener: TcpListener, router: Router, bounds: Bounds, shutdown: Shutdown) {
    let slots = Arc::new(Semaphore::new(bounds.connections));
    let admission = Admission::new(&bounds);
    let bounds = Arc::new(bounds);
    let mut connections = JoinSet::new();
    while let Some((slot, accepted)) = shutdown
        .unless_asked(async {
            let slot = slots.clone().acquire_owned().await;
            (slot, listener.accept().await)
        })
        .await
    {
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                // Closed at once if the client has too many.
                let Some(admitted) = admission.admit(peer.ip()) else {
                    continue;
                };
                let one = Connection {
                    stream,
                    peer,
                    admitted,
                    router: router.clone(),
                    bounds: Arc::clone(&bounds),
                };
                let shutdown = shutdown.clone();
                connections.spawn(async move {
                    one.serve(shutdown).await;
                    drop(slot);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted; trying again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    admitted: Admitted,
    router: Router,
    bounds: Arc<Bounds>,
}

impl Connection {
    async fn serve(self, shutdown: Shutdown) {
        let Self {
            stream,
            peer,
            admitted,
            router,
            bounds,
        } = self;
        let _ = stream.set_nodelay(true);
        let asked = shutdown.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            // Responses without an end of their own look at it.
            request.extensions_mut().insert(asked.clone());
            router.clone().oneshot(request)
        });
        let stream = StallGuard::new(stream, bounds.stalled_for);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(bounds.head_within)
            .keep_alive(admitted.keep_alive)
            .max_headers(MOST_HEADERS)
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        let long_enough = async {
            tokio::select! {
                () = shutdown.asked() => {}
                () = tokio::time::sleep(bounds.lifetime) => {}
            }
        };
        // Errors of a connection (lost, too slow, not HTTP) concern only the client.
        tokio::select! {
            _ = connection.as_mut() => return,
            () = long_enough => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = tokio::time::timeout(bounds.last_answer_within, connection).await;
    }
}
