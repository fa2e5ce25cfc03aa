//! The way into the newsroom of a demonstration: its users, one click away.

use maud::{Markup, html};

use super::frame::door;
use crate::locale::Locale;
use crate::sample::{Sample, pick};
use crate::site::Site;

/// The users of a demonstration.
#[derive(Debug, Clone)]
pub struct DemoDoorView {
    /// Where the forms post to.
    pub action: String,
    /// The users.
    pub users: Vec<DemoUser>,
}

/// A user of a demonstration.
#[derive(Debug, Clone)]
pub struct DemoUser {
    /// The value of the field `user`.
    pub value: String,
    /// The name.
    pub name: String,
    /// What this user is, in words.
    pub roles: String,
    /// Whether this user writes: then the page says what to try.
    pub writes: bool,
    /// Whether this user approves.
    pub approves: bool,
}

/// Renders the page.
pub fn page(site: &Site, view: &DemoDoorView) -> Markup {
    let t = site.locale;
    let body = html! {
        p class="lead" { (t.say("newsroom-demo-lead")) }
        ul class="rows" {
            @for user in &view.users {
                li {
                    h2 { (user.name) }
                    p class="muted" { (user.roles) }
                    @if user.writes { p { (t.say("newsroom-demo-editor")) } }
                    @if user.approves { p { (t.say("newsroom-demo-approver")) } }
                    form method="post" action=(view.action) {
                        input type="hidden" name="user" value=(user.value);
                        p { button type="submit" { (t.fill("newsroom-demo-enter", [("name", user.name.as_str().into())])) } }
                    }
                }
            }
        }
    };
    door(site, &t.say("newsroom-demo-title"), false, &body)
}

impl Sample for DemoDoorView {
    fn samples(t: Locale) -> Vec<(&'static str, Self)> {
        let user = |name: &str, role, writes, approves| DemoUser {
            value: name.to_lowercase(),
            name: name.to_owned(),
            roles: pick(t, role),
            writes,
            approves,
        };
        let editor = ["Redaktion", "Editor", "Rédaction", "Redactie"];
        let approver = ["Freigabe", "Approver", "Validation", "Vrijgave"];
        let usual = Self {
            action: "/newsroom/demo".into(),
            users: vec![
                user("Jana Kern", editor, true, false),
                user("Erika Beispiel", approver, false, true),
            ],
        };
        vec![("usual", usual)]
    }
}
