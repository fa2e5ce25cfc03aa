//! Looks up TXT records in the DNS. Called by `app` for the domain of a sender, never for a reader.
//!
//! An answer comes from outside: its number of records and their length are bounded, and so is the time.

use std::net::SocketAddr;
use std::time::Duration;

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{ResolverBuilder, TokioResolver};
use tokio::time::timeout;

use crate::domain::sender_dns::LookupFailure;

/// For one try at one name server.
const ONE_TRY: Duration = Duration::from_secs(2);
/// For one name, with every try.
const ONE_NAME: Duration = Duration::from_secs(6);
/// Records of an answer that are read.
const MOST_RECORDS: usize = 50;
/// Bytes of a record that are read: a 4,096-bit key has 750.
const LONGEST_RECORD: usize = 4_000;

/// Looks records up.
pub struct Dns(TokioResolver);

impl Dns {
    /// At these name servers; without one at those of the system.
    pub fn new(servers: &[SocketAddr]) -> Result<Self, LookupFailure> {
        let builder = if servers.is_empty() {
            TokioResolver::builder_tokio()
        } else {
            let servers = servers.iter().copied().map(name_server).collect();
            let config = ResolverConfig::from_name_servers(servers);
            let provider = TokioRuntimeProvider::default();
            Ok(TokioResolver::builder_with_config(config, provider))
        };
        let built = builder.and_then(|builder| configured(builder).build());
        built.map(Self).map_err(|error| {
            tracing::warn!(%error, "no name server can be asked");
            LookupFailure::Unreachable
        })
    }

    /// The TXT records of a name; empty where there are none.
    pub async fn txt(&self, name: &str) -> Result<Vec<String>, LookupFailure> {
        // With its dot at the end: the search list of this machine is not meant.
        let Ok(name) = Name::from_ascii(format!("{}.", name.trim_end_matches('.'))) else {
            return Ok(Vec::new());
        };
        let asked = timeout(ONE_NAME, self.0.lookup(name.clone(), RecordType::TXT));
        let answer = match asked.await {
            Err(_) => return Err(LookupFailure::TimedOut),
            Ok(Err(error)) => return nothing(&name, &error),
            Ok(Ok(answer)) => answer,
        };
        let records = answer
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                RData::TXT(text) => Some(&text.txt_data),
                _ => None,
            });
        let texts = records.take(MOST_RECORDS).map(|strings| {
            let bytes = strings.iter().flatten().copied();
            let bytes: Vec<u8> = bytes.take(LONGEST_RECORD).collect();
            let text = String::from_utf8_lossy(&bytes);
            text.chars().filter(|c| !c.is_control()).collect()
        });
        Ok(texts.collect())
    }
}

fn name_server(address: SocketAddr) -> NameServerConfig {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()];
    let connections = connections.map(|mut connection| {
        connection.port = address.port();
        connection
    });
    NameServerConfig::new(address.ip(), true, connections.into())
}

fn configured(
    mut builder: ResolverBuilder<TokioRuntimeProvider>,
) -> ResolverBuilder<TokioRuntimeProvider> {
    let options = builder.options_mut();
    options.timeout = ONE_TRY;
    options.attempts = 1;
    options.use_hosts_file = ResolveHosts::Never;
    // Whoever looks again wants to know what is published now.
    options.cache_size = 0;
    builder
}

/// What it means that there is no answer.
fn nothing(name: &Name, error: &NetError) -> Result<Vec<String>, LookupFailure> {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none))
            if matches!(
                none.response_code,
                ResponseCode::NXDomain | ResponseCode::NoError
            ) =>
        {
            Ok(Vec::new())
        }
        NetError::Timeout => Err(LookupFailure::TimedOut),
        NetError::Io(_) | NetError::NoConnections => {
            tracing::info!(%name, %error, "no name server answers");
            Err(LookupFailure::Unreachable)
        }
        _ => {
            tracing::info!(%name, %error, "a name server answers with an error");
            Err(LookupFailure::ServerError)
        }
    }
}
