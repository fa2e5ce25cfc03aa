//! Reads one section: each value is read by key and kind, and problems are collected, so that one
//! run reports all of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::layers::{Given, Layers, Raw};
use super::problem::{Origin, Problem, Severity};
use super::secret::Secret;
use super::units::{parse_duration, parse_size, say_duration, say_size};

/// The reader of one configuration, section by section.
pub(super) struct Keys<'a> {
    layers: &'a Layers,
    section: String,
    problems: Vec<Problem>,
    asked: BTreeSet<(String, String)>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(layers: &'a Layers) -> Self {
        Self {
            layers,
            section: String::new(),
            problems: Vec::new(),
            asked: BTreeSet::new(),
        }
    }

    /// Moves on to a section.
    pub(super) fn section(&mut self, name: &str) -> &mut Self {
        name.clone_into(&mut self.section);
        self
    }

    /// The current section, as written in the brackets.
    pub(super) fn section_name(&self) -> &str {
        &self.section
    }

    /// The names of the sections `[of.NAME]` that are set.
    pub(super) fn named_sections(&self, of: &str) -> Vec<String> {
        self.layers.named_sections(of).map(str::to_owned).collect()
    }

    /// Whether `key` is set; otherwise its value is the documented default.
    pub(super) fn is_set(&self, key: &str) -> bool {
        self.layers.get(&self.section, key).origin != Origin::Default
    }

    /// The problems, and the keys that were read.
    pub(super) fn finish(self) -> (Vec<Problem>, BTreeSet<(String, String)>) {
        (self.problems, self.asked)
    }

    /// Records that the value of `key` in the current section cannot be used.
    pub(super) fn error(&mut self, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.note(Severity::Error, key, what.into(), remedy.into());
    }

    /// Records that the value of `key` works but is not advisable.
    pub(super) fn warn(&mut self, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.note(Severity::Warning, key, what.into(), remedy.into());
    }

    fn note(&mut self, severity: Severity, key: &str, what: String, remedy: String) {
        let origin = self.layers.get(&self.section, key).origin.clone();
        self.problems.push(Problem {
            severity,
            key: format!("{}.{key}", self.section),
            origin,
            what,
            remedy,
        });
    }

    fn given(&mut self, key: &str) -> &'a Given {
        self.asked.insert((self.section.clone(), key.to_owned()));
        self.layers.get(&self.section, key)
    }

    /// The value of `key`, parsed by `read`, which is also told whether it comes from the
    /// environment, where everything is text. If it fails, the reason is recorded and the default
    /// used.
    fn read<T>(
        &mut self,
        key: &str,
        expected: &str,
        read: impl Fn(&Raw, bool) -> Result<T, Option<String>>,
    ) -> T {
        let given = self.given(key);
        let from_environment = matches!(given.origin, Origin::Environment { .. });
        match read(&given.raw, from_environment) {
            Ok(value) => value,
            Err(reason) => {
                let what = reason
                    .unwrap_or_else(|| format!("expected {expected}, found {}", given.raw.kind()));
                let default = self.layers.default(&self.section, key);
                let remedy = match default {
                    Raw::Text(text) if text.is_empty() => {
                        "correct it, or leave it empty".to_owned()
                    }
                    default => format!("correct it; the default is {key} = {default}"),
                };
                self.error(key, what, remedy);
                read(default, false)
                    .expect("the defaults in config.toml are valid; a test reads them all")
            }
        }
    }

    /// A text, without white space around it.
    pub(super) fn text(&mut self, key: &str) -> String {
        self.read(key, "a text in quotation marks", |raw, _| match raw {
            Raw::Text(text) => Ok(text.trim().to_owned()),
            _ => Err(None),
        })
    }

    /// A text that may be left empty.
    pub(super) fn optional_text(&mut self, key: &str) -> Option<String> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }

    /// A path that may be left empty.
    pub(super) fn optional_path(&mut self, key: &str) -> Option<PathBuf> {
        self.optional_text(key).map(PathBuf::from)
    }

    /// A text parsed by `parse`; its error is shown as it is.
    pub(super) fn parsed<T, E: std::fmt::Display>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> T {
        self.read(key, expected, |raw, _| match raw {
            Raw::Text(text) => parse(text.trim()).map_err(|error| Some(error.to_string())),
            _ => Err(None),
        })
    }

    /// As [`Self::parsed`]; an empty text means not set.
    pub(super) fn optional<T, E: std::fmt::Display>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        self.parsed(key, expected, |text| {
            if text.is_empty() {
                Ok(None)
            } else {
                parse(text).map(Some)
            }
        })
    }

    /// A list of texts; in the environment separated by commas.
    pub(super) fn list(&mut self, key: &str) -> Vec<String> {
        let texts = self.read(
            key,
            "a list of texts, e.g. [\"one\", \"two\"]",
            |raw, from_environment| match raw {
                Raw::List(items) => items
                    .iter()
                    .map(|item| match item {
                        Raw::Text(text) => Ok(text.trim().to_owned()),
                        _ => Err(None),
                    })
                    .collect::<Result<Vec<_>, _>>(),
                Raw::Text(text) if from_environment => {
                    Ok(text.split(',').map(|item| item.trim().to_owned()).collect())
                }
                _ => Err(None),
            },
        );
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// A whole number within `range`.
    pub(super) fn whole(&mut self, key: &str, range: std::ops::RangeInclusive<u32>) -> u32 {
        self.read(
            key,
            "a whole number without quotation marks",
            |raw, from_environment| {
                let number = match raw {
                    Raw::Whole(number) => *number,
                    Raw::Text(text) if from_environment => text
                        .trim()
                        .parse()
                        .map_err(|_| Some(format!("“{text}” is not a whole number")))?,
                    _ => return Err(None),
                };
                u32::try_from(number)
                    .ok()
                    .filter(|number| range.contains(number))
                    .ok_or_else(|| {
                        Some(format!(
                            "{number} is out of range; it may be {} to {}",
                            range.start(),
                            range.end()
                        ))
                    })
            },
        )
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        self.read(
            key,
            "true or false without quotation marks",
            |raw, from_environment| match raw {
                Raw::Flag(flag) => Ok(*flag),
                Raw::Text(text) if from_environment => text
                    .trim()
                    .parse()
                    .map_err(|_| Some(format!("“{text}” is neither true nor false"))),
                _ => Err(None),
            },
        )
    }

    /// A span of time within `range`.
    pub(super) fn duration(
        &mut self,
        key: &str,
        range: std::ops::RangeInclusive<Duration>,
    ) -> Duration {
        self.parsed(
            key,
            "a span of time in quotation marks, e.g. \"15 minutes\"",
            |text| {
                let span = parse_duration(text).map_err(|error| error.to_string())?;
                if range.contains(&span) {
                    Ok(span)
                } else {
                    let (least, most) = (say_duration(*range.start()), say_duration(*range.end()));
                    Err(format!(
                        "“{text}” is out of range; it may be {least} to {most}"
                    ))
                }
            },
        )
    }

    /// A size in bytes within `range`.
    pub(super) fn size(&mut self, key: &str, range: std::ops::RangeInclusive<usize>) -> usize {
        self.parsed(key, "a size in quotation marks, e.g. \"20 MB\"", |text| {
            let size = parse_size(text).map_err(|error| error.to_string())?;
            if range.contains(&size) {
                Ok(size)
            } else {
                let (least, most) = (say_size(*range.start()), say_size(*range.end()));
                Err(format!(
                    "“{text}” is out of range; it may be {least} to {most}"
                ))
            }
        })
    }

    /// A secret: `key` itself, or the content of the file in `key_file`. Setting both is an error.
    pub(super) fn secret(&mut self, key: &str) -> Option<Secret> {
        let file_key = format!("{key}_file");
        let (direct, path) = (self.text(key), self.optional_path(&file_key));
        let text = match (direct.is_empty(), path) {
            (false, Some(_)) => {
                let other = self.layers.get(&self.section, &file_key).origin.clone();
                self.error(
                    key,
                    format!("both {key} and {file_key} ({other}) are set"),
                    "keep one of the two",
                );
                return None;
            }
            (_, Some(path)) => self.secret_file(&file_key, &path)?,
            (_, None) => direct,
        };
        Some(text).filter(|text| !text.is_empty()).map(Secret::new)
    }

    fn secret_file(&mut self, key: &str, path: &Path) -> Option<String> {
        match std::fs::read_to_string(path) {
            Ok(text) if text.trim().is_empty() => {
                self.error(
                    key,
                    format!("{} is empty", path.display()),
                    "write the secret into it, on one line",
                );
                None
            }
            Ok(text) => Some(text.trim_end_matches(['\r', '\n']).to_owned()),
            Err(error) => {
                self.error(
                    key,
                    format!("{} cannot be read: {error}", path.display()),
                    "name a file that the user who runs Rundbrief may read (a relative path counts from the working directory)",
                );
                None
            }
        }
    }
}
