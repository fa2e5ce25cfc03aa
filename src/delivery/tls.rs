//! The certificate authorities that are trusted for relays.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, Error as TlsError, RootCertStore, crypto,
};

use super::transport_error::TransportError;

/// Why the settings of a relay cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRelay {
    /// `relay.ca_file`.
    #[error(
        "{path} contains no readable certificate ({why}): relay.ca_file takes a PEM file that begins with -----BEGIN CERTIFICATE-----"
    )]
    CaFile {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// `relay.url`.
    #[error(
        "the host in relay.url cannot be checked against a certificate: write a host name or an IP address"
    )]
    Host,
    /// TLS itself.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// Trusts the authorities of the operating system, and those in `ca_file`.
pub(super) fn client_config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, BadRelay> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = ca_file {
        let bad = |why: String| BadRelay::CaFile {
            path: path.display().to_string(),
            why,
        };
        let certificates: Vec<_> = CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect)
            .map_err(|error| bad(error.to_string()))?;
        if certificates.is_empty() {
            return Err(bad("it is empty".to_owned()));
        }
        for certificate in certificates {
            roots
                .add(certificate)
                .map_err(|error| bad(error.to_string()))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| BadRelay::Tls(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Classifies a failed handshake.
pub(super) fn handshake_error(error: &io::Error) -> TransportError {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<TlsError>());
    match tls {
        Some(TlsError::InvalidCertificate(certificate)) => match certificate {
            CertificateError::UnknownIssuer
            | CertificateError::BadSignature
            | CertificateError::InvalidPurpose
            // A self-signed server certificate is a CA where none is expected.
            | CertificateError::Other(_) => TransportError::UnknownAuthority,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TransportError::WrongName
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => TransportError::OutOfDate,
            other => TransportError::Tls(other.to_string()),
        },
        Some(TlsError::InvalidMessage(_)) => TransportError::NotTls,
        Some(other) => TransportError::Tls(other.to_string()),
        None => TransportError::Tls(error.kind().to_string()),
    }
}
