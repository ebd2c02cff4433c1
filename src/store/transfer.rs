//! Everything out, and in again: items together with what leads to them.

use rusqlite::params;

use crate::model::Item;

use super::commit::{put_credits, put_item, put_keys};
use super::{Error, Store, Stored};

impl Store {
    /// Calls `visit` with every item and its keys, source by source, oldest first, while it says `true`.
    pub fn each_stored(&self, mut visit: impl FnMut(Stored) -> bool) -> Result<(), Error> {
        let fail = |error| self.fail("read the items", error);
        let query = "SELECT data, digest, id FROM item ORDER BY source, date, id DESC";
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let mut keys = self.connection.prepare_cached("SELECT key FROM alias WHERE id = ?1 ORDER BY key").map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let (data, digest, id): (String, String, String) =
                (row.get(0).map_err(fail)?, row.get(1).map_err(fail)?, row.get(2).map_err(fail)?);
            let leading = keys.query_map([id], |row| row.get(0)).map_err(fail)?;
            let keys = leading.collect::<Result<_, _>>().map_err(fail)?;
            if !visit(Stored { item: self.decode(&data)?, digest, keys }) {
                break;
            }
        }
        Ok(())
    }

    /// Takes in items that are not there yet, in one transaction. Says how many there were.
    pub fn take_in(&mut self, items: &[Stored]) -> Result<usize, Error> {
        let (path, probe) = (self.path.clone(), self.probe.clone());
        let fail = |error| Error::from_sqlite(&path, "take in items", error);
        let transaction = self.connection.transaction().map_err(fail)?;
        let mut taken = 0;
        for stored in items {
            let Item { id, source, fingerprint, .. } = &stored.item;
            let query = "SELECT EXISTS (SELECT 1 FROM item WHERE id = ?1 OR (source = ?2 AND fingerprint = ?3))";
            let is_known: bool =
                transaction.query_row(query, params![id.0, source.as_str(), fingerprint], |row| row.get(0)).map_err(fail)?;
            if !is_known {
                // What is taken in by hand is wanted again.
                super::change(&transaction, "DELETE FROM forgotten WHERE id = ?1", [&id.0]).map_err(fail)?;
                put_item(&transaction, stored).map_err(fail)?;
                put_keys(&transaction, source, id, &stored.keys).map_err(fail)?;
                put_credits(&transaction, &stored.item).map_err(fail)?;
                taken += 1;
            }
        }
        super::settle(transaction, &probe).map_err(fail)?;
        Ok(taken)
    }

    /// The items of a source that changed last, newest change first.
    pub fn corrected(&self, source: &crate::model::SourceId, limit: usize) -> Result<Vec<Item>, Error> {
        let query = "SELECT data FROM item WHERE source = ?1 AND json_extract(data, '$.revision') > 0 ORDER BY updated DESC LIMIT ?2";
        self.items(query, params![source.as_str(), i64::try_from(limit).unwrap_or(i64::MAX)])
    }
}
