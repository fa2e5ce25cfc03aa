//! Rundbrief.
fn main() {}
