//! The configuration as an administrator uses it: files, variables, mistakes.

use std::path::PathBuf;

use super::*;
use crate::domain::language::Language;

/// The problems of a file with this text, as displayed.
fn problems(text: &str) -> String {
    let mut layers = Layers::from_defaults(DEFAULTS);
    let mut problems = layers.apply_file(&PathBuf::from("town.toml"), text);
    problems.extend(Config::read(&layers).1);
    problems.sort_by_key(Problem::position);
    let errors = problems
        .iter()
        .filter(|one| one.severity == Severity::Error);
    errors
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_defaults_are_valid_and_every_key_is_used() {
    let layers = Layers::from_defaults(DEFAULTS);
    let (_, problems, asked) = Config::read(&layers);
    let errors: Vec<_> = problems
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let known: BTreeSet<_> = layers
        .keys()
        .map(|(section, key)| (section.to_owned(), key.to_owned()))
        .collect();
    assert_eq!(
        known, asked,
        "left: documented in config.toml; right: read into Config"
    );
}

/// The comment above each key has its meaning, default and variable, in this form.
#[test]
fn every_key_is_documented() {
    let layers = Layers::from_defaults(DEFAULTS);
    let mut section = "";
    let mut comment: Vec<&str> = Vec::new();
    let mut seen = 0;
    for line in DEFAULTS.lines() {
        if let Some(text) = line.strip_prefix('#') {
            comment.push(text.trim());
        } else if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
            comment.clear();
        } else if let Some((key, value)) = line.split_once(" = ") {
            seen += 1;
            let [meaning @ .., default, variable] = comment.as_slice() else {
                panic!("{key}: no comment")
            };
            assert!(
                meaning.concat().len() > 15,
                "{section}.{key}: say what it means"
            );
            let documented = default
                .strip_prefix("Default: ")
                .unwrap_or_else(|| panic!("{section}.{key}: no default"));
            assert!(
                documented.starts_with(value),
                "{section}.{key}: documented default {documented}, but it is {value}"
            );
            assert_eq!(
                *variable,
                format!("Environment: {}", environment_name(section, key))
            );
        } else {
            comment.clear();
        }
    }
    assert_eq!(seen, layers.keys().count());
}

#[test]
fn all_problems_are_reported_at_once() {
    insta::assert_snapshot!(problems(
        r##"
listen = "0.0.0.0:80"
[server]
listne = "127.0.0.1:80"
public_url = "ftp://example.org"
request_timeout = 15
shutdown_within = "three days"
[relai]
url = "smtp://localhost"
[relay]
url = "smtp://town@mail.example.org"
connections = "many"
connect_timeout = "2 hours"
[organisation]
action_colour = "#ffcc00"
address = "Markt 1"
email = "post at example.org"
[languages]
offered = ["en", "pl", "en"]
[delivery]
lease_for = "1 second"
html_refuse = "50 KB"
"##
    ));
}

#[test]
fn invalid_toml_is_reported_with_its_line() {
    let shown = problems("[server]\nlisten = 127.0.0.1\n[database\nurl = 'x'\n");
    assert!(
        shown.contains("town.toml:2:") && shown.contains("town.toml:3:"),
        "{shown}"
    );
}

#[test]
fn a_secret_is_never_shown() {
    let shown = problems(
        "[database]\nurl = 'postgres://town:hunter2@db/town'\npassword = 'hunter2'\n[relay]\nurl = 'smtps://a:hunter2@mail.example.org'\n[security]\nkey = 'hunter2'",
    );
    assert!(
        shown.contains("database.url")
            && shown.contains("relay.url")
            && shown.contains("security.key"),
        "{shown}"
    );
    assert!(!shown.contains("hunter2"), "{shown}");
}

/// The configuration from a file and variables; an error if they cannot be used.
fn load(text: &str, variables: &[(&str, &str)]) -> Result<Loaded, String> {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("config.toml");
    std::fs::write(&file, text).expect("a file for the test");
    let environment = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let sources = Sources {
        file: Some(file),
        environment: environment.collect(),
    };
    Config::load(sources).map_err(|error| error.to_string())
}

#[test]
fn the_environment_overrides_the_file_and_the_file_the_defaults() {
    let loaded = load(
        "[server]\nlisten = '127.0.0.1:1'\n[import]\nmax_items = 7\n",
        &[
            ("RUNDBRIEF__SERVER__LISTEN", "[::1]:2"),
            ("RUNDBRIEF__RELAY__CONNECTIONS", "9"),
            ("RUNDBRIEF__LANGUAGES__OFFERED", "nl, de"),
            ("RUNDBRIEF_CONFIG", "elsewhere.toml"),
            ("PATH", "/bin"),
        ],
    )
    .expect("a usable configuration");
    assert_eq!(loaded.config.server.listen.to_string(), "[::1]:2");
    assert_eq!(
        (
            loaded.config.import.max_items,
            loaded.config.relay.connections
        ),
        (7, 9)
    );
    assert_eq!(
        loaded.config.languages.offered,
        [Language::Nl, Language::De]
    );
    assert_eq!(loaded.config.subscribing.confirmations_per_day, 3);
}

#[test]
fn an_unknown_variable_names_the_nearest() {
    let error = load(
        "",
        &[
            ("RUNDBRIEF__SEVRER__LISTEN", "[::1]:2"),
            ("RUNDBRIEF__RELAY__CONNECTIONS", "many"),
        ],
    )
    .expect_err("an error");
    assert!(
        error.contains("did you mean RUNDBRIEF__SERVER__LISTEN?"),
        "{error}"
    );
    assert!(
        error.contains("environment RUNDBRIEF__RELAY__CONNECTIONS: relay.connections: “many”"),
        "{error}"
    );
}

#[test]
fn a_flag_is_true_or_false() {
    let key = "RUNDBRIEF__SUBSCRIBING__INTERNATIONAL_ADDRESSES";
    let read = |text: &str, variables: &[(&str, &str)]| {
        load(text, variables).map(|loaded| loaded.config.subscribing.international_addresses)
    };
    let file = "[subscribing]\ninternational_addresses = true\n";
    assert_eq!(read("", &[]), Ok(false));
    assert_eq!(read(file, &[]), Ok(true));
    assert_eq!(read(file, &[(key, "false")]), Ok(false));
    assert_eq!(read("", &[(key, " true ")]), Ok(true));
    let error = read("", &[(key, "yes")]).expect_err("no flag");
    assert!(error.contains("“yes” is neither true nor false"), "{error}");
    let error = read(&file.replace("true", "'true'"), &[]).expect_err("a text");
    assert!(error.contains("without quotation marks"), "{error}");
}

#[test]
fn further_relays_have_names_and_the_keys_of_the_first() {
    let text = "[relay]
url = 'smtp+starttls://mail.example.org'
mails_per_minute = 30
[relays.backup]
url = 'smtps://backup.example.org'
priority = 2
[relays.second-one]
connections = 7
";
    let loaded = load(
        text,
        &[
            ("RUNDBRIEF__RELAYS__SECOND_ONE__URL", "smtp://localhost:26"),
            ("RUNDBRIEF__RELAYS__BACKUP__MAILS_PER_DAY", "500"),
        ],
    )
    .expect("a usable configuration");
    let relays: Vec<_> = loaded
        .config
        .relays()
        .map(|(name, relay)| {
            let limits = (relay.limits.minute, relay.limits.day);
            (
                name,
                relay.target.to_string(),
                relay.priority,
                relay.weight,
                limits,
            )
        })
        .collect();
    let url = |text: &str| text.to_owned();
    assert_eq!(
        relays,
        [
            (
                "main",
                url("smtp+starttls://mail.example.org:587"),
                1,
                4,
                (30, 0)
            ),
            (
                "backup",
                url("smtps://backup.example.org:465"),
                2,
                4,
                (0, 500)
            ),
            ("second-one", url("smtp://localhost:26"), 1, 7, (0, 0)),
        ],
        "unset keys have the documented default, not the value of [relay]"
    );
    // An installation with further relays only must not write mails into the trial's directory.
    let loaded = load("[relays.one]\nurl = 'smtp://localhost:26'\n", &[]).expect("usable");
    let names: Vec<_> = loaded.config.relays().map(|(name, _)| name).collect();
    assert_eq!(names, ["one"]);
    let about_main = loaded.warnings.iter().any(|one| one.key == "relay.url");
    assert!(!about_main, "{:?}", loaded.warnings);
}

#[test]
fn problems_of_further_relays_are_reported() {
    insta::assert_snapshot!(problems(
        r#"
[relay]
url = "file:mails"
[relays]
url = "smtp://localhost:25"
[relays.main]
url = "smtp://localhost:25"
[relays.Zwei]
url = "smtp://localhost:25"
[relays.nowhere]
connections = 5
[relays.typed]
url = "smtps://town@mail.example.org"
pasword = "hunter2"
mails_per_minuet = 30
priority = 0
[relays.token]
url = "smtps://mail.example.org"
oauth_token_file = "token"
[relay-s]
"#
    ));
    let error = load("", &[("RUNDBRIEF__RELAYS__BACKUP__MAILS_PER_MINUET", "30")]);
    let error = error.expect_err("an unknown key");
    let near = "did you mean RUNDBRIEF__RELAYS__BACKUP__MAILS_PER_MINUTE?";
    assert!(error.contains(near), "{error}");
}

#[test]
fn a_secret_comes_from_a_file_without_its_last_line_break() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let file = directory.path().join("password");
    std::fs::write(&file, "a b\r\n").expect("a file for the test");
    let file = file.to_str().expect("a path in UTF-8");
    let relay = "[relay]\nurl = 'smtps://town@mail.example.org'\n";

    let loaded =
        load(relay, &[("RUNDBRIEF__RELAY__PASSWORD_FILE", file)]).expect("a usable configuration");
    assert_eq!(
        loaded.config.relay.password.as_ref().map(Secret::expose),
        Some("a b")
    );
    assert!(
        !format!("{:?}", loaded.config).contains("a b"),
        "Debug shows no secret"
    );

    let both = load(
        &format!("{relay}password = 'x'\n"),
        &[("RUNDBRIEF__RELAY__PASSWORD_FILE", file)],
    );
    assert!(
        both.expect_err("both are set")
            .contains("both password and password_file")
    );
    let missing = load(
        relay,
        &[("RUNDBRIEF__RELAY__PASSWORD_FILE", "/nowhere/password")],
    );
    assert!(
        missing
            .expect_err("no such file")
            .contains("/nowhere/password cannot be read")
    );
    let none = load(relay, &[]);
    assert!(
        none.expect_err("no password")
            .contains("names a user, but there is no password")
    );
}

#[test]
fn relays_are_read() {
    let smtp = |host: &str, port, tls, user: Option<&str>| {
        Ok(RelayTarget::Smtp {
            host: host.to_owned(),
            port,
            tls,
            user: user.map(str::to_owned),
        })
    };
    for (text, expected) in [
        (
            "smtp://mail.example.org",
            smtp("mail.example.org", 25, RelayTls::None, None),
        ),
        ("smtp://[::1]:2525", smtp("::1", 2525, RelayTls::None, None)),
        (
            "smtp://me@127.0.0.1",
            smtp("127.0.0.1", 25, RelayTls::None, Some("me")),
        ),
        (
            "smtp+starttls://mail.example.org",
            smtp("mail.example.org", 587, RelayTls::StartTls, None),
        ),
        (
            "smtps://news%40town.example@mail.example.org:4650",
            smtp(
                "mail.example.org",
                4650,
                RelayTls::Implicit,
                Some("news@town.example"),
            ),
        ),
        (
            "file:data/mails",
            Ok(RelayTarget::File("data/mails".into())),
        ),
        (
            "file:///var/mails",
            Ok(RelayTarget::File("/var/mails".into())),
        ),
    ] {
        assert_eq!(RelayTarget::parse(text), expected, "{text}");
    }
    for text in [
        "",
        "mail.example.org",
        "mail.example.org:25",
        "http://x",
        "smtp://",
        "smtp://x/y",
        "smtps://a:b@x",
        "smtp://me@mail.example.org",
        "file:",
    ] {
        assert!(RelayTarget::parse(text).is_err(), "{text}");
    }
}

#[test]
fn databases_are_read() {
    assert_eq!(
        DatabaseUrl::parse("sqlite:data/a.db"),
        Ok(DatabaseUrl::Sqlite("data/a.db".into()))
    );
    assert_eq!(
        DatabaseUrl::parse("sqlite:///var/a.db"),
        Ok(DatabaseUrl::Sqlite("/var/a.db".into()))
    );
    let url =
        DatabaseUrl::parse("postgres://town:p%40ss@db/town?sslmode=require").expect("a database");
    assert_eq!(url.to_string(), "postgres://town@db/town?sslmode=require");
    assert_eq!(
        format!("{url:?}"),
        "postgres://town@db/town?sslmode=require"
    );
    let whole = url.postgres().map(|url| url.expose().to_owned());
    assert_eq!(
        whole.as_deref(),
        Some("postgres://town:p%40ss@db/town?sslmode=require")
    );
    for text in [
        "",
        "data/a.db",
        "sqlite:",
        "sqlite::memory:",
        "mysql://x/y",
        "postgres://db",
        "postgres://db/",
    ] {
        assert!(DatabaseUrl::parse(text).is_err(), "{text}");
    }
}

#[test]
fn remote_databases_without_a_verified_certificate_give_a_warning() {
    let warned = |url: &str| {
        let loaded = load(&format!("[database]\nurl = '{url}'\n"), &[]).expect("usable");
        let mut warnings = loaded.warnings.into_iter();
        let found = warnings.find(|one| one.key == "database.url");
        found.map(|one| one.what)
    };
    for url in [
        "postgres://u@db/town?sslmode=disable",
        "postgres://u@db/town?sslmode=prefer",
        "postgres://u@localhost/town?host=db&ssl-mode=allow",
    ] {
        let what = warned(url).unwrap_or_default();
        assert!(what.contains("plain text"), "{url}: {what}");
    }
    let what = warned("postgres://u@10.1.0.5/town?sslmode=require").unwrap_or_default();
    assert!(what.contains("pose as the database"), "{what}");
    for url in [
        "sqlite:data/a.db",
        "postgres://u@db/town",
        "postgres://u@db/town?sslmode=verify-full",
        "postgres://u@localhost/town?sslmode=disable",
        "postgres://u@[::1]/town?sslmode=disable",
        "postgres://u@%2Frun%2Fpostgresql/town?sslmode=disable",
        "postgres://u@db/town?host=/run/postgresql&sslmode=prefer",
    ] {
        assert_eq!(warned(url), None, "{url}");
    }
}

#[test]
fn a_public_address_is_a_host_and_nothing_more() {
    let refused = |url: &str| load(&format!("[server]\npublic_url = '{url}'\n"), &[]).is_err();
    for url in [
        "example.org",
        "ftp://example.org",
        "https://example.org/news",
        "https://a:b@example.org",
        "https://example.org?x=1",
    ] {
        assert!(refused(url), "{url}");
    }
    let loaded = load("[server]\npublic_url = 'http://news.example.org'\n", &[]).expect("usable");
    assert!(
        loaded
            .warnings
            .iter()
            .any(|one| one.key == "server.public_url"),
        "{:?}",
        loaded.warnings
    );
    assert_eq!(
        loaded.config.server.link("/imprint"),
        "http://news.example.org/imprint"
    );
    assert_eq!(
        loaded.config.system_sender().1.as_str(),
        "rundbrief@news.example.org"
    );
}

proptest::proptest! {
    #[test]
    fn no_value_of_any_key_panics(
        which in 0_usize..1_000,
        value in r##"[-+_.0-9a-z]{0,12}|["'\[]\PC{0,30}["'\]]|"[a-z+]{0,9}:[/@:%a-z0-9#?]{0,30}"|"#[0-9a-f]{0,6}"|\["[a-z]{2}"\]"##,
    ) {
        let layers = Layers::from_defaults(DEFAULTS);
        let known: Vec<_> = layers.keys().collect();
        let (section, key) = known[which % known.len()];
        let _ = problems(&format!("[{section}]\n{key} = {value}\n"));
        let _ = problems(&value);
    }
}
