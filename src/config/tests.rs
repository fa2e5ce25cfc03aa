//! The configuration as an administrator meets it: files, variables, mistakes.

use std::path::PathBuf;

use super::*;

/// The problems that a file with this text makes, as they are shown.
fn problems(text: &str) -> String {
    let mut layers = Layers::from_defaults(DEFAULTS);
    let mut problems = layers.lay_file(&PathBuf::from("town.toml"), text);
    problems.extend(Config::read(&layers).1);
    let errors = problems
        .iter()
        .filter(|one| one.severity == Severity::Error);
    errors.map(|one| format!("{one}\n")).collect()
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

/// Each key stands below a comment that says its meaning, its default and its variable, in this form.
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
fn everything_wrong_is_said_at_once() {
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
lease_for = "1 minute"
html_refuse = "50 KB"
"##
    ));
}

#[test]
fn text_that_is_not_toml_is_said_with_its_line() {
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
