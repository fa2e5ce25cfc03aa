//! `rundbrief dkim`: the keys that sign mails, from making them to giving them up.

pub mod activate;
pub mod list;
mod make;
pub mod new;
pub mod records;
pub mod retire;
pub mod rotate;

use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use anyhow::Context as _;
use clap::Subcommand;
use serde_json::json;

use super::{Context, Output};
use crate::delivery::signing::DnsRecord;
use crate::domain::dkim::{self, KeyState};
use crate::domain::timestamp::Timestamp;
use crate::store::dkim_key::DkimKey;

/// How long a record must stay in the DNS after its key has signed its last mail: relays keep mails
/// for up to five days (RFC 5321 §4.5.4.1), and some receivers look again later.
const STILL_CHECKED: Duration = Duration::from_hours(7 * 24);

/// `rundbrief dkim`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the first keys of a domain and print their DNS records
    New(new::Args),
    /// List the keys and say which of them sign
    List(list::Args),
    /// Print the DNS records of all keys in use
    Records(records::Args),
    /// Let keys sign whose DNS records are published
    Activate(activate::Args),
    /// Make new keys beside those of a domain, to take their place
    Rotate(rotate::Args),
    /// Give keys up for good and forget their private keys
    Retire(retire::Args),
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::New(args) => new::run(args, context).await,
        Command::List(args) => list::run(args, context).await,
        Command::Records(args) => records::run(args, context).await,
        Command::Activate(args) => activate::run(args, context).await,
        Command::Rotate(args) => rotate::run(args, context).await,
        Command::Retire(args) => retire::run(args, context).await,
    }
}

/// Which key: `DOMAIN/SELECTOR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyName {
    domain: String,
    selector: String,
}

impl FromStr for KeyName {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (domain, selector) = text.split_once('/').ok_or(
            "write domain and selector as `rundbrief dkim list` does, e.g. example.org/rb202611r",
        )?;
        Ok(Self {
            domain: self::domain(domain)?,
            selector: selector.to_ascii_lowercase(),
        })
    }
}

impl std::fmt::Display for KeyName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.domain, self.selector)
    }
}

/// A domain as an argument.
fn domain(text: &str) -> Result<String, String> {
    dkim::domain(text).map_err(|_| {
        "not a domain; write the part after the @ of a sender, e.g. example.org".to_owned()
    })
}

fn name(key: &DkimKey) -> String {
    format!("{}/{}", key.domain, key.selector)
}

/// The key of this name; the error names those that exist.
fn find<'a>(all: &'a [DkimKey], wanted: &KeyName) -> anyhow::Result<&'a DkimKey> {
    let found = all
        .iter()
        .find(|key| key.domain == wanted.domain && key.selector == wanted.selector);
    found.with_context(|| {
        let known: Vec<_> = all.iter().map(name).collect();
        if known.is_empty() {
            format!(
                "there is no signing key yet; make some with `rundbrief dkim new {}`",
                wanted.domain
            )
        } else {
            format!(
                "there is no signing key {wanted}; there are: {}",
                known.join(", ")
            )
        }
    })
}

fn record(key: &DkimKey) -> DnsRecord {
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

fn signs(all: &[DkimKey], key: &DkimKey) -> bool {
    key.state == KeyState::Active && successors(all, key).next().is_none()
}

/// Until when the record of a key must stay in the DNS; none where it never signed.
fn keep_record_until(all: &[DkimKey], key: &DkimKey, now: Timestamp) -> Option<Timestamp> {
    key.activated_at?;
    let replaced = successors(all, key)
        .filter_map(|other| other.activated_at)
        .min();
    let last = [replaced, key.retired_at].into_iter().flatten().min();
    Some(last.unwrap_or(now).plus(STILL_CHECKED))
}

fn day(at: Timestamp) -> String {
    at.utc().format("%Y-%m-%d").to_string()
}

/// Everything about a key that machines may want; nothing of the private key.
fn described(all: &[DkimKey], key: &DkimKey) -> serde_json::Value {
    let record = record(key);
    json!({
        "key": name(key),
        "domain": key.domain,
        "selector": key.selector,
        "algorithm": key.algorithm,
        "state": key.state,
        "signs": signs(all, key),
        "created_at": key.created_at,
        "activated_at": key.activated_at,
        "retired_at": key.retired_at,
        "record": {
            "name": record.name,
            "type": "TXT",
            "value": record.value,
            "strings": record.strings(),
            "zone_line": record.zone_line(),
        },
    })
}

/// Writes the DNS record of a key, for web forms and for zone files.
fn write_record(out: &mut Output, key: &DkimKey) -> std::io::Result<()> {
    let record = record(key);
    out.line(format_args!(
        "{} ({}, {})",
        name(key),
        key.algorithm,
        key.state
    ))?;
    out.line(format_args!("  name:   {}", record.name))?;
    out.line("  type:   TXT")?;
    out.line(format_args!("  value:  {}", record.value))?;
    out.line(format_args!("  in a zone file: {}", record.zone_line()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_keys_are_read() {
        let read = |text: &str| text.parse::<KeyName>().map(|name| name.to_string());
        assert_eq!(
            read("Example.org/RB202611r"),
            Ok("example.org/rb202611r".to_owned())
        );
        for bad in ["example.org", "/rb", "a b/rb"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
