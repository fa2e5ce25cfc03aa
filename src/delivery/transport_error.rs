//! Errors on the way to a relay, in words for whoever runs the installation.

use super::reply::Reply;
use super::step::Step;

/// The result of one attempt to send a mail: the relay's 250 after the end of data, or an error.
pub type SendResult = Result<Reply, SendError>;

/// Why a mail was not, or not certainly, accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The relay refused this one mail, for now (4yz) or for good (5yz).
    #[error("the relay refused the mail: {0}")]
    Refused(Reply),
    /// The relay does not have the mail, and the mail is not to blame.
    #[error("{0}")]
    Relay(#[from] TransportError),
    /// The mail was sent to its end, and no answer came: the relay may have it or not.
    #[error("{0} The mail had been sent to its end, so the relay may have accepted it.")]
    Unanswered(TransportError),
}

/// A failure of the relay or of the way to it. No address is ever in it.
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
    /// Its certificate is for another name.
    #[error(
        "The relay's certificate is for another name than the one in relay.url: write the name that the certificate carries into relay.url."
    )]
    WrongName,
    /// Its certificate has expired or is not valid yet.
    #[error(
        "The relay's certificate is not valid at this time: have it renewed, and check the clock of this machine."
    )]
    OutOfDate,
    /// What answered does not speak TLS on this port.
    #[error(
        "The relay does not speak TLS from the first byte on this port: smtps:// is usually port 465; for port 587 or 25 write smtp+starttls://."
    )]
    NotTls,
    /// TLS failed otherwise.
    #[error("The encrypted connection to the relay failed ({0}).")]
    Tls(String),
    /// STARTTLS is required and not offered.
    #[error(
        "The relay offers no STARTTLS, and nothing is sent without: ask its operator for an encrypted port and write it into relay.url (smtps:// is usually port 465)."
    )]
    NoStartTls,
    /// We have a login, and the relay offers no way to use it.
    #[error(
        "The relay offers no login that we know (AUTH PLAIN or LOGIN): take the user out of relay.url, or use the relay's port for submission (usually 587 or 465)."
    )]
    NoAuthMechanism,
    /// The login was refused, or one is wanted.
    #[error(
        "The relay refused the login, or asks for one ({0}): check the user in relay.url and relay.password_file."
    )]
    AuthenticationFailed(Reply),
    /// We have an access token, and the relay knows no XOAUTH2.
    #[error(
        "The relay offers no login by access token (AUTH XOAUTH2): use the relay's port for submission (usually 587 or 465), or a password in relay.password_file in place of relay.oauth_token_file."
    )]
    NoTokenMechanism,
    /// The file with the access token.
    #[error(
        "The access token for the relay cannot be read ({0}): check relay.oauth_token_file, and that whatever renews the token writes it there."
    )]
    Token(String),
    /// The access token was refused.
    #[error(
        "The relay refused the access token ({0}): check that whatever renews relay.oauth_token_file still does so, that the token is for sending mail, and the user in relay.url."
    )]
    TokenRefused(Reply),
    /// It does not want to talk to us at all.
    #[error(
        "The relay does not accept mail from this machine ({0}): ask its operator to allow it, or check relay.url."
    )]
    Rejected(Reply),
    /// 421: it is closing the connection.
    #[error("The relay closes the connection ({0}); it is tried again later.")]
    Closing(Reply),
    /// The connection ended.
    #[error("The connection to the relay was lost ({0}); it is tried again later.")]
    Closed(Step),
    /// Nothing came in time.
    #[error(
        "The relay did not answer in time ({0}); the connection was given up. If that repeats, check relay.url: a server that expects TLS from the first byte stays silent."
    )]
    TimedOut(Step),
    /// Something that is no SMTP answer, or not to what was said.
    #[error(
        "The relay's answer makes no sense ({0}); the connection was given up. If that repeats, check that an SMTP server listens there."
    )]
    InvalidReply(Step),
    /// It has had as many mails as it may.
    #[error("The relay's limit is reached ({0}); the mail waits.")]
    Limited(String),
    /// A mail could not be written into its directory.
    #[error(
        "The mail cannot be written as a file ({0}): check that the directory in relay.url exists, may be written to, and has room."
    )]
    File(String),
}

impl TransportError {
    /// The relay's answer, if there was one.
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
