//! The routes, each registered with its audience.

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::MethodRouter;

use super::WebState;
use crate::domain::user::Right;

/// The audience of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody, including search engines.
    Everybody,
    /// Holders of the link: a token in the path opens the page. It is not indexed, and the browser
    /// sends no referrer.
    LinkHolder,
    /// Somebody who is about to log in: a page of the newsroom that needs no session.
    Door,
    /// Users with a right: one to see the page, one to send its forms.
    Staff {
        /// What GET and HEAD ask for.
        see: Right,
        /// What every other method asks for.
        change: Right,
        /// What needs somebody who has just proved who they are.
        confirm: Confirm,
    },
}

/// What of a page needs a user who has proved who they are within the last minutes
/// (`newsroom.confirm_after`): an open session alone is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    /// Nothing.
    Nothing,
    /// Its forms.
    Forms,
    /// The page itself: it exports something, or shows a secret.
    Everything,
}

/// Routes and their audience.
#[derive(Default)]
pub struct Routes {
    router: Router<WebState>,
    table: BTreeMap<&'static str, Audience>,
}

impl Routes {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a page for everybody, whether or not its path has a parameter.
    #[must_use]
    pub fn everybody(self, path: &'static str, methods: MethodRouter<WebState>) -> Self {
        self.add(Audience::Everybody, path, methods)
    }

    /// With a page for holders of the link.
    #[must_use]
    pub fn link_holder(self, path: &'static str, methods: MethodRouter<WebState>) -> Self {
        self.add(Audience::LinkHolder, path, methods)
    }

    /// With a page on the way to a session.
    #[must_use]
    pub fn door(self, path: &'static str, methods: MethodRouter<WebState>) -> Self {
        self.add(Audience::Door, path, methods)
    }

    /// With a page for users who have this right.
    #[must_use]
    pub fn staff(self, path: &'static str, right: Right, methods: MethodRouter<WebState>) -> Self {
        self.staff_form(path, right, right, methods)
    }

    /// With a page for users who have the right to `see` it, and forms for those who may `change`.
    #[must_use]
    pub fn staff_form(
        self,
        path: &'static str,
        see: Right,
        change: Right,
        methods: MethodRouter<WebState>,
    ) -> Self {
        let confirm = Confirm::Nothing;
        let audience = Audience::Staff {
            see,
            change,
            confirm,
        };
        self.add(audience, path, methods)
    }

    /// With a page for users who have this right, and who prove again who they are.
    #[must_use]
    pub fn confirmed(
        self,
        path: &'static str,
        right: Right,
        confirm: Confirm,
        methods: MethodRouter<WebState>,
    ) -> Self {
        let audience = Audience::Staff {
            see: right,
            change: right,
            confirm,
        };
        self.add(audience, path, methods)
    }

    /// With the routes of `other`.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.table.extend(other.table);
        Self {
            router: self.router.merge(other.router),
            table: self.table,
        }
    }

    /// Every route and its audience.
    pub const fn table(&self) -> &BTreeMap<&'static str, Audience> {
        &self.table
    }

    pub(super) fn into_parts(self) -> (Router<WebState>, BTreeMap<&'static str, Audience>) {
        (self.router, self.table)
    }

    fn add(
        mut self,
        audience: Audience,
        path: &'static str,
        methods: MethodRouter<WebState>,
    ) -> Self {
        self.table.insert(path, audience);
        Self {
            router: self.router.route(path, methods),
            table: self.table,
        }
    }
}
