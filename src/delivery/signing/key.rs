//! One private key, ready to sign.

use data_encoding::BASE64;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};

use super::der;
use crate::domain::dkim::Algorithm;

/// The signature of an RSA key of 4096 bits, in bytes; `ring` takes no longer ones.
const LONGEST_SIGNATURE: usize = 512;

/// A key that signs for a domain under a selector.
pub struct SigningKey {
    domain: String,
    selector: String,
    pair: Pair,
}

enum Pair {
    Rsa(Box<RsaKeyPair>, SystemRandom),
    Ed25519(Box<Ed25519KeyPair>),
}

/// A private key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the private key of {selector}._domainkey.{domain} cannot be used: {reason}")]
pub struct BadSigningKey {
    selector: String,
    domain: String,
    reason: String,
}

/// The library checks each RSA signature before it returns it; this one was wrong. The machine has
/// miscalculated, so the mail may be retried but not sent with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a signature was computed incorrectly and not used; check this machine's memory and processor"
)]
pub struct CannotSign;

impl SigningKey {
    /// Reads a private key: RSAPrivateKey in DER (RFC 8017 A.1.2) for RSA, the 32 bytes of
    /// RFC 8032 §5.1.5 for Ed25519.
    pub fn from_private(
        selector: &str,
        domain: &str,
        algorithm: Algorithm,
        private: &[u8],
    ) -> Result<Self, BadSigningKey> {
        let bad = |reason: ring::error::KeyRejected| BadSigningKey {
            selector: selector.to_owned(),
            domain: domain.to_owned(),
            reason: reason.to_string(),
        };
        let pair = match algorithm {
            Algorithm::RsaSha256 => Pair::Rsa(
                Box::new(RsaKeyPair::from_der(private).map_err(bad)?),
                SystemRandom::new(),
            ),
            Algorithm::Ed25519Sha256 => Pair::Ed25519(Box::new(
                Ed25519KeyPair::from_seed_unchecked(private).map_err(bad)?,
            )),
        };
        Ok(Self {
            domain: domain.to_owned(),
            selector: selector.to_owned(),
            pair,
        })
    }

    /// The domain it signs for (`d=`).
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The name of its record (`s=`).
    pub fn selector(&self) -> &str {
        &self.selector
    }

    /// How it signs (`a=`).
    pub const fn algorithm(&self) -> Algorithm {
        match self.pair {
            Pair::Rsa(..) => Algorithm::RsaSha256,
            Pair::Ed25519(_) => Algorithm::Ed25519Sha256,
        }
    }

    /// The public key as the DNS record holds it (`p=`), base64.
    pub fn public_key(&self) -> String {
        match &self.pair {
            Pair::Rsa(pair, _) => {
                BASE64.encode(&der::rsa_public_key_info(pair.public_key().as_ref()))
            }
            // The bare key (RFC 8463 §4).
            Pair::Ed25519(pair) => BASE64.encode(pair.public_key().as_ref()),
        }
    }

    /// Signs the canonical header fields; base64. The same fields give the same signature.
    pub fn sign(&self, fields: &[u8]) -> Result<String, CannotSign> {
        match &self.pair {
            Pair::Rsa(pair, random) => {
                let mut signature = [0; LONGEST_SIGNATURE];
                let signature = &mut signature[..pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, random, fields, signature)
                    .map_err(|_| CannotSign)?;
                Ok(BASE64.encode(signature))
            }
            // Ed25519 signs the hash, not the fields (RFC 8463 §3).
            Pair::Ed25519(pair) => {
                let hash = ring::digest::digest(&ring::digest::SHA256, fields);
                Ok(BASE64.encode(pair.sign(hash.as_ref()).as_ref()))
            }
        }
    }
}

/// Its name, without the key.
impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKey")
            .field("domain", &self.domain)
            .field("selector", &self.selector)
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}
