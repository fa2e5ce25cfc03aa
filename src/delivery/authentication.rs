//! Authentication with a relay: a password, or an access token that another program renews.

use std::path::PathBuf;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};

use super::reply::Reply;
use super::transport_error::TransportError;
use crate::config::Relay;

/// Longer tokens are rejected; real ones have one to four kilobytes.
const LONGEST_TOKEN: usize = 16_000;

/// A user and their password or token. Never shown.
#[derive(Clone)]
pub(super) enum Authentication {
    /// AUTH PLAIN or LOGIN (RFC 4954).
    Password(Credentials),
    /// AUTH XOAUTH2: the file is read at every connect, because a token lives about an hour.
    Token {
        /// The user name.
        user: String,
        /// The file with the token.
        file: PathBuf,
    },
}

impl Authentication {
    /// The credentials for a relay, if any are configured.
    pub(super) fn of(settings: &Relay, user: Option<&str>) -> Option<Self> {
        let user = user?.to_owned();
        if let Some(file) = settings.oauth_token_file.clone() {
            return Some(Self::Token { user, file });
        }
        let password = settings.password.as_ref()?.expose().to_owned();
        Some(Self::Password(Credentials::new(user, password)))
    }

    /// The credentials to send now.
    pub(super) async fn credentials(&self) -> Result<Credentials, TransportError> {
        let (user, file) = match self {
            Self::Password(credentials) => return Ok(credentials.clone()),
            Self::Token { user, file } => (user, file),
        };
        let shown = file.display();
        let text = tokio::fs::read_to_string(file)
            .await
            .map_err(|error| TransportError::Token(format!("{shown}: {error}")))?;
        let token = text.trim();
        // Anything else could end the line and begin another command.
        let usable = token.bytes().all(|byte| byte.is_ascii_graphic());
        if token.is_empty() || token.len() > LONGEST_TOKEN || !usable {
            return Err(TransportError::Token(format!(
                "{shown} does not contain a token on a single line"
            )));
        }
        Ok(Credentials::new(user.clone(), token.to_owned()))
    }

    /// The mechanisms, in order of preference.
    pub(super) const fn mechanisms(&self) -> &'static [Mechanism] {
        match self {
            Self::Password(_) => &[Mechanism::Plain, Mechanism::Login],
            Self::Token { .. } => &[Mechanism::Xoauth2],
        }
    }

    /// The relay supports none of them.
    pub(super) const fn not_offered(&self) -> TransportError {
        match self {
            Self::Password(_) => TransportError::NoAuthMechanism,
            Self::Token { .. } => TransportError::NoTokenMechanism,
        }
    }

    /// The relay does not accept it.
    pub(super) const fn refused(&self, reply: Reply) -> TransportError {
        match self {
            Self::Password(_) => TransportError::AuthenticationFailed(reply),
            Self::Token { .. } => TransportError::TokenRefused(reply),
        }
    }
}
