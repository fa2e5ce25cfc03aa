//! The string literals of `src/store`, of which its statements consist.

use std::path::Path;

/// One literal, as the compiler reads it.
pub struct Literal {
    /// Below `src/store`.
    pub file: String,
    pub line: usize,
    pub text: String,
    /// The line is marked as PostgreSQL only.
    postgres: bool,
}

impl Literal {
    /// Whether it looks like a part of a statement rather than like a message or a name.
    pub fn is_sql(&self) -> bool {
        const WORDS: [&str; 10] = [
            "SELECT", "INSERT", "UPDATE", "DELETE", "FROM", "WHERE", "AND", "JOIN", "VALUES",
            "ORDER",
        ];
        let mut words = self.text.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.any(|word| WORDS.contains(&word)) || self.text.contains(" = '")
    }

    /// Whether it can be part of a statement on this database, judging by its file, line and words.
    pub fn is_for(&self, postgres: bool) -> bool {
        const OF_SQLITE: [&str; 7] = [
            "json_each",
            "sqlite_master",
            "PRAGMA",
            "pragma_",
            "julianday",
            "strftime",
            "unixepoch",
        ];
        const OF_POSTGRES: [&str; 5] = [
            "FOR UPDATE",
            "clock_timestamp",
            "json_array_elements",
            "set_config",
            "pg_",
        ];
        let has = |words: &[&str]| words.iter().any(|word| self.text.contains(word));
        if postgres {
            !self.file.ends_with("ledger/sqlite.rs") && !has(&OF_SQLITE)
        } else {
            !self.postgres && !has(&OF_POSTGRES)
        }
    }
}

/// Whether a database can explain a text that begins so.
pub fn begins_like_a_statement(text: &str) -> bool {
    let verb = text.split_whitespace().next().unwrap_or_default();
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&verb)
}

/// Every literal of `src/store`, without unit tests.
pub fn of_store() -> Vec<Literal> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("a source file");
            let file = path
                .strip_prefix(&root)
                .expect("below it")
                .display()
                .to_string();
            let product = source.split("#[cfg(test)]").next().unwrap_or_default();
            found.extend(read(&file, product));
        }
    }
    found
}

/// The literals of a source file. Handles comments, escapes and raw strings; character literals
/// only if they contain a quote.
fn read(file: &str, source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        rest = &rest[at..];
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(after) = rest.strip_prefix("'\"'") {
            rest = after;
        } else if rest.starts_with('"') {
            let before = &source[..source.len() - rest.len()];
            let line = before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .to_lowercase();
            let raw = before.ends_with('r') && !before.ends_with("br");
            let (text, after) = if raw {
                raw_text(&rest[1..])
            } else {
                text(&rest[1..])
            };
            found.push(Literal {
                file: file.to_owned(),
                line: before.matches('\n').count() + 1,
                text,
                postgres: file.contains("postgres") || line.contains("postgres"),
            });
            rest = after;
        } else {
            rest = &rest[1..];
        }
    }
    found
}

fn raw_text(after_quote: &str) -> (String, &str) {
    let (text, after) = after_quote.split_once('"').expect("an end");
    (text.to_owned(), after)
}

fn text(after_quote: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = after_quote.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (text, &after_quote[at + 1..]),
            '\\' => match chars.next().expect("an escape").1 {
                '\n' => {
                    let rest = chars.as_str().trim_start();
                    chars = after_quote[after_quote.len() - rest.len()..].char_indices();
                    return {
                        let (more, after) = self::text(chars.as_str());
                        (text + &more, after)
                    };
                }
                'n' => text.push('\n'),
                't' => text.push('\t'),
                other => text.push(other),
            },
            c => text.push(c),
        }
    }
    panic!("a literal without an end");
}

/// The literals that a statement is joined from; none if it has other parts, and is thus not the
/// store's. If there are several ways, the literals of all.
pub fn parts(known: &[Literal], statement: &str) -> Vec<usize> {
    let fits = |at: usize| {
        let rest = statement.get(at..).unwrap_or_default();
        let fitting = known
            .iter()
            .enumerate()
            .filter(move |(_, one)| !one.text.is_empty() && rest.starts_with(one.text.as_str()));
        fitting.map(|(index, one)| (index, one.text.len()))
    };
    let length = statement.len();
    let mut from_start = vec![false; length + 1];
    from_start[0] = true;
    for at in 0..length {
        if from_start[at] {
            for (_, len) in fits(at) {
                from_start[at + len] = true;
            }
        }
    }
    let mut to_end = vec![false; length + 1];
    to_end[length] = true;
    for at in (0..length).rev() {
        to_end[at] = from_start[at] && fits(at).any(|(_, len)| to_end[at + len]);
    }
    let on_the_way = (0..length).filter(|at| to_end[*at]);
    let steps = on_the_way.flat_map(|at| fits(at).map(move |(index, len)| (at + len, index)));
    steps
        .filter(|(end, _)| to_end[*end])
        .map(|(_, index)| index)
        .collect()
}

#[test]
fn literals_are_read_as_the_compiler_reads_them() {
    let source = r#"
        // "no" literal
        const A: &str = "SELECT \"x\" \
                         FROM t"; // "neither"
        if c == '"' { f("b\n", 'c') }
    "#;
    let found: Vec<_> = read("a.rs", source)
        .into_iter()
        .map(|one| (one.line, one.text))
        .collect();
    let expected = [(3, "SELECT \"x\" FROM t".to_owned()), (5, "b\n".to_owned())];
    assert_eq!(found, expected);
}

#[test]
fn a_statement_is_of_the_store_when_literals_join_to_it() {
    let known = read(
        "a.rs",
        r#" f("SELECT a", " FROM t WHERE a = 1", " FROM t", " WHERE a = 1 OR TRUE", " AND b = 2") "#,
    );
    assert_eq!(
        parts(&known, "SELECT a FROM t WHERE a = 1 AND b = 2"),
        [0, 1, 4]
    );
    assert_eq!(
        parts(&known, "SELECT a FROM t WHERE a = 1 OR TRUE"),
        [0, 2, 3]
    );
    assert_eq!(parts(&known, "SELECT b FROM t"), [0_usize; 0]);
}
