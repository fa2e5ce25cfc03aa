//! The command line as a whole: every `--help`, and what is wrong use.

use std::fmt::Write as _;

use clap::CommandFactory as _;
use clap::error::ErrorKind;

use super::*;

/// Every command's `--help`, one after the other.
fn all_help(command: &mut clap::Command, path: &str, text: &mut String) {
    let help = command.render_long_help();
    let _ = writeln!(text, "━━ {path} --help\n\n{help}"); // a String takes everything
    for sub in command
        .get_subcommands_mut()
        .filter(|sub| sub.get_name() != "help")
    {
        let path = format!("{path} {}", sub.get_name());
        all_help(sub, &path, text);
    }
}

#[test]
fn the_help_of_every_command() {
    let mut command = Cli::command();
    command.build();
    let mut text = String::new();
    all_help(&mut command, "rundbrief", &mut text);
    insta::assert_snapshot!(text);
}

#[test]
fn the_tree_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn a_newsletter_needs_little() {
    let parse = |extra: &[&str]| {
        let given = [
            "rundbrief",
            "newsletter",
            "add",
            "region",
            "--name",
            "de=Region aktuell",
            "--description",
            "de=Neues",
            "--sender-name",
            "Region",
            "--sender-address",
            "region@example.org",
        ];
        Cli::try_parse_from(given.iter().chain(extra))
    };
    let Ok(Cli {
        command: Command::Newsletter(newsletter::Command::Add(args)),
        ..
    }) = parse(&[])
    else {
        panic!("these arguments suffice");
    };
    assert_eq!(args.zone, chrono_tz::Europe::Berlin);
    assert_eq!(args.compose_lead, std::time::Duration::from_hours(48));
    for wrong in [
        ["--schedule", "every thursday"],
        ["--schedule", "0 7 30 2 *"],
        ["--zone", "Europe/Berlim"],
        ["--approval", "maybe"],
        ["--horizon", "a while"],
        ["--topic", "Klima & Umwelt"],
        ["--reply-to", "nobody"],
        ["--name", "pl=Region"],
    ] {
        assert!(parse(&wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn the_configuration_may_be_named_anywhere() {
    for line in [
        ["rundbrief", "--config", "a.toml", "topic", "list"],
        ["rundbrief", "topic", "list", "--config", "a.toml"],
    ] {
        let cli = Cli::try_parse_from(line).expect("both orders are usual");
        assert_eq!(cli.config.as_deref(), Some(std::path::Path::new("a.toml")));
    }
}

#[test]
fn wrong_use_is_told_apart() {
    let kind = |line: &[&str]| Cli::try_parse_from(line).err().map(|error| error.kind());
    assert_eq!(
        kind(&["rundbrief", "tpoic"]),
        Some(ErrorKind::InvalidSubcommand)
    );
    assert_eq!(
        kind(&["rundbrief", "demo", "--json"]),
        Some(ErrorKind::MissingRequiredArgument)
    );
}
