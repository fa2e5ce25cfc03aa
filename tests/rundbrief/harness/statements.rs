//! Every statement that sqlx runs in this process, for the test that explains them
//! (`store::explain`). sqlx logs the text of each at DEBUG; nothing is added to the product for it.

use std::collections::HashSet;
use std::fs::File;
use std::io::Write as _;
use std::sync::Mutex;

use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// Names the file to write to. Without it nothing is recorded.
pub const FILE: &str = "RUNDBRIEF_TEST_STATEMENTS";

/// Between two statements in the file.
pub const END: char = '\u{1e}';

/// Begins to record, if this process was asked to. Called before each story.
pub fn record() {
    let Some(path) = std::env::var_os(FILE) else {
        return;
    };
    let file = File::options()
        .append(true)
        .open(path)
        .expect("a file to record to");
    let layer = Recorder(Mutex::new((file, HashSet::new())));
    // Stories run side by side in one process: the first of them sets it for all.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
}

struct Recorder(Mutex<(File, HashSet<String>)>);

impl<S: tracing::Subscriber> Layer<S> for Recorder {
    fn enabled(&self, metadata: &tracing::Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        // What is short enough stands in the summary alone.
        let Statement { summary, whole } = statement;
        let text = whole.filter(|text| !text.is_empty()).unwrap_or(summary);
        let mut recorded = self.0.lock().expect("no panic");
        let (file, known) = &mut *recorded;
        if known.insert(text.clone()) {
            // In one write: other processes append to the same file.
            let line = format!("{text}{END}");
            file.write_all(line.as_bytes())
                .expect("a statement is recorded");
        }
    }
}

#[derive(Default)]
struct Statement {
    summary: String,
    whole: Option<String>,
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => self.whole = Some(value.trim_matches('\n').to_owned()),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}
