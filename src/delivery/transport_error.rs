//! Transport errors, with messages for the operator.

use super::reply::Reply;
use super::step::Step;
use crate::domain::outage::Cause;

/// The result of one attempt to send a mail: the relay's 250 after the end of data, or an error.
pub type SendResult = Result<Reply, SendError>;

/// Why a mail was not, or not certainly, accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The relay refused this one mail, for now (4yz) or for good (5yz).
    #[error("the relay refused the mail: {0}")]
    Refused(Reply),
    /// The relay does not have the mail, for a reason that has nothing to do with the mail.
    #[error("{0}")]
    Relay(#[from] TransportError),
    /// The mail was sent completely, but no reply came: the relay may have accepted it.
    #[error("{0} The mail had been sent completely, so the relay may have accepted it.")]
    Unanswered(TransportError),
}

/// A failure of the relay or of the connection to it. Never contains an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No TCP connection.
    #[error(
        "The relay cannot be reached ({0}): check relay.url, that the server runs, and that no firewall is in between."
    )]
    Unreachable(String),
    /// Its certificate is not signed by an authority that is trusted here.
    #[error(
        "The relay's certificate is not signed by an authority this machine trusts: name the certificate of your own authority in relay.ca_file, or have the relay's certificate renewed."
    )]
    UnknownAuthority,
    /// Its certificate is for another host name.
    #[error(
        "The relay's certificate is not for the host name in relay.url: use the name in the certificate."
    )]
    WrongName,
    /// Its certificate has expired or is not valid yet.
    #[error(
        "The relay's certificate is not valid at this time: have it renewed, and check the clock of this machine."
    )]
    OutOfDate,
    /// The server does not speak TLS on this port.
    #[error(
        "The relay does not speak TLS from the first byte on this port: smtps:// is usually port 465; for port 587 or 25 write smtp+starttls://."
    )]
    NotTls,
    /// TLS failed otherwise.
    #[error("The encrypted connection to the relay failed ({0}).")]
    Tls(String),
    /// STARTTLS is required and not supported.
    #[error(
        "The relay does not support STARTTLS, and nothing is sent unencrypted: ask its operator for an encrypted port and write it into relay.url (smtps:// is usually port 465)."
    )]
    NoStartTls,
    /// We have a password, and the relay supports no mechanism to use it.
    #[error(
        "The relay supports neither AUTH PLAIN nor AUTH LOGIN: remove the user from relay.url, or use the relay's submission port (usually 587 or 465)."
    )]
    NoAuthMechanism,
    /// Authentication failed, or is required.
    #[error(
        "The relay refused or requires authentication ({0}): check the user in relay.url and relay.password_file."
    )]
    AuthenticationFailed(Reply),
    /// We have an access token, and the relay does not support XOAUTH2.
    #[error(
        "The relay does not support access tokens (AUTH XOAUTH2): use the relay's submission port (usually 587 or 465), or a password in relay.password_file instead of relay.oauth_token_file."
    )]
    NoTokenMechanism,
    /// The file with the access token cannot be read.
    #[error(
        "The access token for the relay cannot be read ({0}): check relay.oauth_token_file and the program that renews the token."
    )]
    Token(String),
    /// The access token was refused.
    #[error(
        "The relay refused the access token ({0}): check the program that renews relay.oauth_token_file, the token's permission to send mail, and the user in relay.url."
    )]
    TokenRefused(Reply),
    /// The relay refuses the session.
    #[error(
        "The relay does not accept mail from this machine ({0}): ask its operator to allow it, or check relay.url."
    )]
    Rejected(Reply),
    /// 421: it is closing the connection.
    #[error("The relay closed the connection ({0}); the mail is retried later.")]
    Closing(Reply),
    /// The connection ended.
    #[error("The connection to the relay was lost ({0}); the mail is retried later.")]
    Closed(Step),
    /// No reply came in time.
    #[error(
        "The relay did not reply in time ({0}); the connection was closed. If that repeats, check relay.url: a server that expects TLS from the first byte stays silent."
    )]
    TimedOut(Step),
    /// Not a valid SMTP reply, or an unexpected one.
    #[error(
        "The relay's reply is invalid ({0}); the connection was closed. If that repeats, check that an SMTP server listens there."
    )]
    InvalidReply(Step),
    /// The relay's limit is reached.
    #[error("The relay's limit is reached ({0}); the mail waits.")]
    Limited(String),
    /// A mail could not be written into the directory.
    #[error(
        "The mail cannot be written as a file ({0}): check that the directory in relay.url exists, is writable, and has free space."
    )]
    File(String),
}

impl TransportError {
    /// Why, as the audit log names it.
    pub(super) const fn cause(&self) -> Cause {
        match self {
            Self::Unreachable(_) => Cause::Unreachable,
            Self::UnknownAuthority
            | Self::WrongName
            | Self::OutOfDate
            | Self::NotTls
            | Self::Tls(_)
            | Self::NoStartTls => Cause::Encryption,
            Self::NoAuthMechanism
            | Self::AuthenticationFailed(_)
            | Self::NoTokenMechanism
            | Self::Token(_)
            | Self::TokenRefused(_) => Cause::Authentication,
            Self::Rejected(_) => Cause::Rejected,
            Self::Closing(_) | Self::Closed(_) => Cause::Lost,
            Self::TimedOut(_) => Cause::Silent,
            Self::InvalidReply(_) => Cause::Invalid,
            Self::File(_) => Cause::Directory,
            Self::Limited(_) => Cause::Other,
        }
    }

    /// The relay's reply, if there was one.
    pub const fn reply(&self) -> Option<&Reply> {
        match self {
            Self::AuthenticationFailed(reply)
            | Self::TokenRefused(reply)
            | Self::Rejected(reply)
            | Self::Closing(reply) => Some(reply),
            _ => None,
        }
    }
}
