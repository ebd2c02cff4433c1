//! What is remembered of a source between polls, and of hosts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::health::{Arrival, Poll};
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
    /// Digest of the listing as it was read last, and of the rules that it was read by. Unset where it must be read in full.
    pub listing: Option<String>,
    /// When a listing that is as it was must be read in full all the same: an article on it is to be read again then.
    pub look_again: Option<Timestamp>,
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
    /// The cookies that are kept between runs, as the fetcher wrote them.
    pub cookies: String,
    /// When new articles came lately, oldest first; those of the very first poll do not count.
    pub arrivals: Vec<Arrival>,
}

/// What is stored as milliseconds; out of range is the end of time.
fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}

impl SourceRecord {
    /// Whether it was polled at a time that is still to come: the clock was ahead then, and when the source is due is no more to be believed.
    pub fn is_ahead(&self, now: Timestamp) -> bool {
        self.last_success.into_iter().chain(self.polls.iter().map(|poll| poll.at)).any(|at| at > now)
    }

    /// Has the listing asked for unconditionally, and read in full, at the next poll.
    pub fn forget_listing(&mut self) {
        self.validators = Validators::default();
        self.listing = None;
    }
}

/// What decides whether a source's feed must be written anew, and the counts that are shown of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many items it has.
    pub items: i64,
    /// How often any of them changed.
    pub changes: i64,
    /// Title and language of the listing page, as stored.
    pub head: String,
    /// How many archives it has.
    pub archives: i64,
}

/// What was written under a stem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Says from what it was written.
    pub token: String,
    /// What the index page says of it.
    pub card: String,
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

    /// Those sources that are not due yet, and when they will be.
    pub fn not_due(&self, now: Timestamp) -> Result<BTreeMap<String, Timestamp>, Error> {
        let query = "SELECT name, next_due FROM source WHERE next_due > ?1";
        let mut statement = self.connection.prepare_cached(query).map_err(|source| self.fail("read the sources", source))?;
        let rows = statement
            .query_map([now.as_millisecond()], |row| Ok((row.get(0)?, instant(row.get(1)?))))
            .map_err(|source| self.fail("read the sources", source))?;
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
        let (path, probe) = (self.path.clone(), self.probe.clone());
        let fail = |source| Error::from_sqlite(&path, "save the hosts", source);
        let transaction = self.connection.transaction().map_err(fail)?;
        for (name, state) in hosts {
            super::change(&transaction, "INSERT OR REPLACE INTO host (name, state) VALUES (?1, ?2)", params![name, state]).map_err(fail)?;
        }
        super::settle(transaction, &probe).map_err(fail)
    }

    /// How every source with items or memories stands, by name.
    pub fn standings(&self) -> Result<BTreeMap<String, Standing>, Error> {
        let fail = |source| self.fail("count the items", source);
        let mut all: BTreeMap<String, Standing> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached("SELECT source, items, changes FROM tally").map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let standing = Standing { items: row.get(1).map_err(fail)?, changes: row.get(2).map_err(fail)?, ..Standing::default() };
            all.insert(row.get(0).map_err(fail)?, standing);
        }
        let mut statement = self.connection.prepare_cached("SELECT name, head FROM source").map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            all.entry(row.get(0).map_err(fail)?).or_default().head = row.get(1).map_err(fail)?;
        }
        let mut statement = self.connection.prepare_cached("SELECT source, count(*) FROM archive GROUP BY source").map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            all.entry(row.get(0).map_err(fail)?).or_default().archives = row.get(1).map_err(fail)?;
        }
        Ok(all)
    }

    /// How one source stands.
    pub fn standing(&self, source: &SourceId) -> Result<Standing, Error> {
        let query =
            "SELECT coalesce((SELECT items FROM tally WHERE source = ?1), 0), coalesce((SELECT changes FROM tally WHERE source = ?1), 0),
                     coalesce((SELECT head FROM source WHERE name = ?1), ''), (SELECT count(*) FROM archive WHERE source = ?1)";
        let standing =
            |row: &rusqlite::Row<'_>| Ok(Standing { items: row.get(0)?, changes: row.get(1)?, head: row.get(2)?, archives: row.get(3)? });
        self.connection.query_row(query, [source.as_str()], standing).map_err(|source| self.fail("count the items", source))
    }

    /// What was last published, by stem.
    pub fn published(&self) -> Result<BTreeMap<String, Published>, Error> {
        let fail = |source| self.fail("read what was published", source);
        let mut statement = self.connection.prepare_cached("SELECT stem, token, card FROM published").map_err(fail)?;
        let published = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Published { token: row.get(1)?, card: row.get(2)? }));
        let rows = statement.query_map([], published).map_err(fail)?;
        rows.collect::<Result<_, _>>().map_err(fail)
    }

    /// Remembers what was published under a stem.
    pub fn set_published(&self, stem: &str, published: &Published) -> Result<(), Error> {
        super::fault(&self.probe, "publish").map_err(|source| self.fail("note what was published", source))?;
        self.connection
            .execute(
                "INSERT OR REPLACE INTO published (stem, token, card) VALUES (?1, ?2, ?3)",
                params![stem, published.token, published.card],
            )
            .map(drop)
            .map_err(|source| self.fail("note what was published", source))
    }

    pub(super) fn decode<T: serde::de::DeserializeOwned>(&self, text: &str) -> Result<T, Error> {
        serde_json::from_str(text).map_err(|error| Error::Data { path: self.path.clone(), reason: error.to_string() })
    }
}
