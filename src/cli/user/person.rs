//! Whom `rundbrief user add` and `rundbrief user invite` are about.

use zeroize::Zeroizing;

use crate::app::staff::NewUser;
use crate::cli::Context;
use crate::cli::arguments::{line, one_of};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::user::Role;

/// A person who is to work here.
#[derive(Debug, clap::Args)]
pub struct Person {
    /// The e-mail address, which is also the login name
    pub email: Address,

    /// The name that colleagues see, e.g. "Erika Beispiel"
    #[arg(long, value_parser = line)]
    pub name: String,

    /// What the user may do; may be given several times
    #[arg(long, required = true, value_name = "ROLE", value_parser = one_of!(Role))]
    pub role: Vec<Role>,

    /// The language of pages and mails [default: languages.default]
    #[arg(long)]
    pub language: Option<Language>,
}

impl Person {
    /// The user to be added.
    pub fn new_user(self, password: Option<Zeroizing<String>>, context: &Context) -> NewUser {
        NewUser {
            name: self.name,
            email: self.email,
            language: self.language.unwrap_or(context.config.languages.default),
            roles: self.role.into_iter().collect(),
            password,
        }
    }
}
