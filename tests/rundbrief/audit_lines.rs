//! Every command that changes something leaves its line in the audit log; one that only reads leaves
//! none. A new command fails these tests until it is listed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use clap::CommandFactory as _;
use rundbrief::cli::Cli;
use rundbrief::clock::Clock;
use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use serde_json::Value;
use templates::Locale;
use templates::pages::newsroom::audit::values;

use self::Effect::{Elsewhere, Reads, Writes};
use crate::harness::Installation;
use crate::store::{open, subscribed};

/// What a command does to the installation that is configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It changes something and leaves a line with this action.
    Writes(&'static str),
    /// It changes nothing.
    Reads,
    /// It works on no installation, on one of its own, or keeps running; the reason stands beside it.
    Elsewhere,
}

/// Every command.
const COMMANDS: &[(&str, Effect)] = &[
    ("audit list", Reads),
    ("audit verify", Reads),
    ("config check", Elsewhere),   // reads the configuration only
    ("config default", Elsewhere), // prints the defaults
    ("config key", Elsewhere),     // prints a new key
    ("delivery find", Reads),
    ("demo", Elsewhere), // an installation of its own
    ("dkim activate", Writes("signing-key.activate")),
    ("dkim list", Reads),
    ("dkim new", Writes("signing-key.add")),
    ("dkim records", Reads),
    ("dkim retire", Writes("signing-key.retire")),
    ("dkim rotate", Writes("signing-key.add")),
    ("drill", Elsewhere), // an installation of its own
    ("entry accept", Writes("proposal.accept")),
    ("entry list", Reads),
    ("entry picture add", Writes("picture.add")),
    ("entry picture remove", Writes("picture.remove")),
    ("entry pin", Writes("entry.pin")),
    ("entry proposals", Reads),
    ("entry publish", Writes("entry.publish")),
    ("entry reject", Writes("proposal.reject")),
    ("entry show", Reads),
    ("entry unpin", Writes("entry.unpin")),
    ("entry withdraw", Writes("entry.withdraw")),
    ("import calendar", Writes("entry.import")),
    ("import feed", Writes("entry.import")),
    ("issue approve", Writes("issue.approve")),
    ("issue check", Writes("issue.check")),
    ("issue cancel", Writes("issue.cancel")),
    ("issue compose", Writes("issue.compose")),
    ("issue deliveries", Reads),
    ("issue list", Reads),
    ("issue pause", Writes("issue.pause")),
    ("issue preview", Reads),
    ("issue resume", Writes("issue.resume")),
    ("issue retry", Writes("issue.retry")),
    ("issue send", Writes("issue.send")),
    ("issue show", Reads),
    ("issue status", Reads),
    ("jobs", Reads),
    ("mail test", Writes("installation.key")), // by its first use of the key
    ("migrate", Elsewhere),                    // makes the tables, among them that of the audit log
    ("newsletter add", Writes("newsletter.add")),
    ("newsletter change", Writes("newsletter.change")),
    ("newsletter list", Reads),
    ("newsletter schedule", Reads),
    ("newsletter show", Reads),
    ("privacy compact", Elsewhere), // rewrites the file, changes no row
    ("privacy reapply", Elsewhere), // finds something only after a restore: the stories of privacy
    ("serve", Elsewhere),           // keeps running; its jobs leave their own lines
    ("subscriber erase", Writes("subscriber.erase")),
    ("subscriber export", Writes("subscriber.export")),
    ("subscriber list", Reads),
    ("subscriber reactivate", Writes("subscriber.reactivate")),
    ("subscriber show", Reads),
    ("subscriber suppress", Writes("subscriber.suppress")),
    ("subscriber suspend", Writes("subscriber.suspend")),
    ("templates render", Elsewhere), // samples, no installation
    ("topic add", Writes("topic.add")),
    ("topic list", Reads),
    ("user add", Writes("user.add")),
    ("user disable", Writes("user.disable")),
    ("user invite", Writes("user.invite")),
    ("user list", Reads),
];

#[test]
fn every_command_is_listed_with_what_it_does() {
    let mut command = Cli::command();
    command.build();
    let mut found = BTreeSet::new();
    leaves(&command, "", &mut found);
    let listed: BTreeSet<_> = COMMANDS
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    assert_eq!(found, listed);
}

/// The paths of all commands below `command` that have no further commands.
fn leaves(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
    let below = command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help");
    let mut is_leaf = true;
    for sub in below {
        is_leaf = false;
        let path = format!("{path} {}", sub.get_name());
        leaves(sub, path.trim(), found);
    }
    if is_leaf {
        found.insert(path.to_owned());
    }
}

/// A use of a command: its arguments, and the actions that it leaves.
struct Step(
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const FEED: &str = r#"<rss version="2.0"><channel><title>Kammer</title><language>de</language>
<item><guid>1</guid><title>Gründerpreis</title></item><item><guid>2</guid><title>Ausbildung</title></item>
</channel></rss>"#;

/// An event in a month: dates that have passed, or lie far ahead, are not imported.
fn calendar() -> String {
    let start = Clock::system().now().plus(Duration::from_hours(30 * 24));
    let start = start.utc().format("%Y%m%dT100000Z");
    format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Markt\r\nDTSTART:{start}\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

const NEWSLETTER: &[&str] = &[
    "region",
    "--name",
    "de=Region",
    "--description",
    "de=Neues.",
    "--sender-name",
    "Region",
    "--sender-address",
    "news@region.example",
    "--schedule",
    "0 7 * * 4",
];

/// What is done before there are readers.
const SETTING_UP: &[Step] = &[
    Step("mail test", &["erika@leser.example"], &["installation.key"]),
    Step("mail test", &["erika@leser.example"], &[]),
    Step(
        "topic add",
        &["economy", "--name", "de=Wirtschaft"],
        &["topic.add"],
    ),
    Step("newsletter add", NEWSLETTER, &["newsletter.add"]),
    Step(
        "newsletter change",
        &["region", "--quiet", "21:00-07:00"],
        &["newsletter.change"],
    ),
    Step(
        "newsletter change",
        &["region", "--quiet", "21:00-07:00"],
        &[],
    ),
    Step(
        "newsletter change",
        &["region", "--quiet", "none"],
        &["newsletter.change"],
    ),
    Step(
        "newsletter change",
        &["region", "--most-news", "5", "--name-in-subject", "yes"],
        &["newsletter.change"],
    ),
    Step(
        "newsletter change",
        &["region", "--press-distance", "yes"],
        &["newsletter.change"],
    ),
    Step(
        "newsletter change",
        &["region", "--press-distance", "yes"],
        &[],
    ),
    Step("newsletter change", &["region", "--texts", "teaser"], &[]),
    Step(
        "dkim new",
        &["region.example"],
        &["signing-key.add", "signing-key.add"],
    ),
];

/// What comes from other systems.
const IMPORTING: &[Step] = &[
    Step(
        "import feed",
        &["feed.xml", "--publish"],
        &["organisation.add", "entry.import"],
    ),
    Step("import feed", &["feed.xml", "--publish"], &[]),
    Step(
        "import calendar",
        &["events.ics", "--organisation", "Kammer"],
        &["organisation.add", "entry.import"],
    ),
];

/// What is done with changes of published entries.
const PROPOSALS: &[Step] = &[
    Step("import feed", &["changed.xml"], &["entry.import"]),
    Step("entry accept", &["1"], &["proposal.accept"]),
    Step("entry reject", &["2"], &["proposal.reject"]),
];

/// What is done with two entries and a reader.
const SENDING: &[Step] = &[
    Step(
        "entry picture add",
        &["1", "picture.png", "--decorative"],
        &["picture.add"],
    ),
    Step(
        "entry picture add",
        &["1", "picture.png", "--decorative"],
        &[],
    ),
    Step("entry picture remove", &["1"], &["picture.remove"]),
    Step("entry picture remove", &["1"], &[]),
    Step(
        "entry withdraw",
        &["1", "2"],
        &["entry.withdraw", "entry.withdraw"],
    ),
    Step("entry withdraw", &["1"], &[]),
    Step(
        "entry publish",
        &["1", "2"],
        &["entry.publish", "entry.publish"],
    ),
    Step("entry pin", &["1", "2"], &["entry.pin", "entry.pin"]),
    Step("entry pin", &["1"], &[]),
    Step("entry unpin", &["1"], &["entry.unpin"]),
    Step("issue compose", &["region"], &["issue.compose"]),
    Step("issue check", &["region/1"], &["issue.check"]),
    Step("issue approve", &["region/1"], &["issue.approve"]),
    Step("issue send", &["region/1", "--queue"], &["issue.send"]),
    Step("issue send", &["region/1", "--queue"], &[]),
    Step("issue pause", &["region/1"], &["issue.pause"]),
    Step("issue pause", &["region/1"], &[]),
];

/// What is done once a delivery has failed.
const AFTERWARDS: &[Step] = &[
    Step("issue retry", &["region/1"], &[]),
    Step("issue retry", &["region/1", "--yes"], &["issue.retry"]),
    Step("issue resume", &["region/1"], &["issue.resume"]),
    Step("issue cancel", &["region/1"], &["issue.cancel"]),
];

/// What only reads.
const READING: &[Step] = &[
    Step("audit list", &[], &[]),
    Step("audit verify", &[], &[]),
    Step("delivery find", &["erika@leser.example"], &[]),
    Step("dkim list", &[], &[]),
    Step("dkim records", &[], &[]),
    Step("entry list", &[], &[]),
    Step("entry proposals", &[], &[]),
    Step("entry show", &["1"], &[]),
    Step("issue check", &["region/1"], &[]),
    Step("issue deliveries", &["region/1"], &[]),
    Step("issue list", &[], &[]),
    Step("issue preview", &["region/1", "preview"], &[]),
    Step("issue show", &["region/1"], &[]),
    Step("issue status", &["region/1"], &[]),
    Step("jobs", &[], &[]),
    Step("newsletter list", &[], &[]),
    Step("newsletter schedule", &["region"], &[]),
    Step("newsletter show", &["region"], &[]),
    Step("subscriber list", &[], &[]),
    Step("subscriber show", &["erika@leser.example"], &[]),
    Step("topic list", &[], &[]),
    Step("user list", &[], &[]),
];

/// What is done to people with a login.
const USERS: &[Step] = &[
    Step(
        "user add",
        &[
            "jana@region.example",
            "--name",
            "Jana Kern",
            "--role",
            "editor",
        ],
        &["user.add"],
    ),
    Step(
        "user invite",
        &[
            "otto@region.example",
            "--name",
            "Otto Muster",
            "--role",
            "viewer",
        ],
        &["user.invite"],
    ),
    Step("user disable", &["jana@region.example"], &["user.disable"]),
    Step("user disable", &["jana@region.example"], &[]),
    Step(
        "user disable",
        &["jana@region.example", "--undo"],
        &["user.enable"],
    ),
    Step("user disable", &["jana@region.example", "--undo"], &[]),
];

/// What is done to a subscriber.
const SUBSCRIBER: &[Step] = &[
    Step(
        "subscriber export",
        &["erika@leser.example"],
        &["subscriber.export"],
    ),
    Step(
        "subscriber suspend",
        &["erika@leser.example"],
        &["subscriber.suspend"],
    ),
    Step(
        "subscriber reactivate",
        &["erika@leser.example"],
        &["subscriber.reactivate"],
    ),
    Step(
        "subscriber suppress",
        &["erika@leser.example"],
        &["subscriber.suppress"],
    ),
    Step("subscriber erase", &["erika@leser.example"], &[]),
    Step(
        "subscriber erase",
        &["erika@leser.example", "--yes"],
        &["subscriber.erase"],
    ),
];

/// Runs commands and reads the log after each.
struct Script<'a> {
    installation: &'a Installation,
    /// The number of the last line that was read.
    last: i64,
    /// The actions that each command has left.
    left: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Script<'_> {
    fn run(&mut self, steps: &[Step]) {
        for Step(command, arguments, expected) in steps {
            self.step(command, arguments, expected);
        }
    }

    fn step(&mut self, command: &'static str, arguments: &[impl AsRef<str>], expected: &[&str]) {
        let arguments = arguments.iter().map(AsRef::as_ref);
        let all: Vec<_> = command.split(' ').chain(arguments).collect();
        self.installation.run(&all).success();
        let new = self.new_lines();
        let actions: Vec<_> = new.iter().map(|line| line["action"].as_str()).collect();
        let expected: Vec<_> = expected.iter().map(|action| Some(*action)).collect();
        assert_eq!(actions, expected, "{all:?}");
        let left = self.left.entry(command).or_default();
        left.extend(actions.into_iter().flatten().map(str::to_owned));
    }

    /// The lines since the last call, in their order: written by an operator, without an address.
    fn new_lines(&mut self) -> Vec<Value> {
        let arguments = ["audit", "list", "--limit", "1000", "--json"];
        let lines = self.installation.run(arguments).json();
        let mut lines = lines.as_array().expect("a list").clone();
        let last = self.last;
        lines.retain(|line| line["seq"].as_i64() > Some(last));
        lines.reverse();
        for line in &lines {
            assert_eq!(line["actor"], "operator", "{line}");
            assert_eq!(line["entry_point"], "command-line", "{line}");
            assert!(!line.to_string().contains('@'), "{line}");
            self.last = line["seq"].as_i64().expect("a number");
            has_words(line);
        }
        lines
    }
}

/// Texts of people, and names: they have no words of ours.
const OWN_TEXTS: [&str; 4] = [
    "topic.add",
    "organisation.add",
    "installation.key",
    "subscription.end",
];

/// What the line says before and after can be said in the newsroom.
fn has_words(line: &Value) {
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    if OWN_TEXTS.contains(&text("action").as_str()) {
        return;
    }
    for said in [text("before"), text("after")] {
        let words = values::value(Locale::Fr, &text("subject"), &said);
        assert!(
            said.is_empty() || words.is_some(),
            "“{said}” has no words: {line}"
        );
    }
}

/// Marks the deliveries that wait as failed, as a relay's refusal does.
const FAIL_DELIVERIES: &str = "UPDATE delivery SET state = 'failed', class = 'other', attempts = 1, finished_at = 1 WHERE state = 'queued'";

on_both_databases! {
    /// Also that a command which finds nothing to change leaves no line.
    async fn every_operation_of_the_command_line_leaves_its_audit_line(database: &Database) {
        let key = Installation::without_database().run(["config", "key"]).success();
        let installation = Installation::new(database)
            .with("security.key", key.trim())
            .with("organisation.name", "Region Maas")
            .with("organisation.address", "Markt 1,52062 Aachen")
            .with("organisation.representative", "Erika Muster")
            .with("organisation.email", "post@region.example")
            .with("relay.url", "file:mails")
            .with("pictures.folder", "pictures");
        let mut script = Script { installation: &installation, last: 0, left: BTreeMap::new() };
        script.run(SETTING_UP);

        let keys = |state: &str| {
            let all = installation.run(["dkim", "list", "--json"]).json();
            let all = all.as_array().expect("a list").clone();
            let of_state = all.into_iter().filter(|key| key["state"] == state);
            of_state.map(|key| key["key"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
        };
        let first = keys("prepared");
        script.step("dkim activate", &first, &["signing-key.activate"; 2]);
        script.step("dkim rotate", &["region.example"], &["signing-key.add"; 2]);
        script.step("dkim activate", &keys("prepared"), &["signing-key.activate"; 2]);
        script.step("dkim retire", &first, &["signing-key.retire"; 2]);

        installation.file("feed.xml", FEED);
        installation.file("changed.xml", FEED.replace("</title></item>", " geändert</title></item>"));
        installation.file("events.ics", calendar());
        installation.file("picture.png", crate::pictures::png(80, 60, 1));
        script.run(IMPORTING);
        let db = open(database).await;
        let region = rundbrief::store::newsletter::by_key(&mut db.read().await.expect("reads"), "region").await.expect("reads").expect("it was added").id;
        subscribed(&db, region, "erika@leser.example", Language::De, TopicSet::EMPTY).await;
        script.run(SENDING);
        database.execute(FAIL_DELIVERIES).await;
        script.run(AFTERWARDS);
        script.run(PROPOSALS);
        script.run(USERS);
        script.run(READING);
        script.run(SUBSCRIBER);
        db.close().await;

        for (command, effect) in COMMANDS {
            let left = script.left.get(command);
            match effect {
                Writes(action) => assert!(left.is_some_and(|left| left.contains(*action)), "{command} leaves no {action}"),
                Reads => assert!(left.is_some_and(BTreeSet::is_empty), "{command} was not run, or left a line"),
                Elsewhere => {}
            }
        }
    }
}
