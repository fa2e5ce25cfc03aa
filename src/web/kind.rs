//! What an entry is about, as pages take it.

use templates::pages::entry::Kind;

use crate::domain::entry::EntryKind;

pub(in crate::web) const fn kind(kind: EntryKind) -> Kind {
    match kind {
        EntryKind::News => Kind::News,
        EntryKind::Event => Kind::Event,
        EntryKind::Paper => Kind::Paper,
        EntryKind::Meeting => Kind::Meeting,
    }
}
