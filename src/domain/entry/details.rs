//! What else can be said of an entry. Stored as one JSON object, so that another field needs no column:
//! for what nothing is searched or sorted by.

use std::collections::BTreeSet;

use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;

named_enum! {
    /// How one takes part in an event.
    pub enum Attendance ("way to attend") {
        /// By going there.
        Place = "place",
        /// From anywhere, by a link.
        Online = "online",
        /// Either.
        Both = "both",
    }
}

named_enum! {
    /// How an event stands. That it is cancelled is the [state](super::EntryState) of its entry.
    pub enum EventStatus ("status of an event") {
        /// It takes place as announced.
        Planned = "planned",
        /// No place is left.
        Full = "full",
        /// It will take place later; nobody knows when.
        Postponed = "postponed",
        /// It takes place online and no longer at its place.
        MovedOnline = "moved-online",
    }
}

named_enum! {
    /// Who can take part at the place of an event.
    pub enum Accessibility ("kind of accessibility") {
        /// Reached by wheelchair, with a toilet.
        Wheelchair = "wheelchair",
        /// A hearing loop.
        HearingLoop = "hearing-loop",
        /// Interpreted into sign language.
        SignLanguage = "sign-language",
        /// In easy language.
        EasyLanguage = "easy-language",
    }
}

/// What else is said of an entry. A field with its default value says nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Details {
    /// Events: how one takes part.
    #[serde(skip_serializing_if = "Attendance::is_place")]
    pub attendance: Attendance,
    /// Events: where to take part online, an absolute http or https URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub online_url: Option<String>,
    /// Events: who organises it, if that is not the organisation of the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organiser: Option<String>,
    /// Events: where to register, an absolute http or https URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_url: Option<String>,
    /// Events: until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_until: Option<Timestamp>,
    /// Events: what it costs, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// Events: how it stands.
    #[serde(skip_serializing_if = "EventStatus::is_planned")]
    pub status: EventStatus,
    /// Events: who can take part at its place; empty where nobody said.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub accessibility: BTreeSet<Accessibility>,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            attendance: Attendance::Place,
            online_url: None,
            organiser: None,
            registration_url: None,
            registration_until: None,
            price: None,
            status: EventStatus::Planned,
            accessibility: BTreeSet::new(),
        }
    }
}

impl Details {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The addresses among what is said, to be tried before an issue goes out.
    pub fn urls(&self) -> impl Iterator<Item = &String> {
        self.online_url.iter().chain(&self.registration_url)
    }
}

impl Attendance {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    const fn is_place(&self) -> bool {
        matches!(self, Self::Place)
    }
}

impl EventStatus {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    const fn is_planned(&self) -> bool {
        matches!(self, Self::Planned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_is_an_empty_object() {
        let json = serde_json::to_string(&Details::default()).expect("JSON");
        assert_eq!(json, "{}");
        let read: Details = serde_json::from_str(&json).expect("details");
        assert!(read.is_empty());
    }

    #[test]
    fn what_is_said_is_read_back() {
        let details = Details {
            attendance: Attendance::Both,
            price: Some("5 €".to_owned()),
            status: EventStatus::Full,
            accessibility: BTreeSet::from([Accessibility::Wheelchair, Accessibility::SignLanguage]),
            ..Details::default()
        };
        let json = serde_json::to_string(&details).expect("JSON");
        assert_eq!(
            json,
            r#"{"attendance":"both","price":"5 €","status":"full","accessibility":["wheelchair","sign-language"]}"#
        );
        assert_eq!(
            serde_json::from_str::<Details>(&json).expect("details"),
            details
        );
    }
}
