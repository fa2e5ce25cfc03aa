//! A connection to an SMTP relay (RFC 5321), for one mail at a time; the transaction of a mail
//! is in [`super::transaction`].
//!
//! A worker owns its connection. Everything has a timeout; after a timeout, a cancelled future, an
//! error or an unexpected reply, the connection is dropped, so that no reply is ever matched to
//! another mail. Only 250 after the end of data means *sent*. (In lettre's pool, a cancelled send
//! returned its connection, and a refused mail was reported as accepted.)

use std::fmt::Display;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Auth, Ehlo, Quit, Starttls};
use lettre::transport::smtp::extension::{ClientId, Extension, ServerInfo};
use lettre::transport::smtp::response::Response;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use super::authentication::Authentication;
use super::extensions::Extensions;
use super::reply::Reply;
use super::step::Step;
use super::stream::SmtpStream;
use super::tls::{BadRelay, client_config, handshake_error};
use super::transport_error::TransportError;
use crate::config::{Relay, RelayTls};

/// How long QUIT may take; nothing depends on it.
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);
/// The most challenges in one authentication.
const MOST_CHALLENGES: u8 = 4;

/// A relay that speaks SMTP, and how to reach it.
#[derive(Clone)]
pub struct SmtpRelay {
    host: String,
    port: u16,
    tls: RelayTls,
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
    login: Option<Authentication>,
    hello: ClientId,
    timeouts: Timeouts,
}

/// The timeouts (RFC 5321 §4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub(super) struct Timeouts {
    connect: Duration,
    pub(super) command: Duration,
    pub(super) data: Duration,
    pub(super) accept: Duration,
}

impl SmtpRelay {
    /// The relay at `host`; `hello` is our name in EHLO.
    pub fn new(
        settings: &Relay,
        (host, port, tls, user): (&str, u16, RelayTls, Option<&str>),
        hello: &str,
    ) -> Result<Self, BadRelay> {
        Ok(Self {
            host: host.to_owned(),
            port,
            tls,
            config: client_config(settings.ca_file.as_deref())?,
            name: ServerName::try_from(host.to_owned()).map_err(|_| BadRelay::Host)?,
            login: Authentication::of(settings, user),
            hello: ClientId::Domain(hello.to_owned()),
            timeouts: Timeouts {
                connect: settings.connect_timeout,
                command: settings.command_timeout,
                data: settings.data_timeout,
                accept: settings.accept_timeout,
            },
        })
    }

    /// Connects, starts TLS if configured, and authenticates if there are credentials.
    pub async fn connect(&self) -> Result<SmtpConnection, TransportError> {
        let stream = timeout(self.timeouts.connect, self.open())
            .await
            .map_err(|_| TransportError::TimedOut(Step::Connect))??;
        let greeted =
            AsyncSmtpConnection::connect_with_transport(Box::new(stream.clone()), &self.hello);
        let inner = timeout(self.timeouts.connect, greeted)
            .await
            .map_err(|_| TransportError::TimedOut(Step::Connect))?
            .map_err(|error| greeting_error(&error, &stream))?;
        let mut connection = SmtpConnection {
            extensions: stream.with_received(Extensions::parse_raw),
            inner,
            stream,
            timeouts: self.timeouts,
            accepted: 0,
            usable: false,
        };
        let mut server = connection.inner.server_info().clone();
        if self.tls == RelayTls::StartTls {
            server = self.encrypt(&mut connection, &server).await?;
        }
        if let Some(login) = &self.login {
            connection.authenticate(login, &server).await?;
        }
        connection.usable = true;
        Ok(connection)
    }

    /// TCP, and TLS if it begins with the first byte. Tries one address after another.
    async fn open(&self) -> Result<SmtpStream, TransportError> {
        let unreachable = |error: &io::Error| {
            let why = error.to_string();
            TransportError::Unreachable(format!("{}:{}: {why}", self.host, self.port))
        };
        let addresses: Vec<_> = tokio::net::lookup_host((self.host.as_str(), self.port))
            .await
            .map_err(|error| unreachable(&error))?
            .collect();
        // An address that drops packets must not use up the time of the next one.
        let each = self.timeouts.connect / u32::try_from(addresses.len().max(1)).unwrap_or(1);
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in addresses {
            match timeout(each, TcpStream::connect(address)).await {
                Ok(Ok(tcp)) => {
                    let stream = SmtpStream::new(tcp).map_err(|error| unreachable(&error))?;
                    if self.tls == RelayTls::Implicit {
                        stream
                            .encrypt(Arc::clone(&self.config), self.name.clone())
                            .await
                            .map_err(|error| handshake_error(&error))?;
                    }
                    return Ok(stream);
                }
                Ok(Err(error)) => last = error,
                Err(_) => last = io::ErrorKind::TimedOut.into(),
            }
        }
        Err(unreachable(&last))
    }

    /// STARTTLS (RFC 3207): the earlier EHLO reply is discarded, and EHLO sent again.
    async fn encrypt(
        &self,
        connection: &mut SmtpConnection,
        server: &ServerInfo,
    ) -> Result<ServerInfo, TransportError> {
        if !server.supports_feature(Extension::StartTls) {
            return Err(TransportError::NoStartTls);
        }
        let reply = connection.command(Starttls, Step::Encrypt).await?;
        if reply.code != 220 {
            return Err(TransportError::NoStartTls);
        }
        // Bytes that are already buffered came unencrypted, perhaps from an attacker, and would be
        // read as the encrypted reply to EHLO.
        connection.expect_silence(Step::Encrypt)?;
        let handshake = connection
            .stream
            .encrypt(Arc::clone(&self.config), self.name.clone());
        timeout(self.timeouts.connect, handshake)
            .await
            .map_err(|_| TransportError::TimedOut(Step::Encrypt))?
            .map_err(|error| handshake_error(&error))?;
        let ehlo = connection.inner.command(Ehlo::new(self.hello.clone()));
        let answer = timeout(self.timeouts.command, ehlo)
            .await
            .map_err(|_| TransportError::TimedOut(Step::Encrypt))?
            .map_err(|error| greeting_error(&error, &connection.stream))?;
        connection.extensions = Extensions::parse(answer.message());
        ServerInfo::from_response(&answer).map_err(|_| TransportError::InvalidReply(Step::Encrypt))
    }
}

/// Without credentials.
impl std::fmt::Debug for SmtpRelay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpRelay")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// A connection after EHLO, ready for mails.
pub struct SmtpConnection {
    pub(super) inner: AsyncSmtpConnection,
    pub(super) stream: SmtpStream,
    pub(super) timeouts: Timeouts,
    pub(super) extensions: Extensions,
    /// Mails that the relay accepted over this connection.
    pub(super) accepted: u32,
    /// False during a transaction, and for good once one failed.
    pub(super) usable: bool,
}

impl SmtpConnection {
    /// Whether another mail may be sent over this connection. False also if the relay has closed it
    /// or sent an unsolicited reply since the last mail.
    pub fn is_usable(&mut self) -> bool {
        self.usable = self.usable && self.expect_silence(Step::Sender).is_ok();
        self.usable
    }

    /// Mails that the relay accepted over this connection.
    pub const fn accepted(&self) -> u32 {
        self.accepted
    }

    /// Sends QUIT.
    pub async fn quit(mut self) {
        if self.usable {
            // The relay may have closed already; the reply does not matter.
            let _ = timeout(QUIT_TIMEOUT, self.inner.command(Quit)).await;
        }
    }

    async fn authenticate(
        &mut self,
        login: &Authentication,
        server: &ServerInfo,
    ) -> Result<(), TransportError> {
        let mechanism = server
            .get_auth_mechanism(login.mechanisms())
            .ok_or_else(|| login.not_offered())?;
        let credentials = login.credentials().await?;
        let garbled = |_| TransportError::InvalidReply(Step::Authenticate);
        let mut command = Auth::new(mechanism, credentials.clone(), None)
            .map_err(garbled)?
            .to_string();
        for _ in 0..MOST_CHALLENGES {
            let answer = timeout(self.timeouts.command, self.inner.command(&command))
                .await
                .map_err(|_| TransportError::TimedOut(Step::Authenticate))?;
            match answer {
                // The reason for a refused token comes as a challenge; the response is empty.
                Ok(answer) if answer.has_code(334) && mechanism == Mechanism::Xoauth2 => {
                    "\r\n".clone_into(&mut command);
                }
                Ok(answer) if answer.has_code(334) => {
                    command = Auth::new_from_response(mechanism, credentials.clone(), &answer)
                        .map_err(garbled)?
                        .to_string();
                }
                answer => {
                    let reply = self.reply_of(answer, Step::Authenticate)?;
                    return match reply.code {
                        235 => Ok(()),
                        _ => Err(login.refused(reply)),
                    };
                }
            }
        }
        Err(TransportError::InvalidReply(Step::Authenticate))
    }

    pub(super) async fn command(
        &mut self,
        command: impl Display,
        step: Step,
    ) -> Result<Reply, TransportError> {
        let answer = timeout(self.timeouts.command, self.inner.command(command))
            .await
            .map_err(|_| TransportError::TimedOut(step))?;
        self.code_only(answer, step)
    }

    /// Fails if an unsolicited reply has arrived, or the connection has ended.
    pub(super) fn expect_silence(&mut self, step: Step) -> Result<(), TransportError> {
        let polled = {
            let mut reading = pin!(self.inner.read_response());
            let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
            reading.as_mut().poll(&mut cx)
        };
        match polled {
            Poll::Ready(answer) => Err(match self.reply_of(answer, step) {
                Ok(_) => TransportError::InvalidReply(step),
                Err(error) => error,
            }),
            // Part of a line has arrived, and this check loses it.
            Poll::Pending if self.stream.is_mid_line() => Err(TransportError::InvalidReply(step)),
            Poll::Pending => Ok(()),
        }
    }

    /// The reply, or the transport error.
    pub(super) fn reply_of(&self, answer: Answer, step: Step) -> Result<Reply, TransportError> {
        let reply = match answer {
            Ok(response) => {
                let text = response.message().collect::<Vec<_>>().join(" ");
                Reply::new(response.code().into(), &text)
            }
            Err(error) => reply_or_failure(&error, &self.stream, step)?,
        };
        if reply.code == 421 {
            return Err(TransportError::Closing(reply));
        }
        Ok(reply)
    }

    /// As [`Self::reply_of`], without the text of positive replies: there are three for every mail,
    /// and nobody reads them.
    pub(super) fn code_only(&self, answer: Answer, step: Step) -> Result<Reply, TransportError> {
        match answer {
            Ok(response) => Ok(Reply::wordless(response.code().into())),
            refused => self.reply_of(refused, step),
        }
    }
}

/// A reply as lettre returns it.
pub(super) type Answer = Result<Response, lettre::transport::smtp::Error>;

/// A refused greeting or EHLO.
fn greeting_error(error: &lettre::transport::smtp::Error, stream: &SmtpStream) -> TransportError {
    match reply_or_failure(error, stream, Step::Connect) {
        Ok(reply) if reply.code == 421 => TransportError::Closing(reply),
        Ok(reply) => TransportError::Rejected(reply),
        Err(error) => error,
    }
}

/// lettre returns refusals as errors, with their text as the source. Other errors are transport
/// errors; the stream knows whether the connection has ended.
fn reply_or_failure(
    error: &lettre::transport::smtp::Error,
    stream: &SmtpStream,
    step: Step,
) -> Result<Reply, TransportError> {
    use std::error::Error as _;
    let source = error.source();
    if let Some(code) = error.status() {
        let words = source.map(ToString::to_string).unwrap_or_default();
        return Ok(Reply::new(code.into(), &words));
    }
    let io = source.and_then(|source| source.downcast_ref::<io::Error>());
    Err(match io.map(io::Error::kind) {
        Some(io::ErrorKind::InvalidData) => TransportError::InvalidReply(step),
        Some(_) => TransportError::Closed(step),
        None if stream.has_ended() => TransportError::Closed(step),
        None => TransportError::InvalidReply(step),
    })
}
