//! The signal to stop, heard at every moment of a pass: while sources are polled, while hooks are at work, and between feeds that are written.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

/// How long feeds are still written after the signal: the rest is written by the next run.
const LAST_FILES: Duration = Duration::from_millis(600);

/// A future that resolves when the pass is to stop, and when that was.
pub(super) struct Stop<'a, F> {
    signal: Pin<&'a mut F>,
    at: Option<Instant>,
}

impl<'a, F: Future<Output = ()>> Stop<'a, F> {
    pub(super) fn new(signal: Pin<&'a mut F>) -> Self {
        Self { signal, at: None }
    }

    /// Resolves when the signal comes, or at once if it came before.
    pub(super) async fn asked(&mut self) {
        if self.at.is_none() {
            self.signal.as_mut().await;
            self.at = Some(Instant::now());
        }
    }

    /// Whether the signal came.
    pub(super) fn is_asked(&mut self) -> bool {
        let is_ready = |signal: Pin<&mut F>| signal.poll(&mut Context::from_waker(Waker::noop())).is_ready();
        if self.at.is_none() && is_ready(self.signal.as_mut()) {
            self.at = Some(Instant::now());
        }
        self.at.is_some()
    }

    /// Whether there is time for one more feed.
    pub(super) fn leaves_time(&mut self) -> bool {
        !self.is_asked() || self.at.is_some_and(|at| at.elapsed() < LAST_FILES)
    }

    /// Waits for something, and for no longer than `last` once the signal came. Files get their time after that.
    pub(super) async fn hear_during(&mut self, work: impl Future<Output = ()>, last: Duration) {
        tokio::pin!(work);
        if !self.is_asked() {
            tokio::select! {
                () = work.as_mut() => return,
                () = self.asked() => {}
            }
        }
        let _ = tokio::time::timeout(last, work).await;
        self.at = Some(Instant::now());
    }
}
