//! Inside a folder, too, modules depend on each other in one direction only.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders that are looked at, and how their modules are named in full.
const FOLDERS: [(&str, &str); 4] = [
    ("src/digest", "crate::digest::"),
    ("templates", "crate::"),
    ("templates/mails", "crate::mails::"),
    ("templates/mails/issue", "crate::mails::issue::"),
];

#[test]
fn no_module_depends_on_one_that_depends_on_it() {
    for (folder, full) in FOLDERS {
        let graph = dependencies(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), full);
        assert!(graph.len() > 1, "{folder} has no modules");
        assert_eq!(cycle(&graph), None, "in {folder}");
    }
}

#[test]
fn a_cycle_is_found() {
    let graph = |edges: &[(&str, &str)]| {
        let mut graph = BTreeMap::<String, BTreeSet<String>>::new();
        for (from, to) in edges {
            graph.entry((*to).to_owned()).or_default();
            let known = graph.entry((*from).to_owned()).or_default();
            known.insert((*to).to_owned());
        }
        graph
    };
    assert_eq!(cycle(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])), None);
    let found = cycle(&graph(&[("a", "b"), ("b", "c"), ("c", "b")])).expect("a cycle");
    assert_eq!(found, ["b", "c", "b"]);
}

/// The modules of a folder, and for each those of its siblings that it names.
fn dependencies(folder: &Path, full: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut files = BTreeMap::<String, Vec<PathBuf>>::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_stem().expect("a name").display().to_string();
        if path.is_dir() {
            files.entry(name).or_default().extend(rust_files(&path));
        } else if is_rust(&path) && !["mod", "lib", "tests"].contains(&name.as_str()) {
            files.entry(name).or_default().push(path);
        }
    }
    files.retain(|_, paths| !paths.is_empty());
    let modules: BTreeSet<String> = files.keys().cloned().collect();
    let named = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("it can be read");
        // What is only tested with another module does not depend on it.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let depth = path.strip_prefix(folder).expect("inside").iter().count();
        let is_mod = path.file_name().is_some_and(|name| name == "mod.rs");
        let up = "super::".repeat(depth - usize::from(is_mod));
        modules
            .iter()
            .filter(|name| names_module(code, full, name) || names_module(code, &up, name))
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    files
        .iter()
        .map(|(name, paths)| {
            let mut known: BTreeSet<_> = paths.iter().flat_map(named).collect();
            known.remove(name);
            (name.clone(), known)
        })
        .collect()
}

/// Whether a text names `prefix` + `module`, or the module in braces after the prefix.
fn names_module(text: &str, prefix: &str, module: &str) -> bool {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.into_iter().any(|line| {
        line.match_indices(prefix).any(|(at, _)| {
            let begins = !line[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == ':');
            let rest = &line[at + prefix.len()..];
            let group = rest
                .strip_prefix('{')
                .and_then(|rest| rest.split('}').next());
            let words = group.unwrap_or(rest.split([';', ',', '(', ' ']).next().unwrap_or(""));
            let mut first = words
                .split(", ")
                .map(|word| word.split("::").next().unwrap_or(""));
            begins && first.any(|word| word.trim() == module)
        })
    })
}

/// A path that leads back to its beginning.
fn cycle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn walk(
        graph: &BTreeMap<String, BTreeSet<String>>,
        path: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        let at = path.last()?.clone();
        for next in graph.get(&at).into_iter().flatten() {
            if let Some(begin) = path.iter().position(|one| one == next) {
                let mut found = path[begin..].to_vec();
                found.push(next.clone());
                return Some(found);
            }
            if !done.contains(next) {
                path.push(next.clone());
                if let Some(found) = walk(graph, path, done) {
                    return Some(found);
                }
                path.pop();
            }
        }
        done.insert(at);
        None
    }
    let mut done = BTreeSet::new();
    graph
        .keys()
        .find_map(|name| walk(graph, &mut vec![name.clone()], &mut done))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if is_rust(&path) {
            found.push(path);
        }
    }
    found
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}
