//! The user's commands that are told of events.

use serde_json::json;

use crate::config::Config;
use crate::model::SourceId;
use crate::transform;

use super::Report;

/// Calls `on_new_items` and `on_failure` for each source that gives cause. A hook that fails never spoils the run; gives what went wrong.
pub(super) async fn call(config: &Config, report: &Report, warn: &mut Vec<String>) {
    for source in &report.sources {
        if let (Some(command), Some(failure)) = (&config.hooks.on_failure, &source.failure) {
            let event = json!({"source": source.name, "code": failure.code, "message": failure.message, "hint": failure.hint});
            told("on-failure", &source.name, transform::run(command, &event).await.err(), warn);
        }
        if let (Some(command), false) = (&config.hooks.on_new_items, source.outcome.items.is_empty()) {
            let event = json!({"source": source.name, "items": source.outcome.items});
            told("on-new-items", &source.name, transform::run(command, &event).await.err(), warn);
        }
    }
}

fn told(hook: &str, source: &SourceId, error: Option<transform::Error>, warn: &mut Vec<String>) {
    warn.extend(error.map(|error| format!("the hook `{hook}` failed for source `{source}`: {error}")));
}
