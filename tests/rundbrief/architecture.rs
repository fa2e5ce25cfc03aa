//! Which module may depend on which: `docs/architecture.md`, held against the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Files directly in `src/`: every module but `domain` may use them; they themselves may use only
/// `domain` and `config`.
const STANDALONE: [&str; 3] = ["clock", "telemetry", "shutdown"];

/// Each module and the modules it may depend on. `main` and `lib` may depend on all of them.
const DEPENDENCIES: [(&str, &[&str]); 10] = [
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
fn no_module_depends_on_one_above() {
    let names: BTreeSet<&str> = DEPENDENCIES
        .iter()
        .map(|(module, _)| *module)
        .chain(STANDALONE)
        .collect();
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let (path, module) = path_and_module(&file);
        let module = module.as_str();
        let allowed: &[&str] = match DEPENDENCIES.iter().find(|(known, _)| *known == module) {
            Some((_, allowed)) => allowed,
            None if module == "main" || module == "lib" => continue,
            None => &["domain", "config"],
        };
        let text = fs::read_to_string(&file).expect("sources can be read");
        for used in modules_named(&text, &names) {
            let used = used.as_str();
            let standalone = module != "domain" && STANDALONE.contains(&used);
            if used != module && !standalone && !allowed.contains(&used) {
                wrong.push(format!("{path} uses {used}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "dependencies run upwards:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_module_has_its_dependencies() {
    let modules: BTreeSet<&str> = DEPENDENCIES.iter().map(|(module, _)| *module).collect();
    for entry in fs::read_dir(root().join("src")).expect("src exists") {
        let entry = entry.expect("src can be listed");
        let name = entry.file_name().into_string().expect("a plain name");
        if entry.path().is_dir() {
            assert!(
                modules.contains(name.as_str()),
                "src/{name} is a new module: say in this test and in docs/architecture.md what it may depend on"
            );
        }
    }
}

/// The modules that open writing transactions. All others read through a reading connection, and
/// write through the operations of `app`.
const WRITERS: [&str; 3] = ["app", "delivery", "store"];

#[test]
fn only_app_delivery_and_store_open_writing_transactions() {
    let mut found = BTreeSet::new();
    for file in sources(&root().join("src")) {
        let (path, module) = path_and_module(&file);
        let text = fs::read_to_string(&file).expect("sources can be read");
        if !WRITERS.contains(&module.as_str()) && has_transaction(&text) {
            found.insert(path);
        }
    }
    assert!(
        found.is_empty(),
        "these files open writing transactions; make an operation in src/app of what they do: {found:?}"
    );
}

/// Whether code names the type of a writing transaction, or begins one.
fn has_transaction(text: &str) -> bool {
    let code = code_of(text);
    let names_it = code
        .split(|sign: char| !(sign.is_alphanumeric() || sign == '_'))
        .any(|word| word == "Tx");
    names_it || code.contains(".begin(") || code.contains("::begin(")
}

#[test]
fn transactions_are_recognised() {
    for code in [
        "let mut tx = state\n    .db\n    .begin()\n    .await?;",
        "let operation = app.begin(actor, Action::TopicAdd).await?;",
        "use crate::store::{self, Db, Tx};",
        "async fn record(tx: &mut Tx) {}",
        "let tx = Db::begin(&db).await?;",
    ] {
        assert!(has_transaction(code), "{code}");
    }
    for code in [
        "/// Runs in a `Tx` that `Db::begin()` opened.\nlet conn = db.read().await?;",
        "let begin = Instant::now();\nlet text = &text[range.begin..];\nTxt::new()",
    ] {
        assert!(!has_transaction(code), "{code}");
    }
}

#[test]
fn only_the_store_contains_sql() {
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let text = code_of(&fs::read_to_string(&file).expect("sources can be read"));
        let uses = text.contains("sqlx::") || text.contains("rusqlite::");
        if uses && !file.starts_with(root().join("src/store")) {
            wrong.push(file.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "SQL belongs to src/store: {wrong:?}");
}

/// What controls processes, draws lots or reads mails is there for the demonstration and the drill. A
/// service depends on none of it.
#[test]
fn only_demo_and_drill_need_their_crates() {
    let theirs =
        ["src/cli/demo", "src/cli/drill", "src/web/demo"].map(|folder| root().join(folder));
    let mut wrong = Vec::new();
    for file in sources(&root().join("src")) {
        let text = code_of(&fs::read_to_string(&file).expect("sources can be read"));
        let (product, _) = text.split_once("mod tests {").unwrap_or((&text, ""));
        let needs = [
            "fastrand::",
            "mail_parser::",
            "tokio::process",
            "process::Command",
        ];
        let named = needs.iter().any(|name| product.contains(name));
        if named && !theirs.iter().any(|folder| file.starts_with(folder)) {
            wrong.push(file.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "only for demo and drill: {wrong:?}");
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
                "docs/architecture.md does not say what {name} is for"
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

/// The path of a file below `src`, and the module it belongs to.
fn path_and_module(file: &Path) -> (String, String) {
    let path = file
        .strip_prefix(root().join("src"))
        .expect("it was found there");
    let path = path.to_str().expect("a plain name").to_owned();
    let top = path.split('/').next().unwrap_or_default();
    let module = top.trim_end_matches(".rs").to_owned();
    (path, module)
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

/// The text without comments: documentation may name every module.
fn code_of(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n")
}

/// The modules a file names as `crate::module`, in braces after `crate::{` too, or as `templates::`.
fn modules_named(text: &str, modules: &BTreeSet<&str>) -> BTreeSet<String> {
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
        .filter(|name| modules.contains(name.as_str()))
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
    let modules = BTreeSet::from(["domain", "store", "web"]);
    let text = "use crate::{domain::{A, web::B}, clock, store};\n// crate::web is only mentioned\n";
    let named: Vec<_> = modules_named(text, &modules).into_iter().collect();
    assert_eq!(named, ["domain", "store"]);
}
