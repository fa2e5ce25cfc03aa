//! Sends mails over SMTP, or writes them into a directory. Workers open a [`Connection`] each;
//! senders of a single mail (a notice, `mail test`) call [`Transport::send`].

use super::file::FileRelay;
use super::smtp::{SmtpConnection, SmtpRelay};
use super::tls::BadRelay;
use super::transport_error::{SendResult, TransportError};
use crate::config::{Relay, RelayTarget};
use crate::domain::address::Address;

/// The SMTP envelope. Only the recipient may have non-ASCII characters.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// For MAIL FROM: the return path.
    pub from: &'a Address,
    /// For RCPT TO.
    pub to: &'a Address,
}

/// The configured relay.
#[derive(Debug, Clone)]
pub struct Transport {
    target: Target,
    name: String,
    connections: u32,
    mails_per_connection: u32,
}

#[derive(Debug, Clone)]
enum Target {
    Smtp(Box<SmtpRelay>),
    File(FileRelay),
}

impl Transport {
    /// The relay of the configuration; `host` is our name in EHLO if `relay.hello_name` is not set:
    /// the host of the public URL.
    pub fn new(relay: &Relay, host: &str) -> Result<Self, BadRelay> {
        let target = match &relay.target {
            RelayTarget::File(folder) => Target::File(FileRelay::new(folder.clone())),
            RelayTarget::Smtp {
                host: server,
                port,
                tls,
                user,
            } => Target::Smtp(Box::new(SmtpRelay::new(
                relay,
                (server, *port, *tls, user.as_deref()),
                relay.hello_name.as_deref().unwrap_or(host),
            )?)),
        };
        Ok(Self {
            target,
            name: relay.target.to_string(),
            connections: relay.connections,
            mails_per_connection: relay.mails_per_connection,
        })
    }

    /// The relay's URL without credentials, as the ledger stores it:
    /// `smtps://mail.example.org:465`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The most concurrent connections.
    pub const fn connections(&self) -> u32 {
        self.connections
    }

    /// Sends one mail over a connection of its own.
    pub async fn send(&self, envelope: &Envelope<'_>, mail: &[u8]) -> SendResult {
        let mut connection = self.connect().await?;
        let result = connection.send(envelope, mail).await;
        connection.close().await;
        result
    }

    /// Opens a connection.
    pub async fn connect(&self) -> Result<Connection, TransportError> {
        Ok(Connection(match &self.target {
            Target::Smtp(relay) => Kind::Smtp {
                connection: Box::new(relay.connect().await?),
                most: self.mails_per_connection,
            },
            Target::File(relay) => Kind::File(relay.clone()),
        }))
    }
}

/// An open connection to the relay.
pub struct Connection(Kind);

enum Kind {
    Smtp {
        connection: Box<SmtpConnection>,
        /// How many mails may be sent over it.
        most: u32,
    },
    File(FileRelay),
}

impl Connection {
    /// Whether another mail may be sent over it; otherwise close it.
    pub fn is_usable(&mut self) -> bool {
        match &mut self.0 {
            Kind::Smtp { connection, most } => {
                connection.accepted() < *most && connection.is_usable()
            }
            Kind::File(_) => true,
        }
    }

    /// Whether the relay has accepted a mail over it.
    pub fn has_proved_itself(&self) -> bool {
        match &self.0 {
            Kind::Smtp { connection, .. } => connection.accepted() > 0,
            Kind::File(_) => false,
        }
    }

    /// Sends one mail. Dropping the returned future makes the connection unusable.
    pub async fn send(&mut self, envelope: &Envelope<'_>, mail: &[u8]) -> SendResult {
        match &mut self.0 {
            Kind::Smtp { connection, .. } => connection.send(envelope, mail).await,
            Kind::File(relay) => relay.send(mail).await,
        }
    }

    /// Sends QUIT and waits briefly.
    pub async fn close(self) {
        if let Kind::Smtp { connection, .. } = self.0 {
            connection.quit().await;
        }
    }
}
