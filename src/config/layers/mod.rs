//! The layers of the configuration: the documented defaults, overridden by a file, overridden by
//! the environment.

mod environment;
mod file;
mod names;
mod raw;

use std::collections::BTreeMap;

use toml::de::DeTable;

pub use self::environment::{PREFIX, environment_name};
use self::names::check_name;
pub use self::raw::Raw;
use super::problem::Origin;

/// A value and where it came from.
#[derive(Debug, Clone)]
pub struct Given {
    pub raw: Raw,
    pub origin: Origin,
}

type Sections<T> = BTreeMap<String, BTreeMap<String, T>>;

/// Sections that may occur several times, each with a name: `[relays.NAME]` has the keys and the
/// defaults of `[relay]`.
const NAMED: [(&str, &str); 1] = [("relays", "relay")];

/// The name of the section without one: `[relay]` is the relay “main”.
pub const UNNAMED: &str = "main";

/// The value of every key: the default, unless the file or the environment has another.
pub struct Layers {
    defaults: Sections<Raw>,
    values: Sections<Given>,
}

impl Layers {
    /// The defaults alone. This text defines which keys exist.
    pub fn from_defaults(text: &str) -> Self {
        let mut defaults = Sections::new();
        let table = DeTable::parse(text).expect("config.toml is valid TOML; a test reads it");
        for (section, keys) in table.get_ref() {
            let keys = keys
                .get_ref()
                .as_table()
                .expect("config.toml holds sections only");
            let read = keys
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), Raw::from_toml(value.get_ref())));
            defaults.insert(section.get_ref().to_string(), read.collect());
        }
        let values = defaults
            .iter()
            .map(|(section, keys): (&String, &BTreeMap<String, Raw>)| {
                let given = |raw: &Raw| Given {
                    raw: raw.clone(),
                    origin: Origin::Default,
                };
                (
                    section.clone(),
                    keys.iter()
                        .map(|(key, raw)| (key.clone(), given(raw)))
                        .collect(),
                )
            });
        Self {
            values: values.collect(),
            defaults,
        }
    }

    pub fn get(&self, section: &str, key: &str) -> &Given {
        self.values
            .get(section)
            .and_then(|keys| keys.get(key))
            .unwrap_or_else(|| {
                panic!("config.toml documents every key that is read; {section}.{key} is missing")
            })
    }

    pub fn default(&self, section: &str, key: &str) -> &Raw {
        &self.defaults[described_by(section)][key]
    }

    /// The names of the sections `[of.NAME]` that the file or the environment has.
    pub fn named_sections(&self, of: &str) -> impl Iterator<Item = &str> {
        self.values
            .keys()
            .filter_map(move |section| section.strip_prefix(of)?.strip_prefix('.'))
    }

    /// The section `[of.name]`, filled with defaults on first access.
    fn named_section(
        &mut self,
        of: &str,
        name: &str,
    ) -> Result<&mut BTreeMap<String, Given>, (String, String)> {
        check_name(of, name)?;
        let section = format!("{of}.{name}");
        let defaults = &self.defaults[described_by(&section)];
        Ok(self.values.entry(section).or_insert_with(|| {
            let given = |raw: &Raw| Given {
                raw: raw.clone(),
                origin: Origin::Default,
            };
            defaults
                .iter()
                .map(|(key, raw)| (key.clone(), given(raw)))
                .collect()
        }))
    }

    /// All keys, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.defaults.iter().flat_map(|(section, keys)| {
            keys.keys().map(move |key| (section.as_str(), key.as_str()))
        })
    }
}

/// The section of the defaults that holds the keys of `section`.
fn described_by(section: &str) -> &str {
    let of = section.split_once('.').map(|(of, _)| of);
    let like = of.and_then(|of| NAMED.iter().find(|(known, _)| *known == of));
    like.map_or(section, |(_, like)| like)
}
