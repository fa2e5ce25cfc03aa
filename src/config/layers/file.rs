//! Applies a file to the defaults.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::DeTable;

use super::names::{nameless, nearest, unknown_remedy};
use super::{Given, Layers, NAMED, Raw};
use crate::config::problem::{Origin, Problem, Severity};

/// The file being applied, and what is wrong with it.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
    problems: Vec<Problem>,
}

impl File<'_> {
    /// The origin of a value at this offset of the text.
    fn origin(&self, offset: usize) -> Origin {
        let before = self.text.bytes().take(offset);
        Origin::File {
            path: self.path.to_owned(),
            line: Some(1 + before.filter(|byte| *byte == b'\n').count()),
        }
    }

    /// Records a problem at an offset, and the remedy.
    fn problem(&mut self, offset: usize, key: impl Into<String>, (what, remedy): (String, String)) {
        self.problems.push(Problem {
            severity: Severity::Error,
            key: key.into(),
            origin: self.origin(offset),
            what,
            remedy,
        });
    }
}

impl Layers {
    /// Applies the text of a file. Sections and keys that cannot be used are problems; the others
    /// are applied.
    pub(in crate::config) fn apply_file(&mut self, path: &Path, text: &str) -> Vec<Problem> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut file = File {
            path,
            text,
            problems: Vec::new(),
        };
        for error in &errors {
            let offset = error.span().map_or(0, |span| span.start);
            let remedy = "write it as TOML: key = \"text\", key = 5 or key = [\"a\", \"b\"], below the [section] it belongs to";
            let what = format!("not valid TOML: {}", error.message().trim());
            file.problem(offset, "", (what, remedy.to_owned()));
        }
        for (name, section) in table.get_ref() {
            let (name, offset) = (name.get_ref().as_ref(), name.span().start);
            match section.get_ref().as_table() {
                None => file.problem(offset, name, self.outside_of_sections(name)),
                Some(sections) if NAMED.iter().any(|(of, _)| *of == name) => {
                    self.apply_named_sections(name, sections, &mut file);
                }
                Some(keys) => match self.values.get_mut(name).filter(|_| !name.contains('.')) {
                    Some(known) => apply_keys(name, known, keys, &mut file),
                    None => file.problem(offset, name, self.no_section(name)),
                },
            }
        }
        file.problems
    }

    /// Applies `[of.NAME]` for every name in `[of]`.
    fn apply_named_sections(&mut self, of: &str, sections: &DeTable<'_>, file: &mut File<'_>) {
        for (name, keys) in sections {
            let (name, offset) = (name.get_ref().as_ref(), name.span().start);
            let section = format!("{of}.{name}");
            let Some(keys) = keys.get_ref().as_table() else {
                file.problem(offset, section, nameless(of, name));
                continue;
            };
            match self.named_section(of, name) {
                Ok(known) => apply_keys(&section, known, keys, file),
                Err(problem) => file.problem(offset, section, problem),
            }
        }
    }

    /// What is wrong with a key above the first section, and the remedy.
    fn outside_of_sections(&self, key: &str) -> (String, String) {
        let keys = self
            .keys()
            .map(|(section, key)| (key, format!("[{section}] {key}")));
        let remedy = nearest(key, keys).map_or_else(
            || "`rundbrief config default` prints all keys".to_owned(),
            |known| format!("put it below its section: {known}"),
        );
        (format!("“{key}” is outside any section"), remedy)
    }

    /// What is wrong with a section that does not exist, and the remedy.
    fn no_section(&self, name: &str) -> (String, String) {
        let named = NAMED.iter().map(|(of, _)| *of);
        let known = self.values.keys().map(String::as_str).chain(named);
        let known = known.map(|known| (known, format!("[{known}]")));
        (
            format!("there is no section [{name}]"),
            unknown_remedy(name, known),
        )
    }
}

/// Applies the keys of one section.
fn apply_keys(
    section: &str,
    known: &mut BTreeMap<String, Given>,
    keys: &DeTable<'_>,
    file: &mut File<'_>,
) {
    for (key, value) in keys {
        let (key, offset) = (key.get_ref().as_ref(), key.span().start);
        if let Some(slot) = known.get_mut(key) {
            *slot = Given {
                raw: Raw::from_toml(value.get_ref()),
                origin: file.origin(offset),
            };
        } else {
            let names = known.keys().map(|known| (known.as_str(), known.clone()));
            let remedy = unknown_remedy(key, names);
            let what = format!("there is no key “{key}” in [{section}]");
            file.problem(offset, format!("{section}.{key}"), (what, remedy));
        }
    }
}
