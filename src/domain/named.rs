//! Enums whose variants are stored, printed and parsed by a fixed name.

/// A text that is not the name of a variant; lists the valid names.
#[derive(Debug, thiserror::Error)]
#[error("“{found}” is not a {what}; it is one of: {known}")]
pub struct UnknownName {
    /// What was given.
    pub found: String,
    /// The kind of value that was expected.
    pub what: &'static str,
    /// The valid names, separated by commas.
    pub known: String,
}

/// Gives an enum its names: `as_str`, `ALL`, `Display`, `FromStr`, `TryFrom<String>` (for rows of
/// the database) and serde by the same names.
macro_rules! named_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident ($what:literal) { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "&'static str")]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the database, in machine-readable output and on the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::domain::named::UnknownName;
            fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|one| one.as_str()).collect();
                    $crate::domain::named::UnknownName { found: text.to_owned(), what: $what, known: known.join(", ") }
                })
            }
        }
        impl TryFrom<String> for $name {
            type Error = $crate::domain::named::UnknownName;
            fn try_from(text: String) -> std::result::Result<Self, Self::Error> { text.parse() }
        }
        impl From<$name> for &'static str {
            fn from(value: $name) -> Self { value.as_str() }
        }
    };
}
pub(crate) use named_enum;
