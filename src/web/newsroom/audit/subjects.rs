//! What lines of the log are about: by the names that people know, with links to their pages.

use std::collections::BTreeMap;

use templates::pages::newsroom::audit::SubjectView;

use crate::app::audit::Line;
use crate::store::{self, Connection, StoreError};
use crate::web::newsroom::{Staff, issues, users};

/// Names of what lines are about. Each is looked up once for a page of the list.
pub(super) struct Subjects<'a> {
    staff: &'a Staff,
    users: &'a BTreeMap<String, String>,
    /// The name of each newsletter by its key.
    newsletters: BTreeMap<String, String>,
    /// The title of each entry by its UUID; none where it is gone.
    entries: BTreeMap<String, Option<String>>,
}

impl<'a> Subjects<'a> {
    pub(super) async fn new(
        conn: &mut impl Connection,
        staff: &'a Staff,
        users: &'a BTreeMap<String, String>,
    ) -> Result<Self, StoreError> {
        let newsletters = store::newsletter::list(conn).await?;
        let named = newsletters.into_iter().map(|one| {
            let name = one.settings.text(staff.language).name.clone();
            (one.settings.key, name)
        });
        Ok(Self {
            staff,
            users,
            newsletters: named.collect(),
            entries: BTreeMap::new(),
        })
    }

    /// The subject of a line. What has no page, or is gone, stays as the log says.
    pub(super) async fn view(
        &mut self,
        conn: &mut impl Connection,
        line: &Line,
    ) -> Result<SubjectView, StoreError> {
        let id = line.subject_id.as_str();
        let (name, path) = match line.subject.as_str() {
            "user" => {
                let name = self.users.get(id).cloned();
                (name, format!("{}/{id}", users::LIST))
            }
            "issue" => (self.issue(id), format!("{}/{id}", issues::LIST)),
            "newsletter" => {
                let name = self.newsletters.get(id).cloned();
                (name, format!("/newsroom/newsletters/{id}/schedule"))
            }
            "entry" => {
                let title = self.title(conn, id).await?;
                (title, format!("/newsroom/entries/{id}"))
            }
            _ => (None, String::new()),
        };
        let url = name.is_some().then(|| self.staff.reader.path(&path));
        Ok(SubjectView {
            kind: line.subject.clone(),
            name: name.unwrap_or_else(|| id.to_owned()),
            url,
        })
    }

    /// “Region aktuell 14” for `region/14`.
    fn issue(&self, id: &str) -> Option<String> {
        let (key, number) = id.split_once('/')?;
        let name = self.newsletters.get(key)?;
        Some(format!("{name} {number}"))
    }

    /// The title of an entry.
    pub(super) async fn title(
        &mut self,
        conn: &mut impl Connection,
        id: &str,
    ) -> Result<Option<String>, StoreError> {
        if let Some(title) = self.entries.get(id) {
            return Ok(title.clone());
        }
        let entry = store::entry::by_name(conn, id).await?;
        let title = entry.and_then(|entry| {
            let texts = &entry.content.texts;
            let text = texts.get(&entry.content.original);
            Some(text.or_else(|| texts.values().next())?.title.clone())
        });
        self.entries.insert(id.to_owned(), title.clone());
        Ok(title)
    }
}
