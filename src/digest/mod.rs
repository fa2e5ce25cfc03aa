//! What an issue says: select → group into variants → render → prepare.

pub mod mime;
pub mod placeholder;
pub mod prepare;
