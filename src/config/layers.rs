//! Laying one source over the other: the documented defaults, a file, the environment.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::problem::{Origin, Problem, Severity};

/// Names in the environment begin with this.
pub const PREFIX: &str = "RUNDBRIEF__";

/// A value before anybody knows what it should be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    Text(String),
    Whole(i64),
    Flag(bool),
    List(Vec<Raw>),
    /// Something no key takes; holds what it is called.
    Other(&'static str),
}

impl Raw {
    fn from_toml(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Self::Other("a number too large"), Self::Whole),
            DeValue::Array(items) => Self::List(
                items
                    .iter()
                    .map(|item| Self::from_toml(item.get_ref()))
                    .collect(),
            ),
            DeValue::Float(_) => Self::Other("a number with a point"),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Datetime(_) => Self::Other("a date or time"),
            DeValue::Table(_) => Self::Other("a table"),
        }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Whole(_) => "a number without quotation marks",
            Self::Flag(_) => "true or false without quotation marks",
            Self::List(_) => "a list",
            Self::Other(what) => what,
        }
    }
}

/// As it is written in the file.
impl std::fmt::Display for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Self::Other(what) => f.write_str(what),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) raw: Raw,
    pub(super) origin: Origin,
}

type Sections<T> = BTreeMap<String, BTreeMap<String, T>>;

/// Sections of which there may be several, each with a name: `[relays.NAME]` has the keys and the
/// defaults of `[relay]`.
const NAMED: [(&str, &str); 1] = [("relays", "relay")];

/// The name that the section without one has: `[relay]` is the relay “main”.
pub(super) const UNNAMED: &str = "main";

/// The values of all keys after all sources were laid over each other.
pub(super) struct Layers {
    defaults: Sections<Raw>,
    values: Sections<Given>,
}

impl Layers {
    /// The defaults alone. The keys of this text are the keys that exist.
    pub(super) fn from_defaults(text: &str) -> Self {
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

    pub(super) fn get(&self, section: &str, key: &str) -> &Given {
        self.values
            .get(section)
            .and_then(|keys| keys.get(key))
            .unwrap_or_else(|| {
                panic!("config.toml documents every key that is read; {section}.{key} is missing")
            })
    }

    pub(super) fn default(&self, section: &str, key: &str) -> &Raw {
        &self.defaults[described_by(section)][key]
    }

    /// The names of the sections `[of.NAME]` that some source has.
    pub(super) fn named_sections(&self, of: &str) -> impl Iterator<Item = &str> {
        self.values
            .keys()
            .filter_map(move |section| section.strip_prefix(of)?.strip_prefix('.'))
    }

    /// The section `[of.name]`, with defaults where nobody has set anything yet.
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

    /// All keys that exist, in order of the alphabet.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.defaults.iter().flat_map(|(section, keys)| {
            keys.keys().map(move |key| (section.as_str(), key.as_str()))
        })
    }

    /// Lays the text of a file over what is there.
    pub(super) fn lay_file(&mut self, path: &Path, text: &str) -> Vec<Problem> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let line_of = |offset: usize| {
            1 + text
                .bytes()
                .take(offset)
                .filter(|byte| *byte == b'\n')
                .count()
        };
        let problem = |line, key: String, what: String, remedy: String| Problem {
            severity: Severity::Error,
            key,
            origin: Origin::File {
                path: path.to_owned(),
                line: Some(line),
            },
            what,
            remedy,
        };
        let mut problems: Vec<_> = errors.iter().map(|error| {
            let line = error.span().map_or(1, |span| line_of(span.start));
            let remedy = "write it as TOML: key = \"text\", key = 5 or key = [\"a\", \"b\"], below the [section] it belongs to";
            problem(line, String::new(), format!("not valid TOML: {}", error.message().trim()), remedy.to_owned())
        }).collect();
        for (section_name, section) in table.get_ref() {
            let (name, line) = (
                section_name.get_ref().as_ref(),
                line_of(section_name.span().start),
            );
            let Some(keys) = section.get_ref().as_table() else {
                let remedy = nearest(
                    name,
                    self.keys()
                        .map(|(section, key)| (key, format!("[{section}] {key}"))),
                )
                .map_or_else(
                    || "`rundbrief config default` prints all keys".to_owned(),
                    |known| format!("put it below its section: {known}"),
                );
                problems.push(problem(
                    line,
                    name.to_owned(),
                    format!("“{name}” stands outside of any section"),
                    remedy,
                ));
                continue;
            };
            if NAMED.iter().any(|(of, _)| *of == name) {
                for (one, keys) in keys {
                    let (one, line) = (one.get_ref().as_ref(), line_of(one.span().start));
                    let section = format!("{name}.{one}");
                    let Some(keys) = keys.get_ref().as_table() else {
                        let (what, remedy) = nameless(name, one);
                        problems.push(problem(line, section, what, remedy));
                        continue;
                    };
                    match self.named_section(name, one) {
                        Err((what, remedy)) => problems.push(problem(line, section, what, remedy)),
                        Ok(known) => lay_section(
                            (&section, known),
                            keys,
                            &|offset| Origin::File {
                                path: path.to_owned(),
                                line: Some(line_of(offset)),
                            },
                            &mut problems,
                        ),
                    }
                }
                continue;
            }
            let sections = self.values.keys().map(String::as_str);
            let sections: Vec<_> = sections
                .chain(NAMED.iter().map(|(of, _)| *of))
                .map(|known| (known.to_owned(), format!("[{known}]")))
                .collect();
            let Some(known) = self.values.get_mut(name).filter(|_| !name.contains('.')) else {
                let known = sections
                    .iter()
                    .map(|(name, shown)| (name.as_str(), shown.clone()));
                problems.push(problem(
                    line,
                    name.to_owned(),
                    format!("there is no section [{name}]"),
                    unknown_remedy(name, known),
                ));
                continue;
            };
            lay_section(
                (name, known),
                keys,
                &|offset| Origin::File {
                    path: path.to_owned(),
                    line: Some(line_of(offset)),
                },
                &mut problems,
            );
        }
        problems
    }

    /// Section and key of a variable like `RUNDBRIEF__RELAYS__BACKUP__URL`; makes the section.
    fn named_variable(&mut self, variable: &str) -> Option<(String, String)> {
        let rest = variable.strip_prefix(PREFIX)?;
        let (of, rest) = rest.split_once("__")?;
        let (name, key) = rest.split_once("__")?;
        let (of, like) = NAMED
            .into_iter()
            .find(|(known, _)| known.to_ascii_uppercase() == of)?;
        let (name, key) = (
            name.replace('_', "-").to_ascii_lowercase(),
            key.to_ascii_lowercase(),
        );
        self.defaults[like].get(&key)?;
        self.named_section(of, &name).ok()?;
        Some((format!("{of}.{name}"), key))
    }

    /// All variables that exist, with those of the named section that `variable` means, if any.
    fn variables_like(&self, variable: &str) -> impl Iterator<Item = String> {
        let named = NAMED.into_iter().filter_map(|(of, like)| {
            let rest = variable.strip_prefix(&environment_name(of, ""))?;
            let (name, _) = rest.split_once("__").filter(|(name, _)| *name != "MAIN")?;
            Some((format!("{of}.{name}"), &self.defaults[like]))
        });
        let named: Vec<_> = named
            .flat_map(|(section, keys)| keys.keys().map(move |key| environment_name(&section, key)))
            .collect();
        self.keys()
            .map(|(section, key)| environment_name(section, key))
            .chain(named)
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Lays the environment over what is there; only names beginning with [`PREFIX`] are looked at.
    pub(super) fn lay_environment(
        &mut self,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (name, value) in variables.filter(|(name, _)| name.starts_with(PREFIX)) {
            let found = self
                .keys()
                .find(|(section, key)| environment_name(section, key) == name)
                .map(|(section, key)| (section.to_owned(), key.to_owned()));
            let found = found.or_else(|| self.named_variable(&name));
            let origin = Origin::Environment { name: name.clone() };
            if let Some((section, key)) = found {
                let slot = self
                    .values
                    .get_mut(&section)
                    .and_then(|keys| keys.get_mut(&key));
                *slot.expect("values hold every key of the defaults") = Given {
                    raw: Raw::Text(value),
                    origin,
                };
            } else {
                let names: Vec<_> = self.variables_like(&name).collect();
                let remedy = unknown_remedy(
                    &name,
                    names.iter().map(|known| (known.as_str(), known.clone())),
                );
                let what = format!("no key has the environment name {name}");
                problems.push(Problem {
                    severity: Severity::Error,
                    key: String::new(),
                    origin,
                    what,
                    remedy,
                });
            }
        }
        problems
    }
}

/// `RUNDBRIEF__SECTION__KEY`; `RUNDBRIEF__RELAYS__NAME__KEY` for a section with a name.
pub fn environment_name(section: &str, key: &str) -> String {
    format!(
        "{PREFIX}{}__{}",
        section
            .to_ascii_uppercase()
            .replace('.', "__")
            .replace('-', "_"),
        key.to_ascii_uppercase()
    )
}

/// The section of the defaults that holds the keys of `section`.
fn described_by(section: &str) -> &str {
    let of = section.split_once('.').map(|(of, _)| of);
    let like = of.and_then(|of| NAMED.iter().find(|(known, _)| *known == of));
    like.map_or(section, |(_, like)| like)
}

/// Whether something may be called so, else what is wrong and what to do. Without underscores, so
/// that the name of a variable in the environment means one thing only.
fn check_name(of: &str, name: &str) -> Result<(), (String, String)> {
    let like = described_by(&format!("{of}.{name}")).to_owned();
    if name == UNNAMED {
        return Err((
            format!("“{UNNAMED}” is the name of [{like}]"),
            format!("put its keys below [{like}]"),
        ));
    }
    let begins = name
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_lowercase());
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if begins && name.len() <= 32 && name.bytes().all(plain) {
        Ok(())
    } else {
        Err((
            format!("“{name}” cannot be a name here"),
            format!("use small letters, digits and hyphens, a letter first: [{of}.backup]"),
        ))
    }
}

/// A key that stands directly in `[relays]`.
fn nameless(of: &str, key: &str) -> (String, String) {
    let like = described_by(&format!("{of}.")).to_owned();
    (
        format!("“{key}” stands in [{of}] itself, which holds named sections only"),
        format!("write [{of}.NAME] above it, or [{like}] for the only one"),
    )
}

/// Lays the keys of one section of a file over what is there.
fn lay_section(
    (name, known): (&str, &mut BTreeMap<String, Given>),
    keys: &DeTable<'_>,
    origin: &impl Fn(usize) -> Origin,
    problems: &mut Vec<Problem>,
) {
    for (key_name, value) in keys {
        let (key, origin) = (key_name.get_ref().as_ref(), origin(key_name.span().start));
        if let Some(slot) = known.get_mut(key) {
            *slot = Given {
                raw: Raw::from_toml(value.get_ref()),
                origin,
            };
        } else {
            let remedy = unknown_remedy(
                key,
                known.keys().map(|known| (known.as_str(), known.clone())),
            );
            problems.push(Problem {
                severity: Severity::Error,
                key: format!("{name}.{key}"),
                origin,
                what: format!("there is no key “{key}” in [{name}]"),
                remedy,
            });
        }
    }
}

fn unknown_remedy<'a>(found: &str, known: impl Iterator<Item = (&'a str, String)>) -> String {
    match nearest(found, known) {
        Some(known) => format!("did you mean {known}? `rundbrief config default` prints all keys"),
        None => "remove it; `rundbrief config default` prints all keys".to_owned(),
    }
}

/// The most similar of the known names, by how it is to be shown.
fn nearest<'a>(found: &str, known: impl Iterator<Item = (&'a str, String)>) -> Option<String> {
    known
        .map(|(name, shown)| (strsim::jaro_winkler(found, name), shown))
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, shown)| shown)
}
