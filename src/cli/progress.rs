//! What a long run shows on a terminal: sources, articles, bytes, and whom it is asking. Nothing elsewhere.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::event::Event;

use super::safe;

#[derive(Default)]
struct Counts {
    sources: usize,
    polled: usize,
    articles: usize,
    read: usize,
    bytes: u64,
    asking: BTreeMap<String, usize>,
}

/// What shows the events of a run.
pub(super) fn listener(quiet: bool) -> Box<dyn Fn(Event) + Send + Sync> {
    if quiet || !std::io::stderr().is_terminal() {
        return Box::new(|_| {});
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    let counts = Mutex::new(Counts::default());
    Box::new(move |event| {
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.take(event);
        bar.set_message(counts.line());
        bar.tick();
        if counts.polled == counts.sources {
            bar.finish_and_clear();
        }
    })
}

impl Counts {
    fn take(&mut self, event: Event) {
        match event {
            Event::Began { sources } => self.sources = sources,
            Event::Listed { articles, .. } => self.articles += articles,
            Event::Asking { url } => *self.asking.entry(url.host().to_owned()).or_default() += 1,
            Event::Read { url, bytes } => {
                self.bytes += bytes;
                if let Some(count) = self.asking.get_mut(url.host()) {
                    *count = count.saturating_sub(1);
                }
                self.asking.retain(|_, count| *count > 0);
            }
            Event::Article { .. } => self.read += 1,
            Event::Polled { .. } => self.polled += 1,
            Event::Polling { .. } | Event::Wrote { .. } => {}
        }
    }

    fn line(&self) -> String {
        let hosts: Vec<String> = self.asking.keys().take(3).map(|host| safe::short(host, 30)).collect();
        format!(
            "{}/{} sources · {}/{} articles · {} · {}",
            self.polled,
            self.sources,
            self.read,
            self.articles,
            HumanBytes(self.bytes),
            hosts.join(", ")
        )
    }
}
