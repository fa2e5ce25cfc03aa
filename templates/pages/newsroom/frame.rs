//! The frame of every page of the newsroom: navigation, head, main part; and that of the pages on the
//! way in.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use maud::{DOCTYPE, Markup, html};

use crate::layout::{demo_notice, head, languages, skip_link};
use crate::link;
use crate::locale::Locale;
use crate::site::Site;

/// The name of the form field with the session's token.
pub const CSRF_FIELD: &str = "csrf";

/// What every page of the newsroom has.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The installation, in the user's language.
    pub site: Site,
    /// Who is logged in.
    pub user: String,
    /// What this user is, in words, e.g. “Redaktion, Freigabe”.
    pub roles: String,
    /// The areas this user may open.
    pub areas: Vec<AreaLink>,
    /// The area of this page.
    pub area: Area,
    /// The token for forms.
    pub csrf: String,
    /// When the session ends if nothing is done, in local time.
    pub idle_at: NaiveDateTime,
    /// The same in seconds from now, for the script.
    pub idle_in: u64,
    /// Whether it ends then whatever is done.
    pub ends_for_good: bool,
    /// Where each script is: name → URL.
    pub scripts: BTreeMap<&'static str, String>,
    /// The account page.
    pub account_url: String,
    /// Where the form for logging out posts to.
    pub log_out_url: String,
}

/// An area of the newsroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// What needs somebody now.
    Start,
    /// News and events.
    Entries,
    /// The issues of newsletters.
    Issues,
    /// What goes out when.
    Calendar,
    /// Newsletters: their schedules and settings.
    Newsletters,
    /// Users.
    Users,
    /// The audit log.
    Audit,
    /// One's own account.
    Account,
}

impl Area {
    /// The key of its name.
    const fn key(self) -> &'static str {
        match self {
            Self::Start => "newsroom-area-start",
            Self::Entries => "newsroom-area-entries",
            Self::Issues => "newsroom-area-issues",
            Self::Calendar => "newsroom-area-calendar",
            Self::Newsletters => "newsroom-area-newsletters",
            Self::Users => "newsroom-area-users",
            Self::Audit => "newsroom-area-audit",
            Self::Account => "newsroom-account",
        }
    }

    /// Whether it belongs to running the installation, not to the daily work.
    const fn is_administration(self) -> bool {
        matches!(self, Self::Newsletters | Self::Users | Self::Audit)
    }
}

/// An area in the navigation.
#[derive(Debug, Clone)]
pub struct AreaLink {
    /// Which one.
    pub area: Area,
    /// Where it is.
    pub url: String,
    /// How many things wait there for this user.
    pub waiting: u32,
}

/// What one page says of itself.
#[derive(Debug)]
pub struct DeskPage {
    /// The heading; the document's title is made of it.
    pub title: String,
    /// The way to this page: URL and name of each page above it.
    pub crumbs: Vec<(String, String)>,
    /// The state beside the heading: a badge.
    pub state: Markup,
    /// The one or two things to do next, beside the heading: links and forms.
    pub actions: Markup,
    /// A line below the heading.
    pub sub: Markup,
    /// Tabs below that.
    pub tabs: Markup,
    /// What was just done, as a sentence.
    pub done: Option<String>,
    /// What comes next, after that sentence: URL and name.
    pub done_link: Option<(String, String)>,
    /// Whether something has to be corrected.
    pub has_errors: bool,
    /// The names of the scripts this page loads.
    pub scripts: &'static [&'static str],
    /// After how many seconds the page is fetched anew where there is no script.
    pub refresh: Option<u32>,
}

impl DeskPage {
    /// A page with this heading.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            crumbs: Vec::new(),
            state: html! {},
            actions: html! {},
            sub: html! {},
            tabs: html! {},
            done: None,
            done_link: None,
            has_errors: false,
            scripts: &[],
            refresh: None,
        }
    }
}

impl Desk {
    /// An invented newsroom, for previews and tests.
    pub fn sample(locale: Locale) -> Self {
        let mut site = Site::sample(locale);
        site.here = Some(format!("/newsroom?lang={}", locale.code()));
        site.stylesheets = vec![format!(
            "../assets/{}",
            crate::assets::newsroom_stylesheet(None).name
        )];
        let link = |area: Area, path: &str, waiting| AreaLink {
            area,
            url: path.to_owned(),
            waiting,
        };
        let idle_at = chrono::NaiveDate::from_ymd_opt(2026, 11, 25)
            .and_then(|day| day.and_hms_opt(16, 5, 0))
            .unwrap_or_default();
        Self {
            site,
            user: "Erika Beispiel".into(),
            roles: locale.say("newsroom-role-approver"),
            areas: vec![
                link(Area::Start, "/newsroom", 0),
                link(Area::Entries, "/newsroom/entries", 3),
                link(Area::Issues, "/newsroom/issues", 1),
                link(Area::Calendar, "/newsroom/calendar", 0),
                link(Area::Newsletters, "/newsroom/newsletters", 0),
                link(Area::Users, "/newsroom/users", 0),
                link(Area::Audit, "/newsroom/audit", 0),
            ],
            area: Area::Start,
            csrf: "c2FtcGxlIHRva2Vu".into(),
            idle_at,
            idle_in: 3600,
            ends_for_good: false,
            scripts: crate::assets::script_names()
                .map(|name| (name, format!("/assets/{name}-0.js")))
                .collect(),
            account_url: "/newsroom/account".into(),
            log_out_url: "/newsroom/logout".into(),
        }
    }

    /// The same newsroom at a page of this area.
    #[must_use]
    pub fn in_area(mut self, area: Area) -> Self {
        self.area = area;
        self
    }
}

/// The whole document of a page.
pub(crate) fn frame(desk: &Desk, page: &DeskPage, body: &Markup) -> Markup {
    let t = desk.site.locale;
    let title = if page.has_errors {
        t.fill("title-with-error", [("title", page.title.as_str().into())])
    } else {
        page.title.clone()
    };
    let extra = html! {
        @if let Some(seconds) = page.refresh { noscript { meta http-equiv="refresh" content=(seconds); } }
        @for name in ["session"].iter().chain(page.scripts) {
            @if let Some(src) = desk.scripts.get(name) { script type="module" src=(src) {} }
        }
    };
    html! {
        (DOCTYPE)
        html lang=(t.code()) {
            (head(&desk.site, &format!("{title} – {}", t.say("newsroom-name")), &extra))
            body class="desk" data-idle-in=(desk.idle_in) {
                (skip_link(t))
                (side(desk))
                div class="page" {
                    (demo_notice(&desk.site, None))
                    main id="content" tabindex="-1" {
                        (page_head(desk, page))
                        (body)
                    }
                    (foot(desk))
                }
            }
        }
    }
}

/// A document on the way in: for those who are not logged in yet.
pub(crate) fn door(site: &Site, title: &str, has_errors: bool, body: &Markup) -> Markup {
    let t = site.locale;
    let whole = if has_errors {
        t.fill("title-with-error", [("title", title.into())])
    } else {
        title.to_owned()
    };
    html! {
        (DOCTYPE)
        html lang=(t.code()) {
            (head(site, &format!("{whole} – {}", t.say("newsroom-name")), &html! {}))
            body class="door" {
                (skip_link(t))
                header { (brand(site, &site.links.home)) (languages(site, Locale::code)) }
                (demo_notice(site, None))
                main id="content" tabindex="-1" {
                    h1 { (title) }
                    (body)
                }
                footer { (legal_links(site)) }
            }
        }
    }
}

/// A form that posts to `action`, with the session's token.
pub(crate) fn post_form(desk: &Desk, action: &str, body: &Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            (csrf_field(desk))
            (body)
        }
    }
}

/// The field with the session's token; [`post_form`] writes it too.
pub(crate) fn csrf_field(desk: &Desk) -> Markup {
    html! { input type="hidden" name=(CSRF_FIELD) value=(desk.csrf); }
}

fn side(desk: &Desk) -> Markup {
    let t = desk.site.locale;
    let (administration, daily): (Vec<_>, Vec<_>) = desk
        .areas
        .iter()
        .partition(|link| link.area.is_administration());
    html! {
        header class="side" {
            (brand(&desk.site, "/newsroom"))
            nav class="areas" aria-label=(t.say("newsroom-navigation")) {
                ul { @for link in daily { (area(desk, link)) } }
                @if !administration.is_empty() {
                    ul class="group" { @for link in administration { (area(desk, link)) } }
                }
            }
            div class="who" {
                p { b { (desk.user) } span class="muted" { (desk.roles) } }
                p { a href=(desk.account_url) aria-current=[(desk.area == Area::Account).then_some("page")] { (t.say("newsroom-account")) } }
                (post_form(desk, &desk.log_out_url, &html! { button class="plain" { (t.say("newsroom-log-out")) } }))
                (languages(&desk.site, Locale::code))
            }
        }
    }
}

fn area(desk: &Desk, link: &AreaLink) -> Markup {
    let t = desk.site.locale;
    html! {
        li {
            a href=(link.url) aria-current=[(link.area == desk.area).then_some("true")] {
                (t.say(link.area.key()))
                @if link.waiting > 0 {
                    span class="count" {
                        span class="hidden" { ", " (t.say("newsroom-waiting")) " " }
                        (link.waiting)
                    }
                }
            }
        }
    }
}

fn page_head(desk: &Desk, page: &DeskPage) -> Markup {
    let t = desk.site.locale;
    html! {
        div class="head" {
            @if !page.crumbs.is_empty() {
                nav class="crumbs" aria-label=(t.say("newsroom-crumbs")) {
                    ol { @for (url, name) in &page.crumbs { li { a href=(url) { (name) } } } }
                }
            }
            div class="title" {
                h1 { (page.title) }
                (page.state)
                div class="do" { (page.actions) }
            }
            div class="sub" { (page.sub) }
            (page.tabs)
        }
        @if let Some(done) = &page.done {
            div class="alert success" role="status" {
                p { (done) @if let Some((url, name)) = &page.done_link { " " a href=(url) { (name) } } }
            }
        }
    }
}

fn foot(desk: &Desk) -> Markup {
    let t = desk.site.locale;
    let time = desk.idle_at.format("%H:%M").to_string();
    let ends = t.fill("newsroom-session-ends", [("time", time.as_str().into())]);
    html! {
        footer {
            p id="session" class="muted" data-warning=(t.say("newsroom-session-warning")) data-keep=(t.say("newsroom-session-keep"))
                data-ends=[desk.ends_for_good.then_some(&ends)] {
                @if desk.ends_for_good { (ends) } @else { (t.fill("newsroom-session-until", [("time", time.as_str().into())])) }
            }
            (legal_links(&desk.site))
        }
    }
}

fn legal_links(site: &Site) -> Markup {
    let t = site.locale;
    let links = [
        ("footer-imprint", &site.links.imprint),
        ("footer-privacy", &site.links.privacy),
        ("footer-accessibility", &site.links.accessibility),
    ];
    html! {
        ul class="legal" {
            @for (key, href) in links {
                @if let Some(href) = link::on_page(href) { li { a href=(href) { (t.say(key)) } } }
            }
        }
    }
}

fn brand(site: &Site, home: &str) -> Markup {
    html! {
        a class="brand" href=(home) {
            @if let Some(logo) = site.logo.as_deref().and_then(link::on_page) {
                img src=(logo) alt="" height="32";
            }
            span { b { (site.organisation) } span { (site.locale.say("newsroom-name")) } }
        }
    }
}
