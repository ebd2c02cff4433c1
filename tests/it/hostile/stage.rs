//! Where a case is played: its servers, and what it adds to the configuration.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::newsroom;
use crate::support::{Answer, Asked, Site};

/// The servers of one case. They stop when it is dropped.
pub(super) struct Stage {
    folder: TempDir,
    /// The hostile servers.
    pub(super) sites: Vec<Site>,
    /// Servers that nobody may ask anything.
    pub(super) untouched: Vec<Site>,
    /// The largest page that is read, in bytes.
    pub(super) max_bytes: u64,
    /// More lines of `[fetch]`.
    pub(super) fetch: String,
    /// More lines of the hostile source.
    pub(super) source: String,
}

impl Stage {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, sites: Vec::new(), untouched: Vec::new(), max_bytes: 2_000_000, fetch: String::new(), source: String::new() }
    }

    /// The front page is this; articles are as they should be.
    pub(super) fn front(&mut self, answer: Answer) -> String {
        self.site(move |asked| (asked.path == "/").then(|| answer.clone()))
    }

    /// The front page lists four articles, and the first of them is this.
    pub(super) fn article(&mut self, answer: Answer) -> String {
        self.site(move |asked| (asked.path == newsroom::path(0)).then(|| answer.clone()))
    }

    /// robots.txt is this; all else is as it should be.
    pub(super) fn robots(&mut self, answer: Answer) -> String {
        self.site(move |asked| (asked.path == "/robots.txt").then(|| answer.clone()))
    }

    /// A site that answers in its own way where `respond` does, and honestly elsewhere.
    pub(super) fn site(&mut self, respond: impl Fn(&Asked) -> Option<Answer> + Send + Sync + 'static) -> String {
        self.site_at("127.0.0.2:0", respond)
    }

    pub(super) fn site_at(&mut self, address: &str, respond: impl Fn(&Asked) -> Option<Answer> + Send + Sync + 'static) -> String {
        self.put(Site::start_with_at(address, move |asked| respond(asked).unwrap_or_else(|| honest(asked))))
    }

    /// Adds a hostile server, and gives the address of its front page.
    pub(super) fn put(&mut self, site: Site) -> String {
        let url = site.url("/");
        self.sites.push(site);
        url
    }

    /// A server with a secret that must not be asked; gives its port.
    pub(super) fn secret(&mut self) -> u16 {
        let site = Site::start([("/secret", Answer::html(&newsroom::article(0, " The secret.")))]);
        let port = site.port();
        self.untouched.push(site);
        port
    }

    /// A file beside the configuration.
    pub(super) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// How many bytes the hostile servers got rid of.
    pub(super) fn sent(&self) -> u64 {
        self.sites.iter().map(Site::sent).sum()
    }
}

/// Four articles and their listing, as they should be.
pub(super) fn honest(asked: &Asked) -> Answer {
    match asked.path.as_str() {
        "/robots.txt" => Answer::text(""),
        "/" => Answer::html(&newsroom::listing(0..4)),
        path => match (0..4).find(|&number| newsroom::path(number) == path) {
            Some(number) => Answer::html(&newsroom::article(number, "")),
            None => Answer::not_found(),
        },
    }
}
