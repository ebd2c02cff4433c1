//! The history of a feed across sources: which items it has, live or in one of its archives.
//!
//! An item becomes a member when it is stored and the feed's rule takes it. A member that is corrected after it was sealed leaves its old text in
//! the archive and is live again, as in the history of a source.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::model::Item;

use super::{Error, Store};

/// How many items are read at once.
const BATCH: i64 = 500;

impl Store {
    /// Makes members of those items that were stored since the feed looked last, and that it takes; takes out live ones that it takes no more.
    /// Under another `rule` than before it looks at everything. `credited`: only items that credit one of these keys need be looked at.
    pub fn enlist(&mut self, feed: &str, rule: &str, credited: Option<&[String]>, takes: impl Fn(&Item) -> bool) -> Result<(), Error> {
        let (path, probe) = (self.path.clone(), self.probe.clone());
        let fail = |error| Error::from_sqlite(&path, "look for what a feed takes", error);
        let keys = credited.map(|keys| serde_json::to_string(keys).unwrap_or_default());
        let transaction = self.connection.transaction().map_err(fail)?;
        let last: i64 = transaction.query_row("SELECT value FROM counter WHERE name = 'sequence'", [], |row| row.get(0)).map_err(fail)?;
        let looked = "SELECT sequence FROM looked WHERE feed = ?1 AND rule = ?2";
        let mut from: i64 = transaction.query_row(looked, params![feed, rule], |row| row.get(0)).optional().map_err(fail)?.unwrap_or(0);
        if from == last {
            return Ok(());
        }
        if from == 0 || keys.is_some() {
            drop_strangers(&transaction, feed, keys.as_deref()).map_err(fail)?;
        }
        loop {
            let batch = batch(&transaction, from, keys.as_deref()).map_err(fail)?;
            let Some((sequence, _)) = batch.last() else { break };
            from = *sequence;
            for (_, data) in &batch {
                let item: Item =
                    serde_json::from_str(data).map_err(|error| Error::Data { path: path.clone(), reason: error.to_string() })?;
                put(&transaction, feed, &item, takes(&item)).map_err(fail)?;
            }
        }
        super::change(&transaction, "INSERT OR REPLACE INTO looked (feed, rule, sequence) VALUES (?1, ?2, ?3)", params![feed, rule, last])
            .map_err(fail)?;
        super::settle(transaction, &probe).map_err(fail)
    }

    /// The live items of a feed across sources, newest first.
    pub fn members(&self, feed: &str) -> Result<Vec<Item>, Error> {
        let query = "SELECT item.data FROM member JOIN item USING (id) WHERE feed = ?1 AND member.archive = 0 ORDER BY item.date DESC, id";
        self.items(query, params![feed])
    }
}

/// A member whose item credits no outlet of the feed any more is not found by looking at what does.
fn drop_strangers(transaction: &Transaction<'_>, feed: &str, keys: Option<&str>) -> rusqlite::Result<()> {
    let Some(keys) = keys else { return Ok(()) };
    super::change(
        transaction,
        "DELETE FROM member WHERE feed = ?1 AND archive = 0
            AND id NOT IN (SELECT id FROM credit WHERE key IN (SELECT value FROM json_each(?2)))",
        params![feed, keys],
    )?;
    Ok(())
}

fn batch(transaction: &Transaction<'_>, from: i64, keys: Option<&str>) -> rusqlite::Result<Vec<(i64, String)>> {
    let query = match keys {
        Some(_) => {
            "SELECT sequence, data FROM item WHERE sequence > ?1 AND id IN (SELECT id FROM credit WHERE key IN (SELECT value FROM json_each(?3)))
             ORDER BY sequence LIMIT ?2"
        }
        None => "SELECT sequence, data FROM item WHERE sequence > ?1 AND ?3 IS NULL ORDER BY sequence LIMIT ?2",
    };
    let mut statement = transaction.prepare_cached(query)?;
    let rows = statement.query_map(params![from, BATCH, keys], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn put(transaction: &Transaction<'_>, feed: &str, item: &Item, is_taken: bool) -> rusqlite::Result<()> {
    if is_taken {
        let query = "INSERT OR IGNORE INTO member (feed, id, archive, recency) VALUES (?1, ?2, 0, ?3)";
        transaction.prepare_cached(query)?.execute(params![feed, item.id.0, item.date().as_millisecond()])?;
    } else {
        let query = "DELETE FROM member WHERE feed = ?1 AND id = ?2 AND archive = 0";
        transaction.prepare_cached(query)?.execute(params![feed, item.id.0])?;
    }
    Ok(())
}

/// Brings an item that changed back into the live feeds that had sealed it; their archives keep the text that they have. To be called before it changes.
pub(super) fn reopen(transaction: &Transaction<'_>, id: &str, now: i64) -> rusqlite::Result<()> {
    super::change(
        transaction,
        "INSERT OR IGNORE INTO archived (source, archive, id, data)
            SELECT member.feed, member.archive, item.id, item.data FROM member JOIN item USING (id) WHERE id = ?1 AND member.archive > 0",
        [id],
    )?;
    super::change(transaction, "UPDATE member SET archive = 0, recency = ?2 WHERE id = ?1 AND archive > 0", params![id, now])?;
    Ok(())
}
