//! Setting up: the documented defaults, a file, variables, and what is said about mistakes.

use crate::harness::Installation;

#[test]
fn the_printed_defaults_are_the_documented_ones_and_can_be_used() {
    let installation = Installation::without_database();
    let printed = installation.run(["config", "default"]).success();
    assert_eq!(printed, include_str!("../../config.toml"));

    let file = installation.file("all.toml", printed);
    let report = installation
        .run([
            "config",
            "check",
            "--json",
            "--config",
            &file.to_string_lossy(),
        ])
        .json();
    assert_eq!(report["usable"], true);
    assert_eq!(report["file"], file.to_string_lossy().as_ref());
}

#[test]
fn a_trial_is_told_what_is_missing_before_real_mails() {
    let report = Installation::without_database()
        .run(["config", "check", "--json"])
        .json();
    let keys: Vec<_> = report["problems"]
        .as_array()
        .expect("a list")
        .iter()
        .inspect(|problem| assert_eq!(problem["severity"], "warning"))
        .filter_map(|problem| problem["key"].as_str())
        .collect();
    for key in [
        "server.public_url",
        "relay.url",
        "organisation.address",
        "organisation.email",
        "security.key",
    ] {
        assert!(keys.contains(&key), "{key} is not among {keys:?}");
    }
}

#[test]
fn a_mistake_in_the_file_is_told_with_its_line_and_stops_every_command() {
    let installation = Installation::without_database();
    installation.file(
        "config.toml",
        "[server]\nlistne = '[::1]:80'\n\n[relay]\nconnections = 'many'\n",
    );
    let ended = installation.run(["config", "check"]);
    assert_eq!(ended.code, Some(1));
    for expected in [
        "config.toml:2: server.listne",
        "did you mean listen?",
        "config.toml:5: relay.connections",
    ] {
        assert!(
            ended.stdout.contains(expected),
            "{expected} is not in {}",
            ended.stdout
        );
    }

    let refusal = installation.run(["topic", "list"]).refusal();
    assert!(
        refusal.contains("config.toml:2: server.listne"),
        "{refusal}"
    );
    assert!(
        !installation.folder().join("data").exists(),
        "nothing was made on a bad configuration"
    );
}

#[test]
fn a_misspelt_variable_is_an_error_and_a_secret_is_not_shown() {
    let installation = Installation::without_database()
        .with("relya.password", "hunter2")
        .with("relay.password", "hunter2");
    let ended = installation.run(["config", "check"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .stdout
            .contains("did you mean RUNDBRIEF__RELAY__PASSWORD?"),
        "{}",
        ended.stdout
    );
    assert!(!ended.stdout.contains("hunter2") && !ended.stderr.contains("hunter2"));
}

#[test]
fn a_key_that_is_made_is_a_key_that_is_taken() {
    let maker = Installation::without_database();
    let [first, second] = ["1", "2"].map(|id| maker.run(["config", "key", "--id", id]).success());
    assert_ne!(first[2..], second[2..]);

    let file = maker.file("key", &second);
    let installation = Installation::without_database()
        .with("security.key_file", file.display())
        .with("security.old_keys", first.trim());
    let report = installation.run(["config", "check", "--json"]).json();
    let problems = report["problems"].to_string();
    assert!(!problems.contains("security."), "{problems}");
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let refusal = Installation::without_database()
        .run(["migrate", "--config", "nowhere.toml"])
        .refusal();
    assert!(
        refusal.contains("nowhere.toml: the file cannot be read"),
        "{refusal}"
    );
}

#[test]
fn wrong_use_has_an_exit_code_of_its_own() {
    let ended = Installation::without_database().run(["tpoic", "list"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("topic"), "{}", ended.stderr);
}
