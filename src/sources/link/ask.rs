//! One question to one server over HTTP/1.1, and the head of its answer.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use hyper::header::{ACCEPT, HOST, LOCATION, USER_AGENT};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, Error as TlsError};
use url::{Position, Url};

use crate::domain::check::LinkFailure;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Method {
    /// The head alone.
    Head,
    /// The page, of which only the head is read.
    Get,
}

/// The head of an answer.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Where it leads.
    pub(super) location: Option<String>,
}

/// Bytes that the head of an answer may have.
const LARGEST_HEAD: usize = 32_000;

/// Asks at the first of these addresses that accepts a connection.
pub(super) async fn ask(
    url: &Url,
    method: Method,
    addresses: &[SocketAddr],
    tls: &Arc<ClientConfig>,
) -> Result<Answer, LinkFailure> {
    let stream = TcpStream::connect(addresses).await;
    let stream = stream.map_err(|_| LinkFailure::NoConnection)?;
    if url.scheme() == "http" {
        return exchange(stream, url, method).await;
    }
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(|_| LinkFailure::Certificate)?;
    let stream = TlsConnector::from(Arc::clone(tls))
        .connect(name, stream)
        .await;
    exchange(stream.map_err(|error| tls_failure(&error))?, url, method).await
}

fn tls_failure(error: &io::Error) -> LinkFailure {
    let inner = error.get_ref();
    match inner.and_then(|inner| inner.downcast_ref::<TlsError>()) {
        Some(TlsError::InvalidCertificate(_)) => LinkFailure::Certificate,
        Some(_) => LinkFailure::Protocol,
        None => LinkFailure::NoConnection,
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    url: &Url,
    method: Method,
) -> Result<Answer, LinkFailure> {
    let unclear = |_| LinkFailure::Protocol;
    let (mut sender, connection) = hyper::client::conn::http1::Builder::new()
        .max_buf_size(LARGEST_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(unclear)?;
    // Without credentials: those of a link are not ours to use.
    let request = hyper::Request::builder()
        .method(match method {
            Method::Head => hyper::Method::HEAD,
            Method::Get => hyper::Method::GET,
        })
        .uri(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(
            USER_AGENT,
            concat!("Rundbrief/", env!("CARGO_PKG_VERSION"), " (link check)"),
        )
        .header(ACCEPT, "*/*")
        .body(String::new())
        .map_err(|_| LinkFailure::Protocol)?;
    // The connection ends with the answer's head: nothing else is read.
    let asked = sender.send_request(request);
    tokio::pin!(asked, connection);
    let response = tokio::select! {
        response = &mut asked => response.map_err(unclear)?,
        ended = &mut connection => {
            ended.map_err(unclear)?;
            asked.await.map_err(unclear)?
        }
    };
    let location = response.headers().get(LOCATION);
    Ok(Answer {
        status: response.status().as_u16(),
        location: location.and_then(|to| to.to_str().ok()).map(str::to_owned),
    })
}
