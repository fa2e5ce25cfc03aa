//! The figures of an issue by the domains of its recipients.

use crate::domain::timestamp::Timestamp;
use crate::store::Result;
use crate::store::dialect::{Dialect, both};
use crate::store::sql::{Connection, row, sql};

/// Domains with fewer answers than this are added up: a family's own domain identifies people.
pub const FEWEST_SHOWN: i64 = 5;

/// What the relay answered for the recipients of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainFigures {
    /// The domain, in ASCII; none for all that are not listed.
    pub domain: Option<String>,
    /// How many domains this is: 1, or those that are not listed.
    pub domains: i64,
    /// Mails that were accepted.
    pub sent: i64,
    /// Mails that are tried again.
    pub deferred: i64,
    /// Mails that were refused for good, or whose outcome is unknown.
    pub failed: i64,
    /// The last answer of a listed domain.
    pub last: Option<LastAnswer>,
}

/// The relay's last answer for a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAnswer {
    /// When the attempt began.
    pub at: Timestamp,
    /// The reply code.
    pub code: Option<i64>,
    /// The enhanced status code (RFC 3463).
    pub status: Option<String>,
    /// The text. It may contain an address.
    pub words: Option<String>,
}

row! {
    struct Row {
        name: String,
        domains: i64,
        sent: i64,
        deferred: i64,
        failed: i64,
        last_at: i64,
        reply_code: Option<i64>,
        reply_status: Option<String>,
        reply: Option<String>,
    }
}

/// The domains with most answers among the latest `among` of an issue, at most `limit`, and the
/// others added up in the last place. As quick for a million recipients as for `among`.
pub async fn domains(
    conn: &mut impl Connection,
    issue: i64,
    among: i64,
    limit: i64,
) -> Result<Vec<DomainFigures>> {
    const DOMAINS: Dialect = both!(
        "WITH latest AS MATERIALIZED (SELECT subscriber_id, state, started_at, reply_code, reply_status, reply FROM delivery \
         WHERE issue_id = $1 AND (state = 'sent' OR class IS NOT NULL) AND state <> 'started' ORDER BY started_at DESC LIMIT $2), \
         named AS MATERIALIZED (SELECT ",
        address_domain,
        " AS domain, d.state, d.started_at, d.reply_code, d.reply_status, d.reply \
         FROM latest d JOIN subscriber r ON r.id = d.subscriber_id WHERE r.address_key IS NOT NULL), \
         numbered AS (SELECT domain, state, started_at, reply_code, reply_status, reply, \
         ROW_NUMBER() OVER (PARTITION BY domain ORDER BY started_at DESC) AS back FROM named), \
         summed AS (SELECT domain, COUNT(*) AS answers, SUM(CASE WHEN state = 'sent' THEN 1 ELSE 0 END) AS sent, \
         SUM(CASE WHEN state IN ('queued', 'leased') THEN 1 ELSE 0 END) AS deferred, MAX(started_at) AS last_at, \
         MAX(CASE WHEN back = 1 THEN reply_code END) AS reply_code, MAX(CASE WHEN back = 1 THEN reply_status END) AS reply_status, \
         MAX(CASE WHEN back = 1 THEN reply END) AS reply FROM numbered GROUP BY domain), \
         ranked AS (SELECT CASE WHEN answers >= $3 AND ROW_NUMBER() OVER (ORDER BY answers DESC, domain) <= $4 THEN domain ELSE '' END AS name, \
         answers, sent, deferred, last_at, reply_code, reply_status, reply FROM summed) \
         SELECT name, COUNT(*) AS domains, CAST(SUM(sent) AS BIGINT) AS sent, CAST(SUM(deferred) AS BIGINT) AS deferred, \
         CAST(SUM(answers - sent - deferred) AS BIGINT) AS failed, MAX(last_at) AS last_at, MAX(reply_code) AS reply_code, \
         MAX(reply_status) AS reply_status, MAX(reply) AS reply FROM ranked GROUP BY name \
         ORDER BY CASE WHEN name = '' THEN 1 ELSE 0 END, SUM(answers) DESC, name"
    );
    let text = DOMAINS.on(conn);
    let rows = sql!(conn, all as Row, text, issue, among, FEWEST_SHOWN, limit)?;
    let figures = rows.into_iter().map(|row| {
        let domain = Some(row.name).filter(|name| !name.is_empty());
        DomainFigures {
            // What was said to one of several domains says nothing of the others.
            last: domain.is_some().then_some(LastAnswer {
                at: Timestamp::from_micros(row.last_at),
                code: row.reply_code,
                status: row.reply_status,
                words: row.reply,
            }),
            domain,
            domains: row.domains,
            sent: row.sent,
            deferred: row.deferred,
            failed: row.failed,
        }
    });
    Ok(figures.collect())
}

/// What a relay answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayFigures {
    /// Its host and port.
    pub relay: String,
    /// Mails it accepted.
    pub sent: i64,
    /// Mails it refused, for now or for good.
    pub refused: i64,
}

/// The relays behind the latest `among` answers of an issue, the most used first.
pub async fn relays(
    conn: &mut impl Connection,
    issue: i64,
    among: i64,
) -> Result<Vec<RelayFigures>> {
    let rows = sql!(
        conn,
        all as (String, i64, i64),
        "SELECT relay, CAST(SUM(CASE WHEN state = 'sent' THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN state = 'sent' THEN 0 ELSE 1 END) AS BIGINT) FROM (SELECT relay, state FROM delivery \
         WHERE issue_id = $1 AND (state = 'sent' OR class IS NOT NULL) AND state <> 'started' \
         ORDER BY started_at DESC LIMIT $2) AS latest WHERE relay IS NOT NULL AND relay <> '' GROUP BY relay ORDER BY COUNT(*) DESC, relay",
        issue,
        among
    )?;
    Ok(rows
        .into_iter()
        .map(|(relay, sent, refused)| RelayFigures {
            relay,
            sent,
            refused,
        })
        .collect())
}
