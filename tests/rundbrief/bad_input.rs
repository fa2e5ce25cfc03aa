//! What strangers and accidents bring: by the built command, which says what is wrong in a sentence
//! and loses nothing. What arrives by HTTP is told in `web/`, what a relay does in `sending/`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use rundbrief::domain::token::Keyring;
use rundbrief::store::Db;

use crate::harness::{Database, Ended, Installation, get};
use crate::store::open;
use crate::web::key_text;

/// What reading something useless may cost, in MB; the program alone takes some 30.
const MODEST: u64 = 120;

fn installation(database: &Database) -> Installation {
    Installation::new(database)
        .with("security.key", key_text(1))
        .with("organisation.name", "Region Maas")
        .with("log.level", "warn")
}

fn feed(items: &str) -> String {
    format!(
        r#"<rss version="2.0"><channel><title>Kammer</title><language>de</language>{items}</channel></rss>"#
    )
}

fn calendar(events: &[&str]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kammer//DE\r\n".to_owned();
    for event in events {
        write!(text, "BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n").expect("a text grows");
    }
    text + "END:VCALENDAR\r\n"
}

fn entries(fixture: &Installation) -> serde_json::Value {
    fixture.run(["entry", "list", "--json"]).json()
}

/// Runs a command below Python, which writes `times` × `block` after `head` to it and tells the most
/// memory it took, in MB, in the last line of standard error.
fn measured(
    fixture: &Installation,
    arguments: &[&str],
    head: &str,
    block: &str,
    times: u32,
) -> (Option<i32>, String, u64) {
    const SCRIPT: &str = r"
import resource, subprocess, sys
head, block, times = sys.argv[1].encode(), sys.argv[2].encode(), int(sys.argv[3])
child = subprocess.Popen(sys.argv[4:], stdin=subprocess.PIPE)
try:
    child.stdin.write(head)
    many = block * max(1, 65536 // len(block))
    for _ in range(times * len(block) // len(many)):
        child.stdin.write(many)
    child.stdin.close()
except BrokenPipeError:
    pass
code = child.wait()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)
sys.exit(code)
";
    let mut whole = vec!["-c", SCRIPT, head, block];
    let times = times.to_string();
    whole.extend([times.as_str(), env!("CARGO_BIN_EXE_rundbrief")]);
    whole.extend(arguments);
    let ended = fixture.run_program("python3", whole);
    let (said, memory) = ended
        .stderr
        .trim_end()
        .rsplit_once('\n')
        .expect("a sentence and a number");
    (ended.code, said.to_owned(), memory.parse().expect("MB"))
}

#[test]
fn an_endless_feed_is_refused_before_it_fills_the_memory() {
    let fixture = Installation::without_database().with("log.level", "warn");
    let head = r#"<rss version="2.0"><channel><item><title>"#;
    let (code, said, memory) = measured(
        &fixture,
        &["import", "feed", "-"],
        head,
        "endlos ",
        30_000_000,
    );
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("more than 20 MB") && said.contains("[import] max_size"),
        "{said}"
    );
    assert!(memory < MODEST, "200 MB were read with {memory} MB");
}

#[test]
fn a_million_entries_are_refused_and_cost_little() {
    let fixture = Installation::without_database().with("log.level", "warn");
    let head = r#"<rss version="2.0"><channel>"#;
    let (code, said, memory) = measured(
        &fixture,
        &["import", "feed", "-"],
        head,
        "<item/>",
        1_000_000,
    );
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("more than 10000 entries") && said.contains("[import] max_items"),
        "{said}"
    );
    assert!(memory < MODEST, "a million entries took {memory} MB");
}

on_both_databases! {
    async fn entities_within_entities_are_refused(database: &Database) {
        let fixture = installation(database);
        let mut bomb = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">"#.to_owned();
        for (inner, outer) in ('a'..='y').zip('b'..='z') {
            write!(bomb, r#"<!ENTITY {outer} "{}">"#, format!("&{inner};").repeat(10)).expect("a text grows");
        }
        bomb.push_str("]>");
        bomb.push_str(&feed("<item><guid>1</guid><title>&z;</title></item>"));
        let refused = fixture.run_with_input(["import", "feed", "-"], bomb.as_bytes()).refusal();
        assert!(refused.contains("declares entities of its own") && refused.contains("ask its publisher"), "{refused}");
        assert_eq!(entries(&fixture), json!([]));
    }

    /// One event that nobody can follow does not take the others with it.
    async fn a_calendar_with_impossible_events_keeps_the_others(database: &Database) {
        let fixture = installation(database);
        let soon = rundbrief::clock::Clock::system().now().plus(Duration::from_hours(20 * 24));
        let soon = soon.utc().format("%Y%m%d");
        let text = calendar(&[
            &format!("UID:1\r\nDTSTART:{soon}T100000Z\r\nSUMMARY:Jede Sekunde\r\nRRULE:FREQ=SECONDLY"),
            &format!("UID:2\r\nDTSTART:{soon}T100000Z\r\nSUMMARY:Wochenmarkt"),
            &format!("UID:3\r\nDTSTART;TZID=Mars/Olympus:{soon}T100000\r\nSUMMARY:Landung"),
            "UID:4\r\nDTSTART:20261399T100000Z\r\nSUMMARY:Im dreizehnten Monat",
        ]);
        let ended = fixture.run_with_input(["import", "calendar", "-", "--json"], text.as_bytes()).json();
        assert_eq!((&ended["new"], entries(&fixture)[0]["texts"]["de"]["title"].as_str()), (&json!(1), Some("Wochenmarkt")));
        let refused = ended["refused"].as_array().expect("a list");
        let reason = |title: &str| {
            let found = refused.iter().find(|one| one["item"].as_str().is_some_and(|item| item.contains(title)));
            found.unwrap_or_else(|| panic!("{title} is not listed: {refused:?}"))["reason"].to_string()
        };
        assert!(reason("Jede Sekunde").contains("FREQ=SECONDLY"));
        assert!(reason("Landung").contains("Mars/Olympus"));
        assert!(reason("dreizehnten").contains("20261399T100000Z"), "{}", reason("dreizehnten"));
        assert_eq!(refused.len(), 3);
        let zone = fixture.run_with_input(["import", "calendar", "-", "--zone", "Europe/Aachen"], text.as_bytes()).refusal();
        assert!(zone.contains("did you mean Europe/"), "{zone}");
    }

    async fn other_encodings_are_read_and_told(database: &Database) {
        let fixture = installation(database);
        let item = "<item><guid>1</guid><title>M\u{fc}llabfuhr f\u{e4}llt aus</title></item>";
        let latin: Vec<u8> = feed(item).chars().map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1")).collect();
        let read = fixture.run_with_input(["import", "feed", "-", "--json"], &latin).json();
        assert_eq!(read["new"], 1, "{read}");
        assert!(read["notes"].to_string().contains("Windows-1252"), "{read}");
        assert_eq!(entries(&fixture)[0]["texts"]["de"]["title"], "Müllabfuhr fällt aus");
        let mut broken = format!(r#"<?xml version="1.0" encoding="utf-8"?>{}"#, feed("<item><guid>2</guid><title>Gr?ndung</title></item>")).into_bytes();
        let at = broken.iter().rposition(|byte| *byte == b'?').expect("a place");
        broken[at] = 0xff;
        let read = fixture.run_with_input(["import", "feed", "-", "--json"], &broken).json();
        assert_eq!(read["new"], 1, "{read}");
        assert!(read["notes"].to_string().contains("not valid UTF-8"), "{read}");
    }

    /// A line break in a name would become a header line of its own in every mail.
    async fn names_bring_no_header_lines(database: &Database) {
        let fixture = installation(database);
        let add = |name: &str, sender: &str, address: &str| {
            let arguments = ["newsletter", "add", "region", "--name", name, "--description", "de=x", "--sender-name", sender, "--sender-address", address];
            fixture.run(arguments).refusal()
        };
        for injected in ["Region\r\nBcc: all@example.org", "Region\nX: y", "\u{1b}[2J", "  "] {
            let said = add("de=Region", injected, "news@region.example");
            assert!(said.contains("control characters"), "{said}");
            let said = add(&format!("de={injected}"), "Region", "news@region.example");
            assert!(said.contains("control characters"), "{said}");
            let said = fixture.run_with_input(["import", "feed", "-", "--organisation", injected], b"").refusal();
            assert!(said.contains("control characters"), "{said}");
        }
        for nonsense in [&format!("{}@region.example", "a".repeat(400)), "news@region.example\r\nBcc: all@example.org", "news", "@", "news@@region.example", "a b@region.example"] {
            let said = add("de=Region", "Region", nonsense);
            assert!(said.contains("--sender-address"), "{said}");
            let said = fixture.run(["mail", "test", nonsense]).refusal();
            assert!(said.contains("<ADDRESS>"), "{said}");
        }
        assert_eq!(fixture.run(["newsletter", "list", "--json"]).json(), json!([]));
    }

    /// The links in mails already sent hang on the key: with another one the service does not start.
    async fn a_service_with_another_key_does_not_start(database: &Database) {
        let fixture = installation(database);
        fixture.run(["newsletter", "add", "region", "--name", "de=Region", "--description", "de=x", "--sender-name", "Region",
            "--sender-address", "news@region.example"]).success();
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
        let fixture = fixture.with("server.listen", free);
        let mut first = fixture.start(["serve"]);
        while std::net::TcpStream::connect(free).is_err() {
            first.must_run();
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(get(free, "/healthz", &[]).await.status, 200);
        let (code, log, _) = first.terminate(Duration::from_secs(40));
        assert_eq!(code, Some(0), "{log}");
        let other = installation(database).with("server.listen", "127.0.0.1:0").with("security.key", Keyring::key_text(1, *b"another key, of 32 random bytes."));
        for role in ["all", "web", "worker"] {
            let said = other.run(["serve", "--role", role]).refusal();
            assert!(said.contains("key") && said.contains("security"), "{role}: {said}");
        }
        // A new key beside which the old one was forgotten: it serves, and says what does not work.
        let forgotten = installation(database).with("security.key", key_text(2));
        let forgotten = forgotten.with("server.listen", free);
        let mut second = forgotten.start(["serve"]);
        while std::net::TcpStream::connect(free).is_err() {
            second.must_run();
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(get(free, "/healthz", &[]).await.status, 200);
        let (code, log, _) = second.terminate(Duration::from_secs(40));
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("security.old_keys") && log.contains("key=1"), "{log}");
        let no_key = installation(database).with("security.key", "abc").run(["serve"]).refusal();
        assert!(no_key.contains("security.key"), "{no_key}");
    }

    async fn a_database_of_a_newer_version_is_left_alone(database: &Database) {
        let fixture = installation(database);
        fixture.run(["migrate"]).success();
        let db = open(database).await;
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9000, 'later', TRUE, $1, 0)";
        match &db {
            Db::Sqlite { writer, .. } => { sqlx::query(insert).bind(&b"x"[..]).execute(writer).await.expect("insert"); }
            Db::Postgres(pool) => { sqlx::query(insert).bind(&b"x"[..]).execute(pool).await.expect("insert"); }
        }
        db.close().await;
        for command in [&["migrate"][..], &["newsletter", "list"], &["serve"], &["entry", "list"]] {
            let said = fixture.run(command).refusal();
            assert!(said.contains("newer version of Rundbrief") && said.contains("9000"), "{command:?}: {said}");
        }
    }
}

/// On a disk of four megabytes (making the tables takes nearly two): what was taken over before it was
/// full stays, the command says how much that is, and once there is room the rest comes.
#[test]
fn a_full_disk_loses_nothing() {
    let Some(disk) = SmallDisk::mount("4m") else {
        // Only where this user may make no file systems of their own; the continuous run may.
        assert!(
            std::env::var_os("CI").is_none(),
            "unshare must work in the continuous run"
        );
        return;
    };
    let mut items = String::new();
    for n in 0..8_000 {
        let text = "Wort ".repeat(100);
        write!(items, "<item><guid>{n}</guid><title>Eintrag {n}</title><description>{text}</description></item>").expect("a text grows");
    }
    std::fs::write(disk.folder().join("feed.xml"), feed(&items)).expect("the feed is written");
    disk.run("migrate").success();
    let said = disk.run("import feed feed.xml").refusal();
    assert!(
        said.contains("disk of the database is full") && said.contains("free some space"),
        "{said}"
    );
    let stays: usize = said
        .split(" of 8000 entries")
        .next()
        .and_then(|before| before.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or_else(|| panic!("it says how many stay: {said}"));
    let listed = disk.run("entry list --limit 10000 --json").json();
    assert_eq!(listed.as_array().expect("a list").len(), stays);
    assert!(stays > 0, "some fit: {said}");
    disk.grow("64m");
    let rest = disk.run("import feed feed.xml --json").json();
    assert_eq!(
        (&rest["new"], &rest["unchanged"]),
        (&json!(8_000 - stays), &json!(stays))
    );
}

/// A file system of a few megabytes in a mount namespace of its own, kept open by a shell.
struct SmallDisk {
    shell: std::process::Child,
    fixture: Installation,
}

impl SmallDisk {
    fn mount(size: &str) -> Option<Self> {
        let fixture = Installation::without_database();
        std::fs::create_dir(fixture.folder().join("disk")).expect("a folder");
        let script = format!("mount -t tmpfs -o size={size} none disk && echo mounted && exec cat");
        let mut shell = Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", &script])
            .current_dir(fixture.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut line = String::new();
        let mut out = std::io::BufReader::new(shell.stdout.take().expect("piped"));
        std::io::BufRead::read_line(&mut out, &mut line).expect("its answer");
        if line.trim() != "mounted" {
            let _ = shell.wait(); // it has ended: it may not mount
            return None;
        }
        Some(Self { shell, fixture })
    }

    fn folder(&self) -> &std::path::Path {
        self.fixture.folder()
    }

    fn inside(&self, script: &str) -> Ended {
        let target = self.shell.id().to_string();
        let arguments = [
            "--target",
            &target,
            "--user",
            "--mount",
            "--preserve-credentials",
            "--",
            "sh",
            "-c",
        ];
        let go = format!("cd '{}' && {script}", self.folder().display());
        self.fixture
            .run_program("nsenter", arguments.into_iter().chain([go.as_str()]))
    }

    fn run(&self, arguments: &str) -> Ended {
        let settings = format!(
            "RUNDBRIEF__SECURITY__KEY={} RUNDBRIEF__DATABASE__URL=sqlite:disk/rundbrief.db RUNDBRIEF__LOG__LEVEL=warn",
            key_text(1)
        );
        self.inside(&format!(
            "{settings} '{}' {arguments}",
            env!("CARGO_BIN_EXE_rundbrief")
        ))
    }

    fn grow(&self, size: &str) {
        self.inside(&format!("mount -o remount,size={size} disk"))
            .success();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if let Some(mut stdin) = self.shell.stdin.take() {
            let _ = stdin.write_all(b"\n"); // its closing is what ends the shell
        }
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
