//! The user's commands that are told of events.

use serde_json::json;

use crate::config::Config;
use crate::transform;

use super::Report;

/// Calls `on_new_items` and `on_failure` for each source that gives cause. A hook that fails is logged; it never spoils the run.
pub(super) async fn call(config: &Config, report: &Report) {
    for source in &report.sources {
        if let (Some(command), Some(failure)) = (&config.hooks.on_failure, &source.failure) {
            let event = json!({"source": source.name, "code": failure.code, "message": failure.message, "hint": failure.hint});
            told(transform::run(command, &event).await.err());
        }
        if let (Some(command), false) = (&config.hooks.on_new_items, source.outcome.items.is_empty()) {
            let event = json!({"source": source.name, "items": source.outcome.items});
            told(transform::run(command, &event).await.err());
        }
    }
}

fn told(error: Option<transform::Error>) {
    if let Some(error) = error {
        tracing::warn!(%error, "a hook failed");
    }
}
