//! What is stored, as the pages of entries take it.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use templates::pages::newsroom::entries::show::EntryPages;
use templates::pages::newsroom::entries::versions::Reason;
use templates::pages::newsroom::entries::words::{Origin, State, Who};

use super::path_of;
use crate::domain::entry::{self, EntryContent, EntryState, VersionReason};
use crate::domain::language::{Language, LanguageTag, text_for};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::Right;
use crate::web::WebState;
use crate::web::newsroom::Staff;

pub(in crate::web::newsroom) const fn state(state: EntryState) -> State {
    match state {
        EntryState::Draft => State::Draft,
        EntryState::Submitted => State::Submitted,
        EntryState::Approved => State::Approved,
        EntryState::Published => State::Published,
        EntryState::Rejected => State::Rejected,
        EntryState::Withdrawn => State::Withdrawn,
        EntryState::Cancelled => State::Cancelled,
    }
}

pub(super) const fn origin(origin: entry::Origin) -> Origin {
    match origin {
        entry::Origin::Own => Origin::Own,
        entry::Origin::Feed => Origin::Feed,
        entry::Origin::Calendar => Origin::Calendar,
    }
}

pub(super) const fn reason(reason: VersionReason) -> Reason {
    match reason {
        VersionReason::Kept => Reason::Kept,
        VersionReason::Written => Reason::Written,
        VersionReason::Imported => Reason::Imported,
        VersionReason::Accepted => Reason::Accepted,
        VersionReason::Moved => Reason::Moved,
        VersionReason::Merged => Reason::Merged,
        VersionReason::Restored => Reason::Restored,
        VersionReason::Pictured => Reason::Pictured,
    }
}

/// Who did something, by the kind of actor and its name; `names` are those of users by their UUIDs.
pub(super) fn who(kind: &str, name: &str, names: &BTreeMap<String, String>) -> Who {
    match kind {
        "user" => names.get(name).cloned().map_or(Who::Unknown, Who::Person),
        "operator" => Who::Operator(name.to_owned()),
        "job" | "feed" | "calendar" => Who::Service,
        _ => Who::Unknown,
    }
}

/// The wall clock of the newsroom at this instant.
pub(super) fn local(state: &WebState, at: Timestamp) -> NaiveDateTime {
    at.in_zone(state.app.config.newsroom.zone).naive_local()
}

/// The title in the user's language, else in the original; and its language where that is not the
/// user's.
pub(super) fn title(content: &EntryContent, language: Language) -> (String, Option<String>) {
    let found = text_for(&content.texts, &content.original, language);
    found.map_or_else(
        || (String::new(), None),
        |(tag, text)| (text.title.clone(), foreign(tag, language)),
    )
}

/// The tag of a text where that is not in the user's language.
pub(super) fn foreign(tag: &LanguageTag, language: Language) -> Option<String> {
    (!tag.is(language)).then(|| tag.as_str().to_owned())
}

/// The name of a language: in itself where we speak it, else its tag.
pub(super) fn language_name(tag: &LanguageTag) -> String {
    templates::Locale::from_code(tag.as_str())
        .map_or_else(|| tag.as_str().to_owned(), |one| one.own_name().to_owned())
}

/// Where the pages of an entry are, for this user.
pub(in crate::web::newsroom) fn pages(staff: &Staff, uuid: &str) -> EntryPages {
    let path = path_of(uuid);
    let link = |path: &str| staff.reader.path(path);
    EntryPages {
        list: link(super::LIST),
        show: link(&path),
        edit: staff
            .may(Right::Write)
            .then(|| link(&format!("{path}/edit"))),
        versions: link(&format!("{path}/versions")),
    }
}
