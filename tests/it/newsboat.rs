//! newsboat, a reader that people have: it loads a feed from a local site, and its cache tells what it would show.

use std::fs;
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::support::{Answer, Site};

/// Whether newsboat is here.
pub fn is_installed() -> bool {
    Command::new("newsboat").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// A reader with one feed.
pub struct Newsboat {
    folder: tempfile::TempDir,
    site: Site,
}

/// An item that was not read yet.
pub struct Unread {
    pub id: String,
    pub title: String,
    pub content: String,
}

impl Newsboat {
    /// A reader that has not seen the feed yet.
    pub fn launch() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::start([("/feed", Answer::not_found())]);
        fs::write(folder.path().join("urls"), site.url("/feed")).unwrap();
        fs::write(folder.path().join("config"), "download-retries 1\nmax-items 0\n").unwrap();
        Self { folder, site }
    }

    /// Loads the feed as it is now, gives the items that are unread, and reads them all.
    pub fn unread(&mut self, feed: Vec<u8>) -> Vec<Unread> {
        self.site.set("/feed", Answer::ok("application/xml", feed));
        let output = Command::new("newsboat")
            .args(["-u", "urls", "-C", "config", "-c", "cache.db", "-x", "reload", "print-unread"])
            .current_dir(self.folder.path())
            .envs([("HOME", self.folder.path().as_os_str()), ("LANG", "C.UTF-8".as_ref()), ("TERM", "dumb".as_ref())])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let cache = Connection::open(self.folder.path().join("cache.db")).unwrap();
        let mut query = cache.prepare("SELECT guid, title, content FROM rss_item WHERE unread = 1").unwrap();
        let rows = query.query_map([], |row| Ok(Unread { id: row.get(0)?, title: row.get(1)?, content: row.get(2)? })).unwrap();
        let unread: Vec<Unread> = rows.map(Result::unwrap).collect();
        let said = String::from_utf8_lossy(&output.stdout).split_whitespace().next().and_then(|count| count.parse::<usize>().ok());
        assert_eq!(said, Some(unread.len()), "newsboat says `{}`", String::from_utf8_lossy(&output.stdout).trim());
        cache.execute("UPDATE rss_item SET unread = 0", []).unwrap();
        unread
    }
}
