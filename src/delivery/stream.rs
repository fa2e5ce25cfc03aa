//! The stream under an SMTP connection: TCP without Nagle's delay, later perhaps TLS.
//!
//! lettre speaks SMTP over it and sees plain text only. The stream bounds what a relay can send:
//! the length of a reply, and its characters. The mail bypasses lettre and is written as a whole,
//! so that we know whether its end was sent.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// The longest reply to one command, in bytes. RFC 5321 §4.5.3.1.5 allows 512 octets per line.
const LONGEST_ANSWER: usize = 64 * 1024;

/// A handle to the stream: lettre has one, its owner another. Never locked across an await.
#[derive(Debug, Clone)]
pub(super) struct SmtpStream(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    socket: Socket,
    /// Bytes received since our last write.
    received: Vec<u8>,
    /// Whether the last byte received was not a line end.
    mid_line: bool,
    /// Whether the relay has closed its side.
    ended: bool,
}

#[derive(Debug)]
enum Socket {
    Tcp(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    /// Taken out for the handshake; stays empty if that fails.
    Gone,
}

impl SmtpStream {
    /// Over an open TCP connection.
    pub(super) fn new(tcp: TcpStream) -> io::Result<Self> {
        // lettre writes the body and the end of data separately: with Nagle's algorithm every mail would
        // wait 40 ms for a delayed acknowledgement.
        tcp.set_nodelay(true)?;
        Ok(Self(Arc::new(Mutex::new(State {
            socket: Socket::Tcp(tcp),
            received: Vec::new(),
            mid_line: false,
            ended: false,
        }))))
    }

    /// Starts TLS, and checks that the relay's certificate is for `name`.
    pub(super) async fn encrypt(
        &self,
        config: Arc<ClientConfig>,
        name: ServerName<'static>,
    ) -> io::Result<()> {
        let taken = std::mem::replace(&mut self.state().socket, Socket::Gone);
        let Socket::Tcp(tcp) = taken else {
            return Err(io::Error::other("the connection is encrypted already"));
        };
        let tls = TlsConnector::from(config).connect(name, tcp).await?;
        self.state().socket = Socket::Tls(Box::new(tls));
        Ok(())
    }

    /// Bytes received since our last write.
    pub(super) fn with_received<T>(&self, read: impl FnOnce(&[u8]) -> T) -> T {
        read(&self.state().received)
    }

    /// Writes both parts, in one write if the system accepts that much. If this fails, the last
    /// byte was not sent.
    pub(super) async fn write_parts(&mut self, first: &[u8], then: &[u8]) -> io::Result<()> {
        let mut said = 0;
        while said < first.len() + then.len() {
            let parts = match first.get(said..) {
                Some(rest) => [IoSlice::new(rest), IoSlice::new(then)],
                None => [IoSlice::new(&then[said - first.len()..]), IoSlice::new(&[])],
            };
            let new = poll_fn(|cx| Pin::new(&mut *self).poll_write_vectored(cx, &parts)).await?;
            if new == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            said += new;
        }
        Ok(())
    }

    /// Flushes. If this fails, everything may have arrived.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        poll_fn(|cx| Pin::new(&mut *self).poll_flush(cx)).await
    }

    /// Whether the last byte received was not a line end.
    pub(super) fn is_mid_line(&self) -> bool {
        self.state().mid_line
    }

    /// Whether the relay has closed its side.
    pub(super) fn has_ended(&self) -> bool {
        self.state().ended
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::NotConnected, "the connection is closed")
}

impl AsyncRead for SmtpStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let state = &mut *self.state();
        let (before, room) = (buf.filled().len(), buf.remaining());
        let read = match &mut state.socket {
            Socket::Tcp(tcp) => Pin::new(tcp).poll_read(cx, buf),
            Socket::Tls(tls) => Pin::new(tls).poll_read(cx, buf),
            Socket::Gone => Poll::Ready(Err(gone())),
        };
        let new = &mut buf.filled_mut()[before..];
        state.ended |= room > 0 && new.is_empty() && matches!(read, Poll::Ready(Ok(())));
        // Replies are ASCII (RFC 5321 §2.4). A relay that writes Latin-1 must not turn a clear
        // refusal into a parse error.
        new.iter_mut()
            .filter(|byte| !byte.is_ascii())
            .for_each(|byte| *byte = b'?');
        state.received.extend_from_slice(new);
        if let Some(last) = new.last() {
            state.mid_line = *last != b'\n';
        }
        if state.received.len() > LONGEST_ANSWER {
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the reply has no end",
            )));
        }
        read
    }
}

impl AsyncWrite for SmtpStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut state = self.state();
        state.received.clear();
        match &mut state.socket {
            Socket::Tcp(tcp) => Pin::new(tcp).poll_write(cx, buf),
            Socket::Tls(tls) => Pin::new(tls).poll_write(cx, buf),
            Socket::Gone => Poll::Ready(Err(gone())),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut state = self.state();
        state.received.clear();
        match &mut state.socket {
            Socket::Tcp(tcp) => Pin::new(tcp).poll_write_vectored(cx, parts),
            Socket::Tls(tls) => Pin::new(tls).poll_write_vectored(cx, parts),
            Socket::Gone => Poll::Ready(Err(gone())),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.state().socket {
            Socket::Tcp(tcp) => Pin::new(tcp).poll_flush(cx),
            Socket::Tls(tls) => Pin::new(tls).poll_flush(cx),
            Socket::Gone => Poll::Ready(Err(gone())),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.state().socket {
            Socket::Tcp(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Socket::Tls(tls) => Pin::new(tls).poll_shutdown(cx),
            Socket::Gone => Poll::Ready(Ok(())),
        }
    }
}

impl AsyncTokioStream for SmtpStream {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.state().socket {
            Socket::Tcp(tcp) => tcp.peer_addr(),
            Socket::Tls(tls) => tls.get_ref().0.peer_addr(),
            Socket::Gone => Err(gone()),
        }
    }
}
