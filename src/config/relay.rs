//! `[relay]`: the SMTP server that mail is sent to; `[relays.NAME]`: further ones.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use super::database::percent_decoded;
use super::keys::Keys;
use super::secret::Secret;
use super::server::is_loopback_name;

/// The prefix of the sections of further relays.
const FURTHER: &str = "relays";

/// `[relay]` or `[relays.NAME]`.
#[derive(Debug, Clone)]
pub struct Relay {
    /// Where mail goes.
    pub target: RelayTarget,
    /// The password of the target's user.
    pub password: Option<Secret>,
    /// A file with an access token (OAuth 2.0) instead of a password. Read at every connect,
    /// because a token lives about an hour and another program renews it.
    pub oauth_token_file: Option<PathBuf>,
    /// Our name in EHLO; by default the host of the public URL.
    pub hello_name: Option<String>,
    /// A PEM file with the certificate authority of the relay, trusted in addition to the system's.
    pub ca_file: Option<PathBuf>,
    /// Concurrent connections, each sending one mail at a time.
    pub connections: u32,
    /// Mails after which a connection is closed and reopened.
    pub mails_per_connection: u32,
    /// Its rate limits.
    pub limits: Limits,
    /// Relays with the lowest number are used, the others if those are unavailable.
    pub priority: u32,
    /// Its share of the connections among relays of the same priority.
    pub weight: u32,
    /// How long connecting, TLS and greeting may take together.
    pub connect_timeout: Duration,
    /// How long the reply to EHLO, AUTH, MAIL, RCPT and RSET may take (RFC 5321 section 4.5.3.2).
    pub command_timeout: Duration,
    /// How long the reply to DATA and each block of the mail may take.
    pub data_timeout: Duration,
    /// How long the reply to the end of data may take.
    pub accept_timeout: Duration,
}

/// The most mails within any span of this length; 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Within a second.
    pub second: u32,
    /// Within a minute.
    pub minute: u32,
    /// Within an hour.
    pub hour: u32,
    /// Within 24 hours.
    pub day: u32,
}

/// Where mail goes, read from `relay.url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelayTarget {
    /// A server that speaks SMTP.
    Smtp {
        /// A name or an IP address (IPv6 without brackets).
        host: String,
        /// The port.
        port: u16,
        /// How the connection is protected.
        tls: RelayTls,
        /// The user, if the relay requires authentication.
        user: Option<String>,
    },
    /// A directory; every mail is written into it as an `.eml` file and nothing leaves the machine.
    File(PathBuf),
}

/// How the connection to a relay is protected. There is no “if possible”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayTls {
    /// Not at all (`smtp://`).
    None,
    /// STARTTLS is required (`smtp+starttls://`, RFC 3207).
    StartTls,
    /// TLS from the first byte (`smtps://`, RFC 8314).
    Implicit,
}

impl RelayTarget {
    /// Reads `smtp://host:25`, `smtp+starttls://user@host:587`, `smtps://user@host:465` or `file:DIR`.
    pub fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "expected smtp://host:25, smtp+starttls://user@host:587, smtps://user@host:465 or file:DIRECTORY";
        if let Some(path) = text.strip_prefix("file:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err("file: needs a directory, e.g. file:data/mails".to_owned());
            }
            return Ok(Self::File(PathBuf::from(path)));
        }
        if !text.is_ascii() {
            return Err(
                "there are non-ASCII characters; write the host in its ASCII form (xn--…)"
                    .to_owned(),
            );
        }
        // The text itself is not repeated: it may contain a password.
        let url = Url::parse(text)
            .map_err(|error| format!("not the address of a relay ({error}); {EXPECTED}"))?;
        let (tls, default_port) = match url.scheme() {
            "smtp" => (RelayTls::None, 25),
            "smtp+starttls" => (RelayTls::StartTls, 587),
            "smtps" => (RelayTls::Implicit, 465),
            other => {
                return Err(format!(
                    "“{other}:” is not a known kind of relay; {EXPECTED}"
                ));
            }
        };
        if url.password().is_some() {
            return Err(
                "a password in the relay's URL would appear in process lists and logs; \
                        put it into relay.password_file or relay.password"
                    .to_owned(),
            );
        }
        let host = url
            .host_str()
            .map(|host| host.trim_matches(['[', ']']).to_owned())
            .filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| format!("the host is missing; {EXPECTED}"))?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(format!("there is text after the port; {EXPECTED}"));
        }
        let port = url.port().unwrap_or(default_port);
        let user = Some(percent_decoded(url.username())).filter(|user| !user.is_empty());
        let tls = if user.is_some() && tls == RelayTls::None && !is_loopback_name(&host) {
            return Err(
                "authentication over smtp:// would send the password in plain text; \
                        use smtp+starttls:// (port 587) or smtps:// (port 465)"
                    .to_owned(),
            );
        } else {
            tls
        };
        Ok(Self::Smtp {
            host,
            port,
            tls,
            user,
        })
    }
}

/// As in `relay.url`.
impl std::fmt::Display for RelayTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp {
                host, port, tls, ..
            } => {
                let scheme = match tls {
                    RelayTls::None => "smtp",
                    RelayTls::StartTls => "smtp+starttls",
                    RelayTls::Implicit => "smtps",
                };
                let host = if host.contains(':') {
                    format!("[{host}]")
                } else {
                    host.clone()
                };
                write!(f, "{scheme}://{host}:{port}")
            }
            Self::File(path) => write!(f, "file:{}", path.display()),
        }
    }
}

impl Relay {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let (second, minute) = (Duration::from_secs(1), Duration::from_mins(1));
        let mut relay = Self {
            target: keys.parsed("url", "the address of a relay", RelayTarget::parse),
            password: keys.secret("password"),
            oauth_token_file: keys.optional_path("oauth_token_file"),
            hello_name: keys.optional(
                "hello_name",
                "a host name, e.g. \"news.example.org\"",
                hello_name,
            ),
            ca_file: keys.optional_path("ca_file"),
            connections: keys.whole("connections", 1..=200),
            mails_per_connection: keys.whole("mails_per_connection", 1..=100_000),
            limits: Limits {
                second: keys.whole("mails_per_second", 0..=100_000),
                minute: keys.whole("mails_per_minute", 0..=5_000_000),
                hour: keys.whole("mails_per_hour", 0..=100_000_000),
                day: keys.whole("mails_per_day", 0..=1_000_000_000),
            },
            priority: keys.whole("priority", 1..=100),
            weight: 0,
            connect_timeout: keys.duration("connect_timeout", second..=5 * minute),
            command_timeout: keys.duration("command_timeout", second..=15 * minute),
            data_timeout: keys.duration("data_timeout", second..=15 * minute),
            accept_timeout: keys.duration("accept_timeout", second..=30 * minute),
        };
        let weight = keys.whole("weight", 0..=1_000);
        relay.weight = if weight == 0 {
            relay.connections
        } else {
            weight
        };
        relay.check(keys);
        relay
    }

    /// The relays of `[relays.NAME]`.
    pub(super) fn read_further(keys: &mut Keys<'_>) -> BTreeMap<String, Self> {
        let names = keys.named_sections(FURTHER);
        let read = names.into_iter().map(|name| {
            let keys = keys.section(&format!("{FURTHER}.{name}"));
            let relay = Self::read(keys);
            if !keys.is_set("url") {
                keys.error(
                    "url",
                    "this relay has no URL",
                    "set one, e.g. url = \"smtp+starttls://user@mail.example.org:587\"",
                );
            }
            (name, relay)
        });
        read.collect()
    }

    fn check(&self, keys: &mut Keys<'_>) {
        self.check_login(keys);
        if let Some(path) = &self.ca_file
            && let Err(error) = std::fs::metadata(path)
        {
            keys.error(
                "ca_file",
                format!("{} cannot be read: {error}", path.display()),
                "name a PEM file, or leave it empty",
            );
        }
        match &self.target {
            RelayTarget::File(path) if keys.is_set("url") || keys.named_sections(FURTHER).is_empty() => keys.warn(
                "url",
                format!("mails are written into {} and reach nobody", path.display()),
                "for real mails name your own relay, e.g. \"smtp+starttls://user@mail.example.org:587\"",
            ),
            RelayTarget::Smtp { host, tls: RelayTls::None, .. } if !is_loopback_name(host) => keys.warn(
                "url",
                "mails are sent to the relay without TLS, including the readers' addresses and links",
                "use smtp+starttls:// or smtps:// if the relay supports it",
            ),
            RelayTarget::Smtp { .. } | RelayTarget::File(_) => {}
        }
    }

    /// A user needs a password or token, and vice versa.
    fn check_login(&self, keys: &mut Keys<'_>) {
        let RelayTarget::Smtp { user, .. } = &self.target else {
            return;
        };
        let section = keys.section_name().to_owned();
        let user_remedy =
            "write the user into the address, e.g. \"smtps://user@mail.example.org:465\"";
        match (user, &self.password, &self.oauth_token_file) {
            (Some(_), None, None) => keys.error(
                "password",
                format!("{section}.url names a user, but there is no password"),
                format!("set {section}.password_file or {section}.password (or {section}.oauth_token_file), or remove the user from {section}.url"),
            ),
            (_, Some(_), Some(_)) => keys.error(
                "oauth_token_file",
                "there is a password as well as an access token",
                "keep one of the two",
            ),
            (None, Some(_), None) => {
                keys.error("url", "there is a password for the relay, but no user", user_remedy);
            }
            (None, None, Some(_)) => {
                keys.error("url", "there is an access token for the relay, but no user", user_remedy);
            }
            (Some(_), None, Some(path)) => {
                if let Err(error) = std::fs::metadata(path) {
                    keys.warn(
                        "oauth_token_file",
                        format!("{} cannot be read now: {error}", path.display()),
                        "it is read at every connect: make sure that the program that renews the token writes it there, and that the user who runs Rundbrief may read it",
                    );
                }
            }
            (Some(_), Some(_), None) | (None, None, None) => {}
        }
    }
}

fn hello_name(text: &str) -> Result<String, String> {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if text.len() <= 253 && text.split('.').all(label) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(format!(
            "“{text}” is not a host name in ASCII, e.g. news.example.org"
        ))
    }
}
