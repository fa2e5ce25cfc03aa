//! Forms about people: name and address as they were typed, and what is wrong with them.

use templates::pages::newsroom::access_link::AccessProblem;

use crate::domain::address::Address;
use crate::domain::password::BadPassword;
use crate::domain::text::single_line;
use crate::web::{Failure, Form};

/// The most characters of a name.
const LONGEST_NAME: usize = 100;

/// What was typed.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) email: String,
}

impl Typed {
    pub(super) fn read(form: &Form) -> Result<Self, Failure> {
        Ok(Self {
            name: form.one("name")?.trim().to_owned(),
            email: form.one("email")?.trim().to_owned(),
        })
    }

    /// The name and the address, or everything that is wrong.
    pub(super) fn check(&self) -> Result<(String, Address), Vec<AccessProblem>> {
        let name = name(&self.name);
        let email = Address::parse(&self.email).ok();
        let mut problems = Vec::new();
        if name.is_none() {
            problems.push(AccessProblem::Name);
        }
        if email.is_none() {
            problems.push(AccessProblem::Email);
        }
        match (name, email) {
            (Some(name), Some(email)) => Ok((name, email)),
            _ => Err(problems),
        }
    }
}

/// A name: one line, not too long, and without characters that turn the direction of writing.
pub(super) fn name(typed: &str) -> Option<String> {
    let count = typed.chars().count();
    let name = single_line(typed, LONGEST_NAME);
    (count <= LONGEST_NAME && !name.is_empty()).then_some(name)
}

/// What is wrong with a new password.
pub(super) const fn problem(problem: BadPassword) -> AccessProblem {
    match problem {
        BadPassword::TooShort => AccessProblem::PasswordShort,
        BadPassword::TooLong => AccessProblem::PasswordLong,
        BadPassword::Common => AccessProblem::PasswordCommon,
        BadPassword::Name => AccessProblem::PasswordName,
    }
}
