//! The contact of an entry: a name, an address, a number.

use super::address::Address;

/// The contact of an entry. Its address is public.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Contact {
    /// Who, e.g. “Simone Beispiel, Kulturbüro”.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<Address>,
    /// The telephone number as it was written, e.g. “+49 241 5180 0”.
    pub phone: Option<String>,
}

/// Separators between the parts.
const SEPARATORS: [char; 6] = [',', ';', '|', '·', '\n', '\r'];
/// Labels before an address or a number, in lower case, without a colon or full stop.
const LABELS: [&str; 10] = [
    "e-mail",
    "email",
    "mail",
    "courriel",
    "telefon",
    "telefoon",
    "téléphone",
    "tel",
    "tél",
    "phone",
];

impl Contact {
    /// Finds the parts in a line such as “Simone Beispiel, Kulturbüro, kultur@stadt.example, +49
    /// 241 5180”: the first address and the first number are extracted, the rest is the name. None
    /// if it is empty.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut found = Self::default();
        let mut names: Vec<String> = Vec::new();
        for piece in text.split(SEPARATORS) {
            let mut words: Vec<&str> = piece.split_whitespace().collect();
            if found.email.is_none() {
                found.email = take_email(&mut words);
            }
            if found.phone.is_none() {
                found.phone = take_phone(&mut words);
            }
            if !words.is_empty() {
                names.push(words.join(" "));
            }
        }
        found.name = Some(names.join(", ")).filter(|name| !name.is_empty());
        (found != Self::default()).then_some(found)
    }

    /// All parts in one line, as [`Self::from_text`] reads it.
    pub fn line(&self) -> String {
        let email = self.email.as_ref().map(Address::display);
        let parts = [self.name.clone(), email, self.phone.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Removes the first address and the label before it from the words.
fn take_email(words: &mut Vec<&str>) -> Option<Address> {
    let (at, email) = words.iter().enumerate().find_map(|(at, word)| {
        let bare = word.trim_matches(['<', '>', '(', ')', '[', ']', '"']);
        let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
        let email = bare.contains('@').then(|| Address::parse(bare).ok());
        Some((at, email.flatten()?))
    })?;
    words.remove(at);
    drop_label(words, at);
    Some(email)
}

/// Removes a number from the end of the words, and the label before it.
fn take_phone(words: &mut Vec<&str>) -> Option<String> {
    let at = (0..words.len()).find(|at| is_phone(&words[*at..].concat()))?;
    let phone = words.split_off(at).join(" ");
    drop_label(words, at);
    Some(phone)
}

fn drop_label(words: &mut Vec<&str>, at: usize) {
    let Some(before) = at.checked_sub(1) else {
        return;
    };
    let label = words[before].trim_end_matches([':', '.']).to_lowercase();
    if LABELS.contains(&label.as_str()) {
        words.remove(before);
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.starts_with(['+', '0', '('])
        && (6..=20).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '/' | '-' | '–' | '.'))
}

/// The stored form; older rows hold a line.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
enum Stored {
    Line(String),
    Parts {
        name: Option<String>,
        email: Option<String>,
        phone: Option<String>,
    },
}

impl From<Contact> for Stored {
    fn from(contact: Contact) -> Self {
        Self::Parts {
            name: contact.name,
            email: contact.email.map(|email| email.as_str().to_owned()),
            phone: contact.phone,
        }
    }
}

impl TryFrom<Stored> for Contact {
    type Error = super::address::BadAddress;
    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        Ok(match stored {
            Stored::Line(line) => Self::from_text(&line).unwrap_or_default(),
            Stored::Parts { name, email, phone } => Self {
                name,
                email: email.as_deref().map(Address::parse).transpose()?,
                phone,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str) -> (Option<String>, Option<String>, Option<String>) {
        let found = Contact::from_text(text).unwrap_or_default();
        let email = found.email.map(|email| email.as_str().to_owned());
        (found.name, email, found.phone)
    }

    #[test]
    fn the_parts_of_a_line_are_found() {
        let some = |text: &str| Some(text.to_owned());
        for (line, name, email, phone) in [
            ("Kulturbüro", some("Kulturbüro"), None, None),
            (
                "Ines Kaulard, Sitzungsdienst, rat@stadt.example, +49 221 4710 180",
                some("Ines Kaulard, Sitzungsdienst"),
                some("rat@stadt.example"),
                some("+49 221 4710 180"),
            ),
            (
                "Jim Dolittle, ABC Industries, +1-919-555-1234",
                some("Jim Dolittle, ABC Industries"),
                None,
                some("+1-919-555-1234"),
            ),
            (
                "Kulturbüro Tel.: 0241/51980; E-Mail: <kultur@stadt.example>",
                some("Kulturbüro"),
                some("kultur@stadt.example"),
                some("0241/51980"),
            ),
            ("mailto:a@b.example", None, some("a@b.example"), None),
            (
                "Zimmer 12, im Jahr 2026",
                some("Zimmer 12, im Jahr 2026"),
                None,
                None,
            ),
            ("(0241) 51980-0", None, None, some("(0241) 51980-0")),
            (" , ;\n", None, None, None),
        ] {
            assert_eq!(parts(line), (name, email, phone), "{line:?}");
        }
    }

    #[test]
    fn what_was_stored_as_a_line_is_read() {
        let read: Contact = serde_json::from_str("\"Büro, a@b.example\"").expect("a contact");
        assert_eq!(Some(read.clone()), Contact::from_text("Büro, a@b.example"));
        let stored = serde_json::to_string(&read).expect("JSON");
        assert_eq!(
            stored,
            r#"{"name":"Büro","email":"a@b.example","phone":null}"#
        );
        assert_eq!(
            serde_json::from_str::<Contact>(&stored).expect("a contact"),
            read
        );
        assert!(
            serde_json::from_str::<Contact>(r#"{"name":null,"email":"no","phone":null}"#).is_err()
        );
    }

    proptest! {
        /// No number or address of a line is lost.
        #[test]
        fn a_line_is_read_back(text in "[A-Za-zäöü0-9+@., ;:()/<>-]{0,120}") {
            if let Some(contact) = Contact::from_text(&text) {
                let again = Contact::from_text(&contact.line());
                prop_assert!(again.is_some());
            }
        }
    }
}
