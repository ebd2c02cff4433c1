//! What is remembered of a source between polls, and of hosts.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::health::Poll;
use crate::model::{FeedLink, Relocation, SourceId, Validators};
use crate::url::Url;

use super::{Error, Store};

/// The memory of a source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceRecord {
    /// Where the listing was polled: another address makes the validators void.
    pub url: Option<Url>,
    /// What makes the next request conditional.
    pub validators: Validators,
    /// For how many seconds the listing stays fresh, as its server or the feed itself said last.
    pub fresh_for: Option<u64>,
    /// When the source is due next.
    pub next_due: Option<Timestamp>,
    /// The last poll that went well.
    pub last_success: Option<Timestamp>,
    /// Failures in a row.
    pub failures: u32,
    /// The stable code and the words of the last failure, if the last poll failed.
    pub failure: Option<(String, String)>,
    /// Polls in a row that were held back by the judgement.
    pub held: u32,
    /// How sure discovery was at the last good poll.
    pub confidence: f64,
    /// The title of the listing page, for the feed.
    pub title: Option<String>,
    /// The language of the listing page.
    pub language: Option<String>,
    /// Feeds that the page announces.
    pub feeds: Vec<FeedLink>,
    /// Where the list went, if the configured rules missed at the last good poll.
    pub relocation: Option<Relocation>,
    /// The latest polls, oldest first.
    pub polls: Vec<Poll>,
}

impl Store {
    /// What is remembered of a source; the default for one that was never polled.
    pub fn source(&self, name: &SourceId) -> Result<SourceRecord, Error> {
        let text: Option<String> = self
            .connection
            .query_row("SELECT state FROM source WHERE name = ?1", [name.as_str()], |row| row.get(0))
            .optional()
            .map_err(|source| self.fail("read a source", source))?;
        text.map_or_else(|| Ok(SourceRecord::default()), |text| self.decode(&text))
    }

    /// The names of those sources that are not due yet.
    pub fn not_due(&self, now: Timestamp) -> Result<std::collections::BTreeSet<String>, Error> {
        let query = "SELECT name FROM source WHERE next_due > ?1";
        let mut statement = self.connection.prepare_cached(query).map_err(|source| self.fail("read the sources", source))?;
        let rows = statement.query_map([now.as_millisecond()], |row| row.get(0)).map_err(|source| self.fail("read the sources", source))?;
        rows.collect::<Result<_, _>>().map_err(|source| self.fail("read the sources", source))
    }

    /// The states of hosts, as the fetcher wrote them.
    pub fn hosts(&self) -> Result<Vec<(String, String)>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name, state FROM host ORDER BY name")
            .map_err(|source| self.fail("read the hosts", source))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(|source| self.fail("read the hosts", source))?;
        rows.collect::<Result<_, _>>().map_err(|source| self.fail("read the hosts", source))
    }

    /// Remembers the states of hosts.
    pub fn save_hosts(&mut self, hosts: &[(String, String)]) -> Result<(), Error> {
        let path = self.path.clone();
        let fail = |source| Error::from_sqlite(&path, "save the hosts", source);
        let transaction = self.connection.transaction().map_err(fail)?;
        for (name, state) in hosts {
            transaction.execute("INSERT OR REPLACE INTO host (name, state) VALUES (?1, ?2)", params![name, state]).map_err(fail)?;
        }
        transaction.commit().map_err(fail)
    }

    /// What was last published under a stem, as the token that [`Store::set_published`] was given.
    pub fn published(&self, stem: &str) -> Result<Option<String>, Error> {
        self.connection
            .query_row("SELECT token FROM published WHERE stem = ?1", [stem], |row| row.get(0))
            .optional()
            .map_err(|source| self.fail("read what was published", source))
    }

    /// Remembers what was published under a stem.
    pub fn set_published(&self, stem: &str, token: &str) -> Result<(), Error> {
        self.connection
            .execute("INSERT OR REPLACE INTO published (stem, token) VALUES (?1, ?2)", params![stem, token])
            .map(drop)
            .map_err(|source| self.fail("note what was published", source))
    }

    pub(super) fn decode<T: serde::de::DeserializeOwned>(&self, text: &str) -> Result<T, Error> {
        serde_json::from_str(text).map_err(|error| Error::Data { path: self.path.clone(), reason: error.to_string() })
    }
}
