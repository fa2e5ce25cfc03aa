//! The newsroom as its users meet it: pages with a session.

mod access;
mod audit;
mod checks;
mod confirm;
mod editor;
mod editor_event;
mod editor_input;
mod editor_page;
mod entries;
mod entry_picture;
pub mod inbox;
mod issues;
mod login;
mod planning;
mod review;
mod routes;
mod send_time;
mod sender_dns;
mod sending;
mod users;

use rundbrief::app::staff::{self, NewUser};
use rundbrief::app::{Actor, App};
use rundbrief::config::Config;
use rundbrief::domain::language::Language;
use rundbrief::domain::user::Role;
use rundbrief::store::staff::StaffMember;
use rundbrief::store::staff_session::Step;

use crate::harness::{Database, Reply, form, get, post};
use crate::web::Service;

/// The service with its newsroom.
pub struct Newsroom {
    /// The service: two newsletters, `region` and `council`; topics `climate` and `culture`.
    pub service: Service,
    /// The operations over the same database, clock and keys.
    pub app: App,
}

/// Somebody who is logged in.
pub struct Desk {
    pub user: StaffMember,
    at: std::net::SocketAddr,
    cookie: String,
}

impl Newsroom {
    pub async fn start(database: &Database) -> Self {
        Self::start_with(database, |_| {}).await
    }

    pub async fn start_with(database: &Database, change: impl FnOnce(&mut Config)) -> Self {
        let service = Service::start_with(database, change).await;
        let app = service.app.clone();
        Self { service, app }
    }

    /// A new user with these roles, who is logged in.
    pub async fn user(&self, name: &str, roles: &[Role]) -> Desk {
        let user = self.add(name, roles, None).await;
        self.desk(user).await
    }

    /// A new user with these roles.
    pub async fn add(&self, name: &str, roles: &[Role], password: Option<&str>) -> StaffMember {
        let address = format!("{}@rathaus.example", name.to_lowercase().replace(' ', "."));
        let new = NewUser {
            name: name.to_owned(),
            email: crate::store::address(&address),
            language: Language::De,
            roles: roles.iter().copied().collect(),
            password: password.map(|text| text.to_owned().into()),
        };
        staff::add(&self.app, &Actor::operator(), new)
            .await
            .expect("a user")
    }

    /// A session of this user.
    pub async fn desk(&self, user: StaffMember) -> Desk {
        let opened = staff::open(&self.app, &user, Step::Open, "Firefox, Linux")
            .await
            .expect("a session");
        Desk {
            user,
            at: self.service.at,
            cookie: format!("Cookie: rundbrief={}", opened.token.reveal()),
        }
    }
}

impl Desk {
    /// The same session at another node.
    #[must_use]
    pub fn at(&self, node: std::net::SocketAddr) -> Self {
        Self {
            user: self.user.clone(),
            at: node,
            cookie: self.cookie.clone(),
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        get(self.at, path, &[&self.cookie]).await
    }

    /// Sends a form as our own page would: with the token of the session.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let csrf = self.csrf().await;
        let all = [("csrf", csrf.as_str())]
            .into_iter()
            .chain(fields.iter().copied());
        self.post_raw(path, &form(all)).await
    }

    /// Sends a body from our own origin, without the token.
    pub async fn post_raw(&self, path: &str, body: &str) -> Reply {
        let headers = [self.cookie.as_str(), "Sec-Fetch-Site: same-origin"];
        post(self.at, path, &headers, body).await
    }

    /// The same session with the token that an answer gave it.
    #[must_use]
    pub fn renewed(&self, reply: &Reply) -> Self {
        let set = reply.header("set-cookie");
        let set = set.unwrap_or_else(|| panic!("no token: {} {}", reply.status, reply.body));
        Self {
            cookie: format!("Cookie: {}", set.split(';').next().unwrap_or_default()),
            ..self.at(self.at)
        }
    }

    /// The token that the forms of this session carry.
    pub async fn csrf(&self) -> String {
        let page = self.get("/newsroom").await;
        let (_, after) = page
            .body
            .split_once(r#"name="csrf" value=""#)
            .expect("a page with a form");
        after.split('"').next().unwrap_or_default().to_owned()
    }
}
