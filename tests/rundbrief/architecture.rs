//! Who may know whom: the rooms of `docs/architecture.md`, held against the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands alone in `src/` (`clock.rs`, `telemetry.rs`, `shutdown.rs`) belongs to no room and
/// may be known by every room but `domain`; it may itself know only `domain` and `config`.
const OUTSIDE_ROOMS: [&str; 3] = ["clock", "telemetry", "shutdown"];

/// Each room and the rooms it may know. `main` and `lib` stand above all of them.
const ARROWS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("config", &["domain"]),
    ("store", &["domain", "config"]),
    ("sources", &["domain", "config"]),
    ("digest", &["domain", "config", "templates", "store"]),
    ("delivery", &["domain", "config", "store"]),
    (
        "app",
        &[
            "domain",
            "config",
            "templates",
            "store",
            "sources",
            "digest",
            "delivery",
        ],
    ),
    (
        "jobs",
        &[
            "domain",
            "config",
            "templates",
            "store",
            "sources",
            "digest",
            "delivery",
            "app",
        ],
    ),
    (
        "web",
        &[
            "domain",
            "config",
            "templates",
            "store",
            "sources",
            "digest",
            "delivery",
            "app",
            "jobs",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "config",
            "templates",
            "store",
            "sources",
            "digest",
            "delivery",
            "app",
            "jobs",
            "web",
        ],
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn no_arrow_runs_the_wrong_way() {
    let names: BTreeSet<&str> = ARROWS
        .iter()
        .map(|(room, _)| *room)
        .chain(OUTSIDE_ROOMS)
        .collect();
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let place = file
            .strip_prefix(root().join("src"))
            .expect("it was found there");
        let top = place
            .iter()
            .next()
            .and_then(|part| part.to_str())
            .expect("a plain name");
        let room = top.trim_end_matches(".rs");
        let allowed: &[&str] = match ARROWS.iter().find(|(known, _)| *known == room) {
            Some((_, allowed)) => allowed,
            None if room == "main" || room == "lib" => continue,
            None => &["domain", "config"],
        };
        let text = fs::read_to_string(&file).expect("sources can be read");
        for known in rooms_named(&text, &names) {
            let known = known.as_str();
            let outside = room != "domain" && OUTSIDE_ROOMS.contains(&known);
            if known != room && !outside && !allowed.contains(&known) {
                wrong.push(format!("{} knows {known}", place.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "arrows run the wrong way:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_room_has_an_arrow() {
    let rooms: BTreeSet<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    for entry in fs::read_dir(root().join("src")).expect("src exists") {
        let entry = entry.expect("src can be listed");
        let name = entry.file_name().into_string().expect("a plain name");
        if entry.path().is_dir() {
            assert!(
                rooms.contains(name.as_str()),
                "src/{name} is a new room: say in this test and in docs/architecture.md whom it may know"
            );
        }
    }
}

#[test]
fn only_the_store_speaks_sql() {
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let text = code_of(&fs::read_to_string(&file).expect("sources can be read"));
        let speaks = text.contains("sqlx::") || text.contains("rusqlite::");
        if speaks && !file.starts_with(root().join("src/store")) {
            wrong.push(file.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "SQL belongs to src/store: {wrong:?}");
}

#[test]
fn the_architecture_page_names_what_exists() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).expect("the page exists");
    let table = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split('`').next());
    let mut named = 0;
    for path in table {
        assert!(
            root().join(path).exists(),
            "docs/architecture.md names {path}"
        );
        named += 1;
    }
    assert!(named >= 8, "the table of folders is gone");
    for entry in fs::read_dir(root().join("src")).expect("src exists") {
        let entry = entry.expect("src can be listed");
        if entry.path().is_dir() {
            let name = format!("`src/{}/`", entry.file_name().display());
            assert!(
                page.contains(&name),
                "docs/architecture.md does not tell what {name} is"
            );
        }
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> BTreeSet<String> {
        fs::read_dir(root().join("migrations").join(folder))
            .map(|entries| {
                entries
                    .map(|entry| {
                        entry
                            .expect("can be listed")
                            .file_name()
                            .display()
                            .to_string()
                    })
                    .collect()
            })
            .unwrap_or_default()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// All Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The text without comments: documentation may speak of every room.
fn code_of(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n")
}

/// The rooms a file names as `crate::room`, in braces after `crate::{` too, or as `templates::`.
fn rooms_named(text: &str, rooms: &BTreeSet<&str>) -> BTreeSet<String> {
    let code = code_of(text);
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            named.extend(first_words_of(group));
        } else {
            named.insert(word(rest).to_owned());
        }
    }
    let mut found: BTreeSet<String> = named
        .into_iter()
        .filter(|name| rooms.contains(name.as_str()))
        .collect();
    if code.contains("templates::") {
        found.insert("templates".to_owned());
    }
    found
}

/// The first word of each member of a `{…}` group whose opening brace was already read.
fn first_words_of(group: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut depth, mut begin) = (0_usize, true);
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begin = true,
            _ if begin && !sign.is_whitespace() => {
                words.push(word(&group[at..]).to_owned());
                begin = false;
            }
            _ => {}
        }
    }
    words
}

fn word(text: &str) -> &str {
    text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'))
        .next()
        .unwrap_or_default()
}

#[test]
fn grouped_imports_are_seen() {
    let rooms = BTreeSet::from(["domain", "store", "web"]);
    let text = "use crate::{domain::{A, web::B}, clock, store};\n// crate::web is only spoken of\n";
    let named: Vec<_> = rooms_named(text, &rooms).into_iter().collect();
    assert_eq!(named, ["domain", "store"]);
}
