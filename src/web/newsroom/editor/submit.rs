//! Sending the editor's form: saving, keeping as a draft, looking at it.
//!
//! Whatever happens, the text is not lost: a form that cannot be saved comes back with it.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::newsroom::editor::{
    Conflict, EditorView, Problem, Trouble, others as others_piece, page,
};
use templates::pages::newsroom::frame::{Area, Desk};

use super::content::{content, says_nothing_new};
use super::event;
use super::fields::Fields;
use super::opened::Opened;
use super::preview::previews;
use super::view::{others, plain, uncounted, view};
use super::{NEW, edit_path, show};
use crate::app;
use crate::app::entries::{self, EntryError, Saved, Written};
use crate::digest;
use crate::domain::entry::{EntryContent, EntryState, EventTime};
use crate::store::{self, entry_version};
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// How often a text is merged with what others save in the same moment.
const ROUNDS: u32 = 3;

pub(super) async fn new(
    State(state): State<WebState>,
    staff: Staff,
    RawQuery(query): RawQuery,
    form: StaffForm,
) -> Result<Response, Failure> {
    let kind = show::kind(&show::parse(query.as_deref())?)?;
    let uuid = read_uuid(form.one("uuid")?)?;
    // A form that is sent twice, or from two tabs, writes one entry.
    let opened = match Opened::known(&state, &staff, &uuid).await {
        Err(Failure::NotFound) => Opened::new(&state, &staff, kind, uuid).await?,
        opened => opened?,
    };
    take(&state, &staff, opened, &form).await
}

pub(super) async fn edit(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    form: StaffForm,
) -> Result<Response, Failure> {
    let opened = Opened::known(&state, &staff, &uuid).await?;
    take(&state, &staff, opened, &form).await
}

/// The name that a new entry is to have: one that we made, for the form comes from our page.
fn read_uuid(text: &str) -> Result<String, Failure> {
    let uuid = uuid::Uuid::try_parse(text).map_err(|_| Failure::Unprocessable)?;
    if uuid.get_version_num() == 7 && uuid.to_string() == text {
        Ok(text.to_owned())
    } else {
        Err(Failure::Unprocessable)
    }
}

/// A form on its way.
struct Sent<'a> {
    state: &'a WebState,
    staff: &'a Staff,
    /// Loaded before anything is written, so that the form can be shown whatever happens.
    desk: Desk,
    base: Option<i64>,
    merged: bool,
    /// How many entries somebody said they want of an event that is repeated.
    confirmed: usize,
    publish: bool,
    hand_in: bool,
}

async fn take(
    state: &WebState,
    staff: &Staff,
    opened: Opened,
    form: &StaffForm,
) -> Result<Response, Failure> {
    let fields = Fields::read(form)?;
    let base = match form.one("base")? {
        "" => None,
        number => Some(number.parse().map_err(|_| Failure::Unprocessable)?),
    };
    let what = form.one("do")?;
    if what == "drop" {
        return drop_draft(state, staff, &opened, form.one("uuid")?).await;
    }
    let desk = desk(state, staff, Area::Entries).await?;
    let sent = Sent {
        state,
        staff,
        desk,
        base,
        merged: form.one("merged")? == "1",
        confirmed: form.one("confirmed")?.parse().unwrap_or(0),
        publish: what == "publish",
        hand_in: what == "hand-in",
    };
    match what {
        "keep" => {
            let kept = sent.keep_draft(&opened, &fields).await;
            kept.map_err(failure)?;
            sent.others(&opened).await
        }
        // The script says so when it begins, because opening a page changes nothing.
        "here" => {
            sent.note_open(&opened).await.map_err(failure)?;
            sent.others(&opened).await
        }
        // The script shows the text again with every pause in writing, and asks for its audience apart.
        "preview" | "look" => {
            let mut view = if what == "look" {
                uncounted(state, staff, &opened, &fields).await?
            } else {
                sent.keep_unsaved(&opened, &fields).await;
                view(state, staff, &opened, &fields).await?
            };
            view.previews = previews(state, staff, &opened, &fields).await?;
            Ok(sent.form(StatusCode::OK, view))
        }
        _ => sent.save(opened, fields).await,
    }
}

async fn drop_draft(
    state: &WebState,
    staff: &Staff,
    opened: &Opened,
    uuid: &str,
) -> Result<Response, Failure> {
    let dropped = entries::drop_draft(&state.app, &staff.actor(), uuid).await;
    dropped.map_err(failure)?;
    let done = ("done", "dropped");
    let back = match &opened.entry {
        Some(_) => staff.reader.link(&edit_path(&opened.uuid), [done]),
        None => staff
            .reader
            .link(NEW, [("kind", opened.kind.as_str()), done]),
    };
    Ok(see_other(back))
}

impl Sent<'_> {
    /// The form with what was sent, the version it was read from included.
    fn form(&self, status: StatusCode, mut view: EditorView) -> Response {
        if view.conflicts.is_empty() {
            view.base = self.base;
            view.is_merged = self.merged;
        }
        (status, page(&self.desk, &view)).into_response()
    }

    /// For the script: who else has it open.
    async fn others(&self, opened: &Opened) -> Result<Response, Failure> {
        let names = others(self.state, self.staff, opened).await?;
        if names.is_empty() {
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        Ok(others_piece(self.staff.locale(), &names).into_response())
    }

    async fn note_open(&self, opened: &Opened) -> Result<(), EntryError> {
        let (Some(_), Some(latest)) = (&opened.entry, opened.latest) else {
            return Ok(());
        };
        let base = self.base.unwrap_or(latest);
        entries::note_open(&self.state.app, &self.staff.actor(), &opened.uuid, base).await
    }

    /// Keeps what comes back in the form, for whoever leaves the page then. It is there in any case.
    async fn keep_unsaved(&self, opened: &Opened, fields: &Fields) {
        if let Err(error) = self.keep_draft(opened, fields).await {
            tracing::error!(%error, "a draft could not be kept");
        }
    }

    async fn keep_draft(&self, opened: &Opened, fields: &Fields) -> Result<(), EntryError> {
        // Also what arrives after it was saved: a browser sends it when the page is left.
        if says_nothing_new(fields, opened.with()) {
            let (app, actor) = (&self.state.app, self.staff.actor());
            entries::drop_draft(app, &actor, &opened.uuid).await?;
            return self.note_open(opened).await;
        }
        let Ok(json) = serde_json::to_string(fields) else {
            return Ok(());
        };
        let draft = (opened.uuid.as_str(), self.base);
        entries::keep_draft(&self.state.app, &self.staff.actor(), draft, json).await
    }

    async fn save(&self, mut opened: Opened, mut fields: Fields) -> Result<Response, Failure> {
        let (mut base, mut merged, mut done) = (self.base, self.merged, None);
        for _ in 0..ROUNDS {
            let (content, problems) = content(&fields, opened.with());
            if !problems.is_empty() {
                self.keep_unsaved(&opened, &fields).await;
                let mut view = view(self.state, self.staff, &opened, &fields).await?;
                view.problems = problems;
                return Ok(self.form(StatusCode::UNPROCESSABLE_ENTITY, view));
            }
            let further = match self.further(&opened, &content, &fields) {
                Ok(further) => further,
                Err(problem) => {
                    self.keep_unsaved(&opened, &fields).await;
                    let mut view = view(self.state, self.staff, &opened, &fields).await?;
                    view.problems = vec![problem];
                    return Ok(self.form(StatusCode::UNPROCESSABLE_ENTITY, view));
                }
            };
            if !further.is_empty() && self.confirmed != further.len() + 1 {
                self.keep_unsaved(&opened, &fields).await;
                let mut view = view(self.state, self.staff, &opened, &fields).await?;
                view.series = dates(self.staff, &content, &further);
                return Ok(self.form(StatusCode::OK, view));
            }
            let sent = (content, further);
            let saved = self.write(&opened, sent, &fields, (base, merged)).await;
            let latest = match saved {
                Ok(Saved::As(_)) => return Ok(self.done(&opened, done.unwrap_or(self.done_as()))),
                Ok(Saved::Unchanged) => return Ok(self.done(&opened, "unchanged")),
                Ok(Saved::MovedOn(latest)) => latest,
                Err(error) => return self.refused(&opened, &fields, error),
            };
            // Somebody else has saved since: what both say, where that can be said.
            let was = opened.uuid.clone();
            opened = Opened::known(self.state, self.staff, &was).await?;
            let mine = fields.without_marks();
            let theirs = opened.content().map(|now| Fields::of(now, &opened.topics));
            let theirs = theirs.unwrap_or_default();
            let began = self.began_with(&opened, base).await?;
            let (both, conflicts) = Fields::merge(&began, &mine, &theirs);
            if !conflicts.is_empty() {
                let sides = (&mine, &theirs);
                return self.ask(&opened, latest, &both, conflicts, sides).await;
            }
            (fields, base, merged, done) = (both, Some(latest), true, Some("merged"));
        }
        let view = plain(self.state, self.staff, &opened, &fields);
        Ok(self.form(
            StatusCode::SERVICE_UNAVAILABLE,
            EditorView {
                trouble: Some(Trouble::NotSaved),
                ..view
            },
        ))
    }

    async fn write(
        &self,
        opened: &Opened,
        (content, further): (EntryContent, Vec<EventTime>),
        fields: &Fields,
        (base, merged): (Option<i64>, bool),
    ) -> Result<Saved, EntryError> {
        let state = if self.publish {
            Some(EntryState::Published)
        } else if self.hand_in {
            Some(EntryState::Submitted)
        } else {
            None
        };
        let written = Written {
            uuid: &opened.uuid,
            base,
            content,
            reviewed: fields.reviewed(),
            further,
            state,
            merged,
        };
        entries::save(&self.state.app, &self.staff.actor(), written).await
    }

    /// The further times of a new event that is repeated.
    #[expect(clippy::unused_self, reason = "a step of saving, like its neighbours")]
    fn further(
        &self,
        opened: &Opened,
        content: &EntryContent,
        fields: &Fields,
    ) -> Result<Vec<EventTime>, (String, Problem)> {
        let first = content.when.as_ref().filter(|_| opened.entry.is_none());
        let Some(first) = first else {
            return Ok(Vec::new());
        };
        event::series(fields, first).map_err(|(name, problem)| (name.to_owned(), problem))
    }

    const fn done_as(&self) -> &'static str {
        if self.publish {
            "published"
        } else if self.hand_in {
            "handed-in"
        } else {
            "saved"
        }
    }

    fn done(&self, opened: &Opened, done: &str) -> Response {
        let path = edit_path(&opened.uuid);
        see_other(self.staff.reader.link(&path, [("done", done)]))
    }

    /// The form that could not be saved.
    fn refused(
        &self,
        opened: &Opened,
        fields: &Fields,
        error: EntryError,
    ) -> Result<Response, Failure> {
        let (status, trouble) = match error {
            EntryError::State { .. } => (StatusCode::CONFLICT, Trouble::State),
            EntryError::Operation(app::Error::Store(error)) => {
                tracing::error!(%error, "an entry could not be saved");
                (StatusCode::SERVICE_UNAVAILABLE, Trouble::NotSaved)
            }
            error => return Err(failure(error)),
        };
        let mut view = plain(self.state, self.staff, opened, fields);
        view.trouble = Some(trouble);
        Ok(self.form(status, view))
    }

    /// What the fields were when this form was opened.
    async fn began_with(&self, opened: &Opened, base: Option<i64>) -> Result<Fields, Failure> {
        let (Some(entry), Some(base)) = (&opened.entry, base) else {
            return Ok(Fields::default());
        };
        let mut conn = self.state.app.read().await?;
        let content = entries::version(&mut conn, entry, base).await?;
        Ok(content.map_or_else(Fields::default, |content| {
            Fields::of(&content, &opened.topics)
        }))
    }

    /// Shows both texts, and a proposal in the form. Nothing of this one's text is lost meanwhile.
    async fn ask(
        &self,
        opened: &Opened,
        latest: i64,
        both: &Fields,
        conflicts: Vec<String>,
        (mine, theirs): (&Fields, &Fields),
    ) -> Result<Response, Failure> {
        self.keep_draft(opened, mine).await.map_err(failure)?;
        let mut view = view(self.state, self.staff, opened, both).await?;
        view.base = Some(latest);
        view.is_merged = true;
        view.trouble = Some(Trouble::MovedOn(self.who(opened, latest).await?));
        let conflicts = conflicts.into_iter().map(|field| Conflict {
            theirs: theirs.get(&field).to_owned(),
            mine: mine.get(&field).to_owned(),
            field,
        });
        view.conflicts = conflicts.collect();
        Ok(self.form(StatusCode::CONFLICT, view))
    }

    /// The name of who wrote a version; empty where it was no user.
    async fn who(&self, opened: &Opened, version: i64) -> Result<String, Failure> {
        let Some(entry) = &opened.entry else {
            return Ok(String::new());
        };
        let mut conn = self.state.app.read().await?;
        let version = entry_version::get(&mut conn, entry.id, version).await?;
        let mut names = store::staff::names(&mut conn).await?;
        let name = version.and_then(|version| names.remove(&version.actor_name));
        Ok(name.unwrap_or_default())
    }
}

/// All times of an event that is repeated, in words.
fn dates(staff: &Staff, content: &EntryContent, further: &[EventTime]) -> Vec<String> {
    let first = content.when.iter();
    let words = |time: &EventTime| digest::when(time).words(staff.locale());
    first.chain(further).map(words).collect()
}

fn failure(error: EntryError) -> Failure {
    match error {
        EntryError::Unknown { .. } => Failure::NotFound,
        EntryError::Operation(error) => error.into(),
        _ => Failure::Unprocessable,
    }
}
