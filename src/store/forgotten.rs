//! What was taken out by hand stays away: an article that is still listed would come back at the next poll.

use rusqlite::{Transaction, params};

use crate::model::SourceId;
use crate::url::Url;

use super::{Error, Store};

/// An item that was forgotten: as much of it as it takes to know its article again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// Where it was.
    pub url: Url,
    /// Its headline.
    pub title: String,
    /// Digest of its headline and text.
    pub fingerprint: String,
}

impl Store {
    /// Takes out the item that this key leads to, in any source, for good; says how many there were.
    pub fn forget(&mut self, key: &str) -> Result<usize, Error> {
        let ids = self.ids("SELECT DISTINCT alias.id FROM alias JOIN item USING (id) WHERE key = ?1 ORDER BY id", key)?;
        self.remove(&ids, true)
    }

    /// Lets the forgotten articles that this key leads to come back when they are listed. Says how many there were.
    pub fn recall(&mut self, key: &str) -> Result<usize, Error> {
        let ids = self.ids("SELECT DISTINCT alias.id FROM alias JOIN forgotten USING (id) WHERE key = ?1 ORDER BY id", key)?;
        let sources = self.ids("SELECT DISTINCT alias.source FROM alias JOIN forgotten USING (id) WHERE key = ?1", key)?;
        for source in sources.iter().filter_map(|name| SourceId::new(name).ok()) {
            let mut record = self.source(&source)?;
            // A listing that is as it was would not be looked at.
            record.forget_listing();
            self.commit(&source, &super::Changes { record, ..super::Changes::default() })?;
        }
        let (path, probe) = (self.path.clone(), self.probe.clone());
        let fail = |error| Error::from_sqlite(&path, "recall items", error);
        let transaction = self.connection.transaction().map_err(fail)?;
        for id in &ids {
            super::change(&transaction, "DELETE FROM left_out WHERE (source, key) IN (SELECT source, key FROM alias WHERE id = ?1)", [id])
                .and_then(|_| super::change(&transaction, "DELETE FROM alias WHERE id = ?1", [id]))
                .and_then(|_| super::change(&transaction, "DELETE FROM forgotten WHERE id = ?1", [id]))
                .map_err(fail)?;
        }
        super::settle(transaction, &probe).map_err(fail)?;
        Ok(ids.len())
    }

    /// The forgotten item of a source that this key leads to, or that has this very text.
    pub fn forgotten(&self, source: &SourceId, key: &str, fingerprint: &str) -> Result<Option<Forgotten>, Error> {
        let fail = |error| self.fail("look up forgotten items", error);
        let query = "SELECT url, title, fingerprint FROM forgotten
                     WHERE id = (SELECT id FROM alias WHERE source = ?1 AND key = ?2) OR (source = ?1 AND fingerprint = ?3)";
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let mut rows = statement.query(params![source.as_str(), key, fingerprint]).map_err(fail)?;
        let Some(row) = rows.next().map_err(fail)? else { return Ok(None) };
        let (url, title, fingerprint): (String, String, String) =
            (row.get(0).map_err(fail)?, row.get(1).map_err(fail)?, row.get(2).map_err(fail)?);
        Ok(Url::parse(&url).ok().map(|url| Forgotten { url, title, fingerprint }))
    }

    fn ids(&self, query: &str, key: &str) -> Result<Vec<String>, Error> {
        let fail = |source| self.fail("look up an item", source);
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let rows = statement.query_map([key], |row| row.get(0)).map_err(fail)?;
        rows.collect::<Result<_, _>>().map_err(fail)
    }
}

/// Remembers an item that is about to be taken out by hand.
pub(super) fn remember(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    let query = "INSERT OR REPLACE INTO forgotten (id, source, url, title, fingerprint)
                 SELECT id, source, json_extract(data, '$.url'), json_extract(data, '$.title'), fingerprint FROM item WHERE id = ?1";
    super::change(transaction, query, [id]).map(drop)
}
