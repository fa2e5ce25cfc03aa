//! Embeds the migrations: writes `migrations.rs`, which `src/store/migrations.rs` includes.
//!
//! `sqlx::migrate!` would do the same, but it is a procedural macro, for which cargo builds both
//! database drivers a second time (docs/decisions/0018).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut code = String::new();
    for (name, folder) in [("SQLITE", "sqlite"), ("POSTGRES", "postgres")] {
        let files = migrations(&root.join("migrations").join(folder));
        writeln!(code, "const {name}: &[Embedded] = &[").expect("a string takes everything");
        for (version, description, path) in files {
            // Quoted and escaped as Rust source.
            let path = path.to_str().expect("paths of the sources are UTF-8");
            let line = format!("({version}, {description:?}, include_str!({path:?}))");
            writeln!(code, "    {line},").expect("a string takes everything");
        }
        code.push_str("];\n");
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("migrations.rs"), code).expect("OUT_DIR is writable");
}

/// Version, description and path of every `0001_main_job.sql` in a folder, in order.
fn migrations(folder: &Path) -> Vec<(i64, String, PathBuf)> {
    let files =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found: Vec<_> = files
        .map(|file| file.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "sql"))
        .map(|path| {
            let named = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .and_then(|stem| stem.split_once('_'));
            let parsed = named
                .and_then(|(version, rest)| Some((version.parse().ok()?, rest.replace('_', " "))));
            let (version, description) = parsed.unwrap_or_else(|| {
                panic!("{}: expected a name like 0001_main_job.sql", path.display())
            });
            (version, description, path)
        })
        .collect();
    found.sort();
    for pair in found.windows(2) {
        assert_ne!(
            pair[0].0,
            pair[1].0,
            "two migrations have one number: {}",
            pair[1].2.display()
        );
    }
    found
}
