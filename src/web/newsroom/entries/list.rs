//! The list of entries: `/newsroom/entries`.

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;
use templates::pages::newsroom::entries::list::{
    Choice, EntryLine, EntryListView, FilterForm, KeptFilters, ListDone, ListWork, StateTab,
    WrongName, page,
};
use templates::pages::newsroom::entries::words as view_words;
use templates::pages::newsroom::frame::Area;
use url::form_urlencoded;

use super::filter::Query;
use super::{LIST, path_of, words};
use crate::digest::when;
use crate::domain::entry::{EntryKind, EntryState, Origin};
use crate::domain::topic::Topic;
use crate::domain::user::Right;
use crate::store::entry::{DeskRow, count_by_state, desk as listed};
use crate::store::organisation::Organisation;
use crate::store::{self, Connection};
use crate::web::kind::kind;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

/// Entries on a page.
const PAGE: i64 = 50;

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    uri: Uri,
) -> Result<Markup, Failure> {
    let query = Query::of(&uri);
    render(&state, &staff, &query, done(&uri), None).await
}

/// The page; with what was done before, and what is wrong with the name of a filter to be kept.
pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    query: &Query,
    done: Option<ListDone>,
    wrong: Option<WrongName>,
) -> Result<Markup, Failure> {
    let frame = desk(state, staff, Area::Entries).await?;
    let mut conn = state.app.read().await?;
    let topics = store::topic::list(&mut conn).await?;
    let organisations = store::organisation::list(&mut conn).await?;
    let filter = query.filter(&topics, &organisations, state.app.config.newsroom.zone);
    let counts = count_by_state(&mut conn, &filter).await?;
    let all: i64 = counts.values().sum();
    let total = query
        .state
        .map_or(all, |state| counts.get(&state).copied().unwrap_or(0));
    let last = (total + PAGE - 1) / PAGE;
    let number = query.page.clamp(1, last.max(1));
    let rows = listed(&mut conn, &filter, ((number - 1) * PAGE, PAGE)).await?;
    let shown = Shown {
        state,
        staff,
        query,
    };
    let turn = |to: i64| query.link(&staff.reader, &[("page", &to.to_string())]);
    let view = EntryListView {
        filter: shown.form(&topics, &organisations),
        states: shown.tabs(&counts, all),
        proposals: shown.proposals(&mut conn).await?,
        total,
        lines: rows.iter().map(|row| shown.line(row, &topics)).collect(),
        pages: (
            (number > 1).then(|| turn(number - 1)),
            (number < last).then(|| turn(number + 1)),
        ),
        work: shown.work(),
        kept: shown.kept(&mut conn, wrong).await?,
        done,
        now: words::local(state, state.app.clock.now()),
    };
    Ok(page(&frame, &view))
}

/// What `?done=` says was done.
fn done(uri: &Uri) -> Option<ListDone> {
    let query = uri.query().unwrap_or_default().as_bytes();
    let value = |name: &str| {
        let mut pairs = form_urlencoded::parse(query);
        pairs.find(|(own, _)| own == name).map(|(_, value)| value)
    };
    let count = value("n").and_then(|text| text.parse().ok()).unwrap_or(1);
    match value("done")?.as_ref() {
        "publish" => Some(ListDone::Published(count)),
        "withdraw" => Some(ListDone::Withdrawn(count)),
        "keep" => Some(ListDone::Kept),
        "forget" => Some(ListDone::Forgotten),
        _ => None,
    }
}

struct Shown<'a> {
    state: &'a WebState,
    staff: &'a Staff,
    query: &'a Query,
}

impl Shown<'_> {
    fn form(&self, topics: &[Topic], organisations: &[Organisation]) -> FilterForm {
        let query = self.query;
        let t = self.staff.locale();
        let choice = |value: &str, name: String, chosen: bool| Choice {
            value: value.to_owned(),
            name,
            chosen,
        };
        let kinds = EntryKind::ALL.iter().map(|one| {
            let name = view_words::kind(t, kind(*one));
            choice(one.as_str(), name, query.kind == Some(*one))
        });
        let origins = Origin::ALL.iter().map(|origin| {
            let name = view_words::origin(t, words::origin(*origin));
            choice(origin.as_str(), name, query.origin == Some(*origin))
        });
        let topics = topics.iter().map(|topic| {
            let name = topic.name(self.staff.language).to_owned();
            choice(&topic.key, name, query.topic == topic.key)
        });
        let organisations = organisations
            .iter()
            .map(|one| choice(&one.uuid, one.name.clone(), query.organisation == one.uuid));
        FilterForm {
            action: LIST.to_owned(),
            lang: lang(self.staff),
            words: query.words.clone(),
            state: query.state.map_or("", EntryState::as_str).to_owned(),
            kinds: kinds.collect(),
            topics: topics.collect(),
            organisations: organisations.collect(),
            origins: origins.collect(),
            from: query.from.clone(),
            until: query.until.clone(),
            wrong: query.wrong_days(),
            all: (!query.text().is_empty()).then(|| self.staff.reader.path(LIST)),
        }
    }

    /// Every state in which there is something, and those that everybody looks for.
    fn tabs(
        &self,
        counts: &std::collections::BTreeMap<EntryState, i64>,
        all: i64,
    ) -> Vec<StateTab> {
        use EntryState::{Approved, Cancelled, Draft, Published, Rejected, Submitted, Withdrawn};
        const ALWAYS: [EntryState; 3] = [Submitted, Draft, Published];
        let tab = |state: Option<EntryState>, count| StateTab {
            state: state.map(words::state),
            url: self.query.in_state(state).link(&self.staff.reader, &[]),
            count,
            current: self.query.state == state,
        };
        let order = [
            Submitted, Draft, Approved, Published, Rejected, Withdrawn, Cancelled,
        ];
        let states = order.into_iter().filter_map(|state| {
            let count = counts.get(&state).copied().unwrap_or(0);
            let shown = count > 0 || ALWAYS.contains(&state) || self.query.state == Some(state);
            shown.then(|| tab(Some(state), count))
        });
        std::iter::once(tab(None, all)).chain(states).collect()
    }

    async fn proposals(&self, conn: &mut impl Connection) -> Result<(u32, String), Failure> {
        let open = store::proposal::count_open(conn).await?;
        let url = self.staff.reader.path("/newsroom/entries/proposals");
        Ok((u32::try_from(open).unwrap_or(u32::MAX), url))
    }

    fn line(&self, row: &DeskRow, topics: &[Topic]) -> EntryLine {
        let link = |path: &str| self.staff.reader.path(path);
        let path = path_of(&row.uuid);
        let topics = topics.iter().filter(|topic| row.topics.contains(topic.bit));
        let is_own = row.original.split('-').next() == Some(self.staff.language.as_str());
        EntryLine {
            uuid: row.uuid.clone(),
            url: link(&path),
            title: row.title.clone(),
            lang: (!is_own).then(|| row.original.clone()),
            kind: kind(row.kind),
            state: words::state(row.state),
            organisation: row.organisation.clone(),
            topics: topics
                .map(|topic| topic.name(self.staff.language).to_owned())
                .collect(),
            when: row.when.as_ref().map(when),
            place: row.place.clone(),
            languages: row.languages,
            pinned: row.pinned,
            proposal: row.proposed.then(|| link(&format!("{path}/proposal"))),
            changed: words::local(self.state, row.updated_at),
        }
    }

    fn work(&self) -> Option<ListWork> {
        let new = |kind| {
            self.staff
                .reader
                .link("/newsroom/entries/new", [("kind", kind)])
        };
        self.staff.may(Right::Write).then(|| ListWork {
            news: new("news"),
            event: new("event"),
            ask: "/newsroom/entries/bulk".to_owned(),
            back: self.query.text(),
        })
    }

    async fn kept(
        &self,
        conn: &mut impl Connection,
        wrong: Option<WrongName>,
    ) -> Result<KeptFilters, Failure> {
        let kept = store::kept_filter::of(conn, self.staff.user.id).await?;
        let filters = kept.into_iter().map(|one| {
            let url = Query::parse(&one.query).link(&self.staff.reader, &[]);
            (one.name, url)
        });
        Ok(KeptFilters {
            filters: filters.collect(),
            action: "/newsroom/entries/filters".to_owned(),
            query: self.query.text(),
            wrong,
        })
    }
}

/// The language of the page where the link chose it.
pub(super) fn lang(staff: &Staff) -> Option<String> {
    let chosen = staff.reader.chosen();
    chosen.map(|language| language.as_str().to_owned())
}
