//! Reading items: by key, by text, by window; and taking them out again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use crate::curate::plan::{Failure, Known, Sighting};
use crate::model::{Item, ItemId, SourceId, Validators};
use crate::url::Url;

use super::{Error, Keep, Store};

/// How many items credit an outlet or agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreditCount {
    /// The key of all its names.
    pub key: String,
    /// One of its names, as shown on a page.
    pub name: String,
    /// How many items credit it.
    pub items: i64,
    /// How often that changed, or one of these items did.
    #[serde(skip)]
    pub changes: i64,
}

/// An article that could not be read so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Its address, in short.
    pub address: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again, if it is still listed.
    pub next_try: Timestamp,
    /// The stable code of what went wrong the last time.
    pub code: String,
}

impl Store {
    /// What is known of these keys.
    pub fn known(&self, source: &SourceId, keys: &[String]) -> Result<Known, Error> {
        let fail = |error| self.fail("look up articles", error);
        let mut known = Known::default();
        let mut read = self
            .connection
            .prepare_cached(
                "SELECT alias.id, coalesce(item.digest, ''), coalesce(item.first_seen, 0), coalesce(item.rechecks, 0), item.id IS NULL,
                        visit.url, visit.validators
                 FROM alias LEFT JOIN item ON item.id = alias.id LEFT JOIN visit ON visit.id = alias.id WHERE alias.source = ?1 AND alias.key = ?2",
            )
            .map_err(fail)?;
        let mut failed =
            self.connection.prepare_cached("SELECT attempts, next_try FROM failed WHERE source = ?1 AND key = ?2").map_err(fail)?;
        for key in keys {
            if let Some(sighting) = read.query_row(params![source.as_str(), key], sighting).optional().map_err(fail)? {
                known.read.insert(key.clone(), sighting);
            }
            if let Some(failure) = failed.query_row(params![source.as_str(), key], failure).optional().map_err(fail)? {
                known.failed.insert(key.clone(), failure);
            }
        }
        Ok(known)
    }

    /// What the listing said of those of these articles that were read and left out by these rules, by key.
    pub fn left_out(&self, source: &SourceId, keys: &[String], rules: &str) -> Result<BTreeMap<String, String>, Error> {
        let fail = |error| self.fail("look up articles that are left out", error);
        let query = "SELECT digest FROM left_out WHERE source = ?1 AND key = ?2 AND rules = ?3";
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let mut found = BTreeMap::new();
        for key in keys {
            if let Some(digest) = statement.query_row(params![source.as_str(), key, rules], |row| row.get(0)).optional().map_err(fail)? {
                found.insert(key.clone(), digest);
            }
        }
        Ok(found)
    }

    /// Articles that could not be read and are tried again, the next first: at most so many of them, and how many there are.
    pub fn unread(&self, source: &SourceId, limit: usize) -> Result<(Vec<Unread>, i64), Error> {
        let fail = |error| self.fail("look up articles that could not be read", error);
        // What could be read once and not again is an item as it was, and wants nothing.
        let of = "FROM failed WHERE source = ?1 AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.source = ?1 AND alias.key = failed.key)";
        let mut statement =
            self.connection.prepare(&format!("SELECT key, attempts, next_try, code {of} ORDER BY next_try, key LIMIT ?2")).map_err(fail)?;
        let read =
            |row: &Row<'_>| Ok(Unread { address: row.get(0)?, attempts: row.get(1)?, next_try: instant(row.get(2)?), code: row.get(3)? });
        let articles = statement.query_map(params![source.as_str(), count(limit)], read).map_err(fail)?.collect::<Result<_, _>>();
        let all = self.connection.query_row(&format!("SELECT count(*) {of}"), [source.as_str()], |row| row.get(0)).map_err(fail)?;
        Ok((articles.map_err(fail)?, all))
    }

    /// The item that one of these keys leads to, the first key first.
    pub fn find(&self, source: &SourceId, keys: &[String]) -> Result<Option<Item>, Error> {
        let query = "SELECT item.data FROM alias JOIN item ON item.id = alias.id WHERE alias.source = ?1 AND alias.key = ?2";
        let mut statement = self.connection.prepare_cached(query).map_err(|error| self.fail("look up an item", error))?;
        for key in keys {
            let data: Option<String> = statement
                .query_row(params![source.as_str(), key], |row| row.get(0))
                .optional()
                .map_err(|error| self.fail("look up an item", error))?;
            if let Some(data) = data {
                return self.decode(&data).map(Some);
            }
        }
        Ok(None)
    }

    /// The item of this source that has this very text.
    pub fn find_text(&self, source: &SourceId, fingerprint: &str) -> Result<Option<Item>, Error> {
        let query = "SELECT data FROM item WHERE source = ?1 AND fingerprint = ?2 ORDER BY first_seen, id LIMIT 1";
        let data: Option<String> = self
            .connection
            .query_row(query, params![source.as_str(), fingerprint], |row| row.get(0))
            .optional()
            .map_err(|error| self.fail("look up a text", error))?;
        data.map(|data| self.decode(&data)).transpose()
    }

    /// The newest items of a source, newest first, after `skip` of them.
    pub fn window(&self, source: &SourceId, limit: usize, skip: usize) -> Result<Vec<Item>, Error> {
        let query = "SELECT data FROM item WHERE source = ?1 ORDER BY date DESC, id LIMIT ?2 OFFSET ?3";
        self.items(query, params![source.as_str(), count(limit), count(skip)])
    }

    /// Items that credit one of these keys, newest first.
    pub fn credited(&self, keys: &[String], limit: usize) -> Result<Vec<Item>, Error> {
        let query = "SELECT data FROM item WHERE id IN (SELECT id FROM credit WHERE key IN (SELECT value FROM json_each(?1)))
                     ORDER BY date DESC, id LIMIT ?2";
        let keys = serde_json::to_string(keys).unwrap_or_default();
        self.items(query, params![keys, count(limit)])
    }

    /// When an item of a source last changed.
    pub fn last_change(&self, source: &SourceId) -> Result<Option<Timestamp>, Error> {
        let query = "SELECT max(updated) FROM item WHERE source = ?1";
        let last: Option<i64> = self
            .connection
            .query_row(query, [source.as_str()], |row| row.get(0))
            .map_err(|error| self.fail("read the last change", error))?;
        Ok(last.map(instant))
    }

    /// How many items credit whom, the most credited first.
    pub fn credits(&self) -> Result<Vec<CreditCount>, Error> {
        let fail = |error| self.fail("count the credits", error);
        let query = "SELECT key, name, items, changes FROM outlet WHERE items > 0 ORDER BY items DESC, key";
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let count = |row: &Row<'_>| Ok(CreditCount { key: row.get(0)?, name: row.get(1)?, items: row.get(2)?, changes: row.get(3)? });
        let rows = statement.query_map([], count).map_err(fail)?;
        rows.collect::<Result<_, _>>().map_err(fail)
    }

    /// Calls `visit` with the items of all sources, newest first, until it says that it has enough.
    pub fn newest(&self, visit: impl FnMut(Item) -> bool) -> Result<(), Error> {
        self.visit("SELECT data FROM item ORDER BY date DESC, id", visit)
    }

    fn visit(&self, query: &str, mut visit: impl FnMut(Item) -> bool) -> Result<(), Error> {
        let fail = |error| self.fail("read the items", error);
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let data: String = row.get(0).map_err(fail)?;
            if !visit(self.decode(&data)?) {
                break;
            }
        }
        Ok(())
    }

    /// Takes out the items of a source that are not to be kept. Says how many. Their addresses stay known, so that an article that is still
    /// listed does not come back as new.
    pub fn prune(&mut self, source: &SourceId, keep: &Keep) -> Result<usize, Error> {
        let query = "SELECT id FROM (SELECT id, date, row_number() OVER newest AS place, sum(bytes) OVER newest AS total
                        FROM item WHERE source = ?1 WINDOW newest AS (ORDER BY recency DESC, id))
                     WHERE place > ?2 AND (place > ?3 OR date < ?4 OR total > ?5)";
        let ids: Vec<String> = {
            let fail = |error| self.fail("look for old items", error);
            let after = keep.after.map_or(i64::MIN, Timestamp::as_millisecond);
            let bytes = keep.bytes.map_or(i64::MAX, |bytes| i64::try_from(bytes).unwrap_or(i64::MAX));
            let limits = params![source.as_str(), count(keep.least), keep.items.map_or(i64::MAX, count), after, bytes];
            let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
            let rows = statement.query_map(limits, |row| row.get(0)).map_err(fail)?;
            rows.collect::<Result<_, _>>().map_err(fail)?
        };
        self.remove(&ids, false)
    }

    /// `for_good`: their articles do not come back as new items under another address either.
    pub(super) fn remove(&mut self, ids: &[String], for_good: bool) -> Result<usize, Error> {
        let (path, probe) = (self.path.clone(), self.probe.clone());
        let fail = |error| Error::from_sqlite(&path, "take out items", error);
        let transaction = self.connection.transaction().map_err(fail)?;
        for id in ids {
            let source: Option<String> =
                transaction.query_row("SELECT source FROM item WHERE id = ?1", [id], |row| row.get(0)).optional().map_err(fail)?;
            super::story::touch(&transaction, &source.unwrap_or_default(), id).map_err(fail)?;
            super::archive::withdraw(&transaction, id).map_err(fail)?;
            super::change(&transaction, "DELETE FROM credit WHERE id = ?1", [id]).map_err(fail)?;
            if for_good {
                super::forgotten::remember(&transaction, id).map_err(fail)?;
            }
            super::change(&transaction, "DELETE FROM item WHERE id = ?1", [id]).map_err(fail)?;
        }
        super::archive::drop_empty(&transaction).map_err(fail)?;
        super::settle(transaction, &probe).map_err(fail)?;
        Ok(ids.len())
    }

    pub(super) fn items(&self, query: &str, parameters: &[&dyn rusqlite::ToSql]) -> Result<Vec<Item>, Error> {
        let fail = |error| self.fail("read items", error);
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let rows = statement.query_map(parameters, |row| row.get::<_, String>(0)).map_err(fail)?;
        let texts: Vec<String> = rows.collect::<Result<_, _>>().map_err(fail)?;
        texts.iter().map(|text| self.decode(text)).collect()
    }
}

fn sighting(row: &Row<'_>) -> rusqlite::Result<Sighting> {
    Ok(Sighting {
        id: ItemId(row.get(0)?),
        digest: row.get(1)?,
        first_seen: instant(row.get(2)?),
        rechecks: row.get(3)?,
        is_pruned: row.get(4)?,
        visit: visit(row)?,
    })
}

/// What cannot be read makes the next request an ordinary one.
fn visit(row: &Row<'_>) -> rusqlite::Result<Option<(Url, Validators)>> {
    let (url, validators): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
    let (Some(url), Some(validators)) = (url, validators) else { return Ok(None) };
    Ok(Url::parse(&url).ok().zip(serde_json::from_str(&validators).ok()))
}

fn failure(row: &Row<'_>) -> rusqlite::Result<Failure> {
    Ok(Failure { attempts: row.get(0)?, next_try: instant(row.get(1)?) })
}

fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
