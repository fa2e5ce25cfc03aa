//! A crash between the files and the row leaves neither an orphan nor a hole, and pictures are kept as
//! long as mails show them.

use std::path::Path;
use std::time::SystemTime;

use rundbrief::app::App;
use rundbrief::app::pictures::{Files, remove};
use rundbrief::app::retention::{self, Class};
use rundbrief::domain::picture::PictureUse;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::store;

use super::{app, entry, give, jpeg, names, operator};
use crate::store::{DAY, HOUR, monday, open};

async fn tidy(app: &App) -> u64 {
    let done = retention::remove(app, &operator(), Class::Pictures).await;
    done.expect("the job runs")
}

/// Dates every file in a folder.
fn date(folder: &Path, at: Timestamp) {
    let seconds = u64::try_from(at.micros() / 1_000_000).expect("after 1970");
    let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    for name in names(folder) {
        let file = std::fs::File::options().write(true).open(folder.join(name));
        file.and_then(|file| file.set_modified(time))
            .expect("dated");
    }
}

on_both_databases! {
    /// The files were written, then the database failed: the entry shows what it showed before, and
    /// the files go when they are a day old.
    async fn files_without_a_row_are_removed_after_a_day(database: &Database) {
        let db = open(database).await;
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("pictures");
        let now = app(&db, &folder, monday());
        let (entry, other) = (entry(&db, "Brunnen").await, entry(&db, "Preis").await);
        let kept = give(&now, other, jpeg(300, 200, 1)).await.expect("added").picture;
        database.execute("ALTER TABLE entry_picture RENAME TO out_of_order").await;
        let failed = give(&now, entry, jpeg(300, 200, 2)).await.expect_err("the row fails");
        assert!(failed.to_string().contains("out_of_order") || failed.to_string().contains("entry_picture"), "{failed}");
        database.execute("ALTER TABLE out_of_order RENAME TO entry_picture").await;
        assert_eq!(names(&folder).len(), 4, "two files without a row");
        // What a crash leaves of a file that was being written.
        std::fs::write(folder.join(".new-abc"), "half").expect("a file");
        date(&folder, monday());

        let log_before = audit_lines(&now).await;
        assert_eq!(tidy(&app(&db, &folder, monday().plus(DAY / 2))).await, 0, "its row may still come");
        assert_eq!(names(&folder).len(), 5);
        assert_eq!(audit_lines(&now).await, log_before);
        assert_eq!(tidy(&app(&db, &folder, monday().plus(DAY + HOUR))).await, 1);
        assert_eq!(names(&folder), [format!("{}-400.jpg", kept.hash), format!("{}-mail.jpg", kept.hash)]);
        assert_eq!(audit_lines(&now).await, log_before + 1);
        assert_eq!(tidy(&app(&db, &folder, monday().plus(9 * DAY))).await, 0, "a picture that is shown stays");

        // The same picture again, as if nothing had happened.
        give(&now, entry, jpeg(300, 200, 2)).await.expect("added");
        assert_eq!(names(&folder).len(), 4);
    }

    /// The job was interrupted while it removed files whose picture came back at the same moment.
    async fn a_hole_is_closed(database: &Database) {
        let db = open(database).await;
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("pictures");
        let now = app(&db, &folder, monday());
        let entry = entry(&db, "Brunnen").await;
        let shown = give(&now, entry, jpeg(300, 200, 1)).await.expect("added").picture;
        let whole = names(&folder);
        for name in &whole {
            std::fs::rename(folder.join(name), folder.join(format!("{name}.removed"))).expect("renamed");
        }
        date(&folder, monday());
        assert_eq!(tidy(&app(&db, &folder, monday().plus(2 * DAY))).await, 0);
        assert_eq!(names(&folder), whole);

        // Files that are gone for another reason come back when somebody adds the picture again.
        for name in &whole {
            std::fs::remove_file(folder.join(name)).expect("removed");
        }
        let again = give(&now, entry, jpeg(300, 200, 1)).await.expect("added");
        assert_eq!((again.changed, again.picture), (false, shown));
        assert_eq!(names(&folder), whole);
    }

    /// Mails are read for years, and a version of an entry keeps its picture as long as it is kept itself.
    async fn a_picture_outlives_its_entry(database: &Database) {
        let db = open(database).await;
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("pictures");
        let at = |days: u32| app(&db, &folder, monday().plus(DAY * days));
        let entry = entry(&db, "Brunnen").await;
        let first = give(&at(0), entry, jpeg(300, 200, 1)).await.expect("added").picture;
        give(&at(1), entry, jpeg(300, 200, 2)).await.expect("replaced");
        let name = entry.to_string();
        remove(&at(2), &operator(), &name, PictureUse::Lead, Files::Keep).await.expect("removed");
        date(&folder, monday());
        assert_eq!(tidy(&at(2000)).await, 0, "versions have them");
        assert_eq!(names(&folder).len(), 4);
        // As if there had been two hundred versions since.
        database.execute("UPDATE entry_version_picture SET hash = NULL").await;
        database.execute("UPDATE picture SET unused_since = created_at + 86400000000").await;
        assert_eq!(tidy(&at(1000)).await, 0);
        assert_eq!(names(&folder).len(), 4);
        // Shown again, the first begins anew.
        give(&at(1001), entry, jpeg(300, 200, 1)).await.expect("added");
        date(&folder, monday());
        assert_eq!(tidy(&at(1097)).await, 0, "the second was removed on day 2");
        assert_eq!(tidy(&at(1098)).await, 1);
        assert_eq!(names(&folder).len(), 2);
        assert!(store::picture::is_known(&mut db.read().await.expect("read"), &first.hash).await.expect("known"));
    }
}

async fn audit_lines(app: &App) -> usize {
    let filter = store::audit::Filter::default();
    let mut conn = app.read().await.expect("read");
    let lines = rundbrief::app::audit::latest(&mut conn, &filter, 1000).await;
    lines.expect("lines").len()
}
