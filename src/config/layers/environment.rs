//! Applies the environment to the file and the defaults.

use super::names::unknown_remedy;
use super::{Given, Layers, NAMED, Raw};
use crate::config::problem::{Origin, Problem, Severity};

/// The prefix of the environment variables that set keys.
pub const PREFIX: &str = "RUNDBRIEF__";

impl Layers {
    /// Section and key of a variable like `RUNDBRIEF__RELAYS__BACKUP__URL`; creates the section.
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

    /// All known variables, including those of the named section of `variable`, if any.
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

    /// Applies the variables whose names begin with [`PREFIX`].
    pub(in crate::config) fn apply_environment(
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
