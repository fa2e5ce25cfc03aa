//! How a signing key is shown, and which of several keys signs.

use std::time::Duration;

use crate::delivery::signing::DnsRecord;
use crate::domain::dkim::{Algorithm, KeyName, KeyState};
use crate::domain::timestamp::Timestamp;
use crate::store::dkim_key::DkimKey;

/// How long a record must stay in the DNS after its key has signed its last mail: relays keep mails
/// for up to five days (RFC 5321 §4.5.4.1), and some receivers check again later.
const STILL_CHECKED: Duration = Duration::from_hours(7 * 24);

/// A signing key without its private part, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SigningKeyDetails {
    /// Its name: `DOMAIN/SELECTOR`.
    pub key: String,
    /// The domain it signs for.
    pub domain: String,
    /// Its selector.
    pub selector: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// Its state.
    pub state: KeyState,
    /// Whether it signs: it is active and no newer key is.
    pub signs: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was activated.
    pub activated_at: Option<Timestamp>,
    /// When it was retired.
    pub retired_at: Option<Timestamp>,
    /// Its record in the DNS.
    pub record: RecordDetails,
}

/// A record in the DNS, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct RecordDetails {
    /// Its name, without a dot at the end.
    pub name: String,
    /// Its type: always `TXT`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its value in one piece.
    pub value: String,
    /// Its value cut into the strings of at most 255 characters that a TXT record consists of.
    pub strings: Vec<String>,
    /// The line for a zone file.
    pub zone_line: String,
}

impl SigningKeyDetails {
    /// This key among `all`.
    pub fn new(all: &[DkimKey], key: &DkimKey) -> Self {
        let record = record(key);
        Self {
            key: name(key).to_string(),
            domain: key.domain.clone(),
            selector: key.selector.clone(),
            algorithm: key.algorithm,
            state: key.state,
            signs: signs(all, key),
            created_at: key.created_at,
            activated_at: key.activated_at,
            retired_at: key.retired_at,
            record: RecordDetails {
                kind: "TXT",
                strings: record.strings().into_iter().map(str::to_owned).collect(),
                zone_line: record.zone_line(),
                name: record.name,
                value: record.value,
            },
        }
    }
}

/// The name of a key.
pub fn name(key: &DkimKey) -> KeyName {
    KeyName {
        domain: key.domain.clone(),
        selector: key.selector.clone(),
    }
}

/// The DNS record of a key.
pub fn record(key: &DkimKey) -> DnsRecord {
    DnsRecord::new(&key.selector, &key.domain, key.algorithm, &key.public_key)
}

/// The active keys of the same domain and algorithm that were activated after this one.
fn successors<'a>(all: &'a [DkimKey], key: &'a DkimKey) -> impl Iterator<Item = &'a DkimKey> {
    all.iter().filter(|other| {
        other.state == KeyState::Active
            && other.domain == key.domain
            && other.algorithm == key.algorithm
            && (other.activated_at, other.id) > (key.activated_at, key.id)
    })
}

/// Whether a key signs: it is active, and no key that was activated later replaces it.
pub fn signs(all: &[DkimKey], key: &DkimKey) -> bool {
    key.state == KeyState::Active && successors(all, key).next().is_none()
}

/// Until when the record of a key must stay in the DNS; none where it never signed.
pub fn keep_record_until(all: &[DkimKey], key: &DkimKey, now: Timestamp) -> Option<Timestamp> {
    key.activated_at?;
    let replaced = successors(all, key)
        .filter_map(|other| other.activated_at)
        .min();
    let last = [replaced, key.retired_at].into_iter().flatten().min();
    Some(last.unwrap_or(now).plus(STILL_CHECKED))
}
