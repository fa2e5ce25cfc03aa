//! Embeds the migrations anew when one of them changes: `sqlx::migrate!` cannot tell cargo itself.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
