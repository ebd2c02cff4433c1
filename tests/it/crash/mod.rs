//! Runs that end at the worst moment: killed, in pairs, at every commit, flush and rename, or with a fault of the disk there. Nothing is lost,
//! nothing is doubled, no file is malformed, and in the end the feeds are those of an undisturbed run.

mod boundary;
mod kill;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::newsroom;
use crate::support::{Answer, Asked, Site};

/// A newsroom whose every article and teaser is rewritten with each edition, so that every run has work to do.
struct Daily {
    site: Site,
    edition: Arc<AtomicUsize>,
}

impl Daily {
    fn start(articles: usize) -> Self {
        let edition = Arc::new(AtomicUsize::new(0));
        let current = Arc::clone(&edition);
        let site = Site::start_with(move |asked: &Asked| {
            let mark = mark(current.load(Ordering::Relaxed));
            if asked.path == "/" {
                return Answer::html(&newsroom::listing(0..articles).replace("told in short.", &format!("told in short.{mark}")));
            }
            match (0..articles).find(|&number| newsroom::path(number) == asked.path) {
                Some(number) => Answer::html(&newsroom::article(number, &mark)),
                None => Answer::not_found(),
            }
        });
        Self { site, edition }
    }

    fn turn_to(&self, edition: usize) {
        self.edition.store(edition, Ordering::Relaxed);
    }

    fn config(&self, items: usize) -> String {
        newsroom::config(&self.site.url("/"), items).replace("[fetch]\n", &format!("[fetch]\n{}", newsroom::PATIENCE))
    }
}

/// The sentence that tells one edition from another.
fn mark(edition: usize) -> String {
    format!(" This is the text of the edition that has the number {edition} on it.")
}
