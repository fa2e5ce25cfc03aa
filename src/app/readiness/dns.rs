//! Looking up what the DNS says about the sender of a newsletter.

use std::net::IpAddr;
use std::time::Duration;

use tokio::time::timeout;

use crate::app::newsletters::NewsletterError;
use crate::app::signing_keys::record;
use crate::app::{Actor, App, Error, lookup};
use crate::config::Config;
use crate::config::relay::RelayTarget;
use crate::delivery::signing::DnsRecord;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::dkim::is_within;
use crate::domain::newsletter::Newsletter;
use crate::domain::sender_dns::{Flaw, Looked, LookupFailure, Outcome, Standard, dkim, dmarc, spf};
use crate::sources::dns::Dns;
use crate::sources::link::address::{is_private_name, is_public};
use crate::store::dkim_key::DkimKey;
use crate::store::sender_dns::SenderDns;
use crate::store::{self, Connection};

/// For all records of one standard: somebody waits for the page.
const ONE_STANDARD: Duration = Duration::from_secs(15);

/// Looks up SPF, DKIM and DMARC of a newsletter's sender, and keeps what was found.
pub async fn look_up(app: &App, actor: &Actor, key: &str) -> Result<Vec<Looked>, NewsletterError> {
    let action = Action::SenderLookUp;
    if !actor.may(action) {
        let actor = actor.kind();
        return Err(Error::Forbidden { actor, action }.into());
    }
    let mut conn = app.read().await?;
    let newsletter = lookup::newsletter(&mut conn, key).await?;
    let asked = Asked::of(&app.config, &mut conn, &newsletter).await?;
    // No transaction is open while others are asked.
    drop(conn);
    let records = asked.look_up(&app.config).await;
    let mut op = app.begin(actor, action).await?;
    let at = op.at();
    store::sender_dns::keep(op.tx(), newsletter.id, &records, at).await?;
    let fine = records.iter().filter(|one| one.outcome.is_fine()).count();
    let after = format!("records: {}, as they should be: {fine}", records.len());
    let subject = Subject::new(SubjectKind::Newsletter, key);
    op.record(subject, None, Some(&after));
    op.commit().await?;
    Ok(records)
}

/// What was found last; none where sender or keys are others by now.
pub(super) async fn found(
    config: &Config,
    conn: &mut impl Connection,
    newsletter: &Newsletter,
) -> store::Result<Option<SenderDns>> {
    let found = store::sender_dns::of(conn, newsletter.id).await?;
    let asked = Asked::of(config, conn, newsletter).await?;
    Ok(found.filter(|found| asked.is_answered_by(&found.records)))
}

/// What is asked.
struct Asked {
    /// The domain of the return path: SPF is about it.
    envelope: String,
    /// The domain of the sender: DMARC is about it.
    sender: String,
    /// The keys that sign.
    keys: Vec<DkimKey>,
}

impl Asked {
    async fn of(
        config: &Config,
        conn: &mut impl Connection,
        newsletter: &Newsletter,
    ) -> store::Result<Self> {
        let sender = newsletter.settings.sender_address.domain().to_owned();
        let return_path = config.bounces.return_path.as_ref();
        let envelope = return_path.map_or(sender.as_str(), |path| path.domain());
        let mut keys = store::dkim_key::signing(conn).await?;
        // As when signing: the keys of the nearest domain.
        let domains = keys.iter().map(|key| key.domain.clone());
        let above = domains.filter(|domain| is_within(&sender, domain));
        let nearest = above.max_by_key(String::len);
        keys.retain(|key| Some(&key.domain) == nearest.as_ref());
        Ok(Self {
            envelope: envelope.to_owned(),
            sender,
            keys,
        })
    }

    /// Whether these are the answers to what is asked now.
    fn is_answered_by(&self, records: &[Looked]) -> bool {
        let of = |standard| records.iter().filter(move |one| one.standard == standard);
        let keys: Vec<_> = self.keys.iter().map(record).collect();
        let found: Vec<_> = of(Standard::Dkim).collect();
        let is_same = |(one, key): (&&Looked, &DnsRecord)| {
            (&one.name, &one.publish) == (&key.name, &key.value)
        };
        let parents = dmarc::domains(&self.sender);
        of(Standard::Spf).all(|one| one.name == self.envelope)
            && of(Standard::Dmarc).all(|one| {
                let domain = one.name.strip_prefix("_dmarc.").unwrap_or_default();
                parents.iter().any(|asked| asked == domain)
            })
            && found.len() == keys.len()
            && found.iter().zip(&keys).all(is_same)
    }

    async fn look_up(&self, config: &Config) -> Vec<Looked> {
        let dns = Dns::new(&config.newsroom.name_servers);
        let dns = dns.as_ref().map_err(|why| *why);
        let (spf, dmarc, dkim) =
            tokio::join!(self.spf(dns, config), self.dmarc(dns), self.dkim(dns));
        let mut records = vec![spf];
        records.extend(dkim);
        records.push(dmarc);
        records
    }

    async fn spf(&self, dns: Result<&Dns, LookupFailure>, config: &Config) -> Looked {
        let asked = async {
            let dns = dns?;
            let texts = dns.txt(&self.envelope).await?;
            let record = match spf::record(&texts) {
                None => return Ok(Outcome::Missing),
                Some(Err(flaw)) => {
                    let record = spf_texts(&texts);
                    return Ok(Outcome::Weak { record, flaw });
                }
                Some(Ok(record)) => record,
            };
            let mut walk = spf::Walk::new(record);
            while let Some(domain) = walk.next().map(str::to_owned) {
                walk.take(&dns.txt(&domain).await?);
            }
            Ok(walk.outcome())
        };
        Looked {
            standard: Standard::Spf,
            name: self.envelope.clone(),
            outcome: in_time(asked).await,
            publish: spf::proposal(sending_hosts(config).iter().map(String::as_str)),
        }
    }

    async fn dmarc(&self, dns: Result<&Dns, LookupFailure>) -> Looked {
        let mut name = format!("_dmarc.{}", self.sender);
        let asked = async {
            let dns = dns?;
            let mut found = Vec::new();
            for domain in dmarc::domains(&self.sender) {
                let texts = dns.txt(&format!("_dmarc.{domain}")).await?;
                let records: Vec<_> = dmarc::records(&texts).cloned().collect();
                match records.as_slice() {
                    [] => {}
                    [record] if domain == self.sender => {
                        return Ok(dmarc::outcome(record, false));
                    }
                    [record] => found.push((domain, record.clone())),
                    several if domain == self.sender => {
                        let (record, flaw) = (several.join(" | "), Flaw::Several);
                        return Ok(Outcome::Weak { record, flaw });
                    }
                    // Those of a parent count as none.
                    _ => {}
                }
            }
            let Some((domain, record)) = dmarc::of_parents(&found) else {
                return Ok(Outcome::Missing);
            };
            name = format!("_dmarc.{domain}");
            Ok(dmarc::outcome(record, true))
        };
        let outcome = in_time(asked).await;
        Looked {
            standard: Standard::Dmarc,
            name,
            outcome,
            publish: dmarc::proposal(&self.sender),
        }
    }

    async fn dkim(&self, dns: Result<&Dns, LookupFailure>) -> Vec<Looked> {
        let mut all = Vec::new();
        for key in &self.keys {
            let published = record(key);
            let asked = async {
                let texts = dns?.txt(&published.name).await?;
                Ok(dkim::outcome(&texts, key.algorithm, &key.public_key))
            };
            all.push(Looked {
                standard: Standard::Dkim,
                outcome: in_time(asked).await,
                name: published.name,
                publish: published.value,
            });
        }
        all
    }
}

async fn in_time(asked: impl Future<Output = Result<Outcome, LookupFailure>>) -> Outcome {
    let answer = timeout(ONE_STANDARD, asked).await;
    let answer = answer.unwrap_or(Err(LookupFailure::TimedOut));
    answer.unwrap_or_else(|why| Outcome::Unknown { why })
}

/// The SPF records among these texts.
fn spf_texts(texts: &[String]) -> String {
    let texts = texts.iter().filter(|text| text.starts_with("v=spf1"));
    texts.map(String::as_str).collect::<Vec<_>>().join(" | ")
}

/// The relays as others see them. What only this machine or its network knows is left out.
fn sending_hosts(config: &Config) -> Vec<String> {
    let hosts = config
        .relays()
        .filter_map(|(_, relay)| match &relay.target {
            RelayTarget::Smtp { host, .. } => Some(host.clone()),
            RelayTarget::File(_) => None,
        });
    hosts
        .filter(|host| match host.parse::<IpAddr>() {
            Ok(address) => is_public(address),
            Err(_) => !is_private_name(host),
        })
        .collect()
}
