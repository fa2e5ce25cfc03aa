//! Writes every page and mail in every language to a folder: `cargo run -p templates --example
//! render DIR`. For people who work on the look; `rundbrief templates render` does the same.

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("out"), PathBuf::from);
    for (path, content) in templates::render_everything() {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, content)?;
    }
    Ok(())
}
