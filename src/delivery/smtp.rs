//! A connection to an SMTP relay (RFC 5321), for one mail at a time; what is said about a mail
//! stands in [`super::conversation`].
//!
//! A worker owns its connection. Everything has a timeout; after a timeout, a cancelled future, an
//! error or an answer that does not fit, the connection is thrown away, so that no answer is ever
//! taken for that of another mail. Only 250 after the final dot means *sent*. (lettre's pool did
//! otherwise: a cancelled send went back into it, and a refused mail was reported as accepted.)

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

use super::login::Login;
use super::offer::Offer;
use super::reply::Reply;
use super::tls::{BadRelay, client_config, handshake_trouble};
use super::trouble::{Step, Trouble};
use super::wire::Wire;
use crate::config::{Relay, RelayTls};

/// How long QUIT may take; nothing depends on it.
const GOODBYE: Duration = Duration::from_secs(2);
/// Questions of the relay in one login, at most.
const MOST_CHALLENGES: u8 = 4;

/// A relay that speaks SMTP, and how to reach it.
#[derive(Clone)]
pub struct SmtpRelay {
    host: String,
    port: u16,
    tls: RelayTls,
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
    login: Option<Login>,
    hello: ClientId,
    patience: Patience,
}

/// How long to wait for what (RFC 5321 §4.5.3.2).
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    connect: Duration,
    pub(super) command: Duration,
    pub(super) data: Duration,
    pub(super) accept: Duration,
}

impl SmtpRelay {
    /// The relay at `host`; `hello` is what we call ourselves.
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
            login: Login::of(settings, user),
            hello: ClientId::Domain(hello.to_owned()),
            patience: Patience {
                connect: settings.connect_timeout,
                command: settings.command_timeout,
                data: settings.data_timeout,
                accept: settings.accept_timeout,
            },
        })
    }

    /// Connects, encrypts where that is asked for, and logs in where we have a login.
    pub async fn connect(&self) -> Result<SmtpConnection, Trouble> {
        let wire = timeout(self.patience.connect, self.open())
            .await
            .map_err(|_| Trouble::TimedOut(Step::Connect))??;
        let greeted =
            AsyncSmtpConnection::connect_with_transport(Box::new(wire.clone()), &self.hello);
        let inner = timeout(self.patience.connect, greeted)
            .await
            .map_err(|_| Trouble::TimedOut(Step::Connect))?
            .map_err(|error| unwelcome(&error))?;
        let mut connection = SmtpConnection {
            offer: wire.with_heard(Offer::read_raw),
            inner,
            wire,
            patience: self.patience,
            accepted: 0,
            usable: false,
        };
        let mut offered = connection.inner.server_info().clone();
        if self.tls == RelayTls::StartTls {
            offered = self.encrypt(&mut connection, &offered).await?;
        }
        if let Some(login) = &self.login {
            connection.log_in(login, &offered).await?;
        }
        connection.usable = true;
        Ok(connection)
    }

    /// TCP, and TLS where it begins with the first byte. One address after another is tried.
    async fn open(&self) -> Result<Wire, Trouble> {
        let unreachable = |error: &io::Error| {
            let why = error.to_string();
            Trouble::Unreachable(format!("{}:{}: {why}", self.host, self.port))
        };
        let addresses: Vec<_> = tokio::net::lookup_host((self.host.as_str(), self.port))
            .await
            .map_err(|error| unreachable(&error))?
            .collect();
        // An address that swallows everything must not use up the time of the next one.
        let each = self.patience.connect / u32::try_from(addresses.len().max(1)).unwrap_or(1);
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for address in addresses {
            match timeout(each, TcpStream::connect(address)).await {
                Ok(Ok(tcp)) => {
                    let wire = Wire::new(tcp).map_err(|error| unreachable(&error))?;
                    if self.tls == RelayTls::Implicit {
                        wire.encrypt(Arc::clone(&self.config), self.name.clone())
                            .await
                            .map_err(|error| handshake_trouble(&error))?;
                    }
                    return Ok(wire);
                }
                Ok(Err(error)) => last = error,
                Err(_) => last = io::ErrorKind::TimedOut.into(),
            }
        }
        Err(unreachable(&last))
    }

    /// STARTTLS (RFC 3207): all that was said before is forgotten, and EHLO said again.
    async fn encrypt(
        &self,
        connection: &mut SmtpConnection,
        offered: &ServerInfo,
    ) -> Result<ServerInfo, Trouble> {
        if !offered.supports_feature(Extension::StartTls) {
            return Err(Trouble::NoStartTls);
        }
        let reply = connection.command(Starttls, Step::Encrypt).await?;
        if reply.code != 220 {
            return Err(Trouble::NoStartTls);
        }
        // What lies here already came unencrypted, perhaps from somebody in between, and would be
        // taken for the encrypted answer to EHLO.
        connection.must_be_silent(Step::Encrypt)?;
        let handshake = connection
            .wire
            .encrypt(Arc::clone(&self.config), self.name.clone());
        timeout(self.patience.connect, handshake)
            .await
            .map_err(|_| Trouble::TimedOut(Step::Encrypt))?
            .map_err(|error| handshake_trouble(&error))?;
        let ehlo = connection.inner.command(Ehlo::new(self.hello.clone()));
        let answer = timeout(self.patience.command, ehlo)
            .await
            .map_err(|_| Trouble::TimedOut(Step::Encrypt))?
            .map_err(|error| unwelcome(&error))?;
        connection.offer = Offer::read(answer.message());
        ServerInfo::from_response(&answer).map_err(|_| Trouble::Garbled(Step::Encrypt))
    }
}

/// No login is shown.
impl std::fmt::Debug for SmtpRelay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpRelay")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// A connection that has said EHLO and may be used for mails.
pub struct SmtpConnection {
    pub(super) inner: AsyncSmtpConnection,
    pub(super) wire: Wire,
    pub(super) patience: Patience,
    pub(super) offer: Offer,
    /// Mails that the relay took over this connection.
    pub(super) accepted: u32,
    /// False while a mail is under way, and for ever once its conversation did not end well.
    pub(super) usable: bool,
}

impl SmtpConnection {
    /// Whether another mail may go over this connection. False as well when the relay has closed
    /// it, or said something we did not ask for, since the last mail.
    pub fn is_usable(&mut self) -> bool {
        self.usable = self.usable && self.must_be_silent(Step::Sender).is_ok();
        self.usable
    }

    /// Mails that the relay took over this connection.
    pub const fn accepted(&self) -> u32 {
        self.accepted
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        if self.usable {
            // The relay may have gone already: nothing depends on its answer.
            let _ = timeout(GOODBYE, self.inner.command(Quit)).await;
        }
    }

    async fn log_in(&mut self, login: &Login, offered: &ServerInfo) -> Result<(), Trouble> {
        let mechanism = offered
            .get_auth_mechanism(login.mechanisms())
            .ok_or_else(|| login.not_offered())?;
        let credentials = login.credentials().await?;
        let garbled = |_| Trouble::Garbled(Step::LogIn);
        let mut command = Auth::new(mechanism, credentials.clone(), None)
            .map_err(garbled)?
            .to_string();
        for _ in 0..MOST_CHALLENGES {
            let answer = timeout(self.patience.command, self.inner.command(&command))
                .await
                .map_err(|_| Trouble::TimedOut(Step::LogIn))?;
            match answer {
                // The reason why a token is refused comes as a question, to be answered by nothing.
                Ok(answer) if answer.has_code(334) && mechanism == Mechanism::Xoauth2 => {
                    "\r\n".clone_into(&mut command);
                }
                Ok(answer) if answer.has_code(334) => {
                    command = Auth::new_from_response(mechanism, credentials.clone(), &answer)
                        .map_err(garbled)?
                        .to_string();
                }
                answer => {
                    let reply = reply_of(answer, Step::LogIn)?;
                    return match reply.code {
                        235 => Ok(()),
                        _ => Err(login.refused(reply)),
                    };
                }
            }
        }
        Err(Trouble::Garbled(Step::LogIn))
    }

    pub(super) async fn command(
        &mut self,
        command: impl Display,
        step: Step,
    ) -> Result<Reply, Trouble> {
        let answer = timeout(self.patience.command, self.inner.command(command))
            .await
            .map_err(|_| Trouble::TimedOut(step))?;
        tersely(answer, step)
    }

    /// Fails when something has come that answers nothing we said, or the connection has ended.
    pub(super) fn must_be_silent(&mut self, step: Step) -> Result<(), Trouble> {
        let polled = {
            let mut reading = pin!(self.inner.read_response());
            let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
            reading.as_mut().poll(&mut cx)
        };
        match polled {
            Poll::Ready(answer) => Err(match reply_of(answer, step) {
                Ok(_) => Trouble::Garbled(step),
                Err(trouble) => trouble,
            }),
            // Half a line came, and is lost with this look.
            Poll::Pending if self.wire.is_mid_line() => Err(Trouble::Garbled(step)),
            Poll::Pending => Ok(()),
        }
    }
}

/// A refused greeting or EHLO.
fn unwelcome(error: &lettre::transport::smtp::Error) -> Trouble {
    match said(error, Step::Connect) {
        Ok(reply) if reply.code == 421 => Trouble::Closing(reply),
        Ok(reply) => Trouble::Unwelcome(reply),
        Err(trouble) => trouble,
    }
}

pub(super) fn reply_of(
    answer: Result<Response, lettre::transport::smtp::Error>,
    step: Step,
) -> Result<Reply, Trouble> {
    let reply = match answer {
        Ok(response) => {
            let text = response.message().collect::<Vec<_>>().join(" ");
            Reply::new(response.code().into(), &text)
        }
        Err(error) => said(&error, step)?,
    };
    if reply.code == 421 {
        return Err(Trouble::Closing(reply));
    }
    Ok(reply)
}

/// As [`reply_of`], without the words of an answer that lets us go on: there are three for every
/// mail, and nobody reads them.
pub(super) fn tersely(
    answer: Result<Response, lettre::transport::smtp::Error>,
    step: Step,
) -> Result<Reply, Trouble> {
    match answer {
        Ok(response) => Ok(Reply::wordless(response.code().into())),
        refused => reply_of(refused, step),
    }
}

/// lettre returns refusals as errors. The other errors are trouble with the connection.
fn said(error: &lettre::transport::smtp::Error, step: Step) -> Result<Reply, Trouble> {
    use std::error::Error as _;
    let source = error.source();
    if let Some(code) = error.status() {
        let words = source.map(ToString::to_string).unwrap_or_default();
        return Ok(Reply::new(code.into(), &words));
    }
    let io = source.and_then(|source| source.downcast_ref::<io::Error>());
    let ended = source.is_some_and(|source| source.to_string() == "incomplete response");
    Err(match io {
        Some(error) if error.kind() == io::ErrorKind::InvalidData => Trouble::Garbled(step),
        Some(_) => Trouble::Closed(step),
        None if ended => Trouble::Closed(step),
        None => Trouble::Garbled(step),
    })
}
