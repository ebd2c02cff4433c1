//! Everything that a poll changes, in one transaction.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::extract::credit::alias_key;
use crate::model::{Item, ItemId, SourceId, Validators};
use crate::url::Url;

use super::{Error, SourceRecord, Store};

/// An article that could have been tried again for so long and was not is listed no more.
const LONGEST_UNREAD: SignedDuration = SignedDuration::from_hours(24 * 30);

/// One item to be stored, with what the listing said of it and every key that leads to it.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The item.
    pub item: Item,
    /// Digest of what the listing said.
    pub digest: String,
    /// Every key that leads to it.
    pub keys: Vec<String>,
}

/// What a poll changes.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// New and changed items.
    pub items: Vec<Stored>,
    /// Items that were read again without a change: their new digest and keys.
    pub unchanged: Vec<(ItemId, String, Vec<String>)>,
    /// What makes the next request for an article conditional: its item, the address that was read, and what its server said.
    pub visits: Vec<(ItemId, Url, Validators)>,
    /// Articles that could not be read: key, attempts, next try, code.
    pub failed: Vec<(String, u32, Timestamp, String)>,
    /// Keys of articles that could be read after all.
    pub recovered: Vec<String>,
    /// Articles that were read and are left out: key, and digest of what the listing said.
    pub left_out: Vec<(String, String)>,
    /// Digest of the rules that they were read by.
    pub rules: String,
    /// The source's new memory.
    pub record: SourceRecord,
}

impl Store {
    /// Commits the changes of a poll, all or nothing. `updated` of an item moves by milliseconds until no other item has it: feeds must not
    /// have two entries with the same instant.
    pub fn commit(&mut self, source: &SourceId, changes: &Changes) -> Result<(), Error> {
        let (path, probe) = (self.path.clone(), self.probe.clone());
        let fail = |error| Error::from_sqlite(&path, "commit a poll", error);
        let transaction = self.connection.transaction().map_err(fail)?;
        write(&transaction, source, changes).map_err(fail)?;
        super::settle(transaction, &probe).map_err(fail)
    }
}

fn write(transaction: &Transaction<'_>, source: &SourceId, changes: &Changes) -> rusqlite::Result<()> {
    for stored in &changes.items {
        put_item(transaction, stored)?;
        put_keys(transaction, source, &stored.item.id, &stored.keys)?;
        put_credits(transaction, &stored.item)?;
    }
    for (id, digest, keys) in &changes.unchanged {
        super::change(transaction, "UPDATE item SET digest = ?2, rechecks = rechecks + 1 WHERE id = ?1", params![id.0, digest])?;
        put_keys(transaction, source, id, keys)?;
    }
    for (id, url, validators) in &changes.visits {
        put_visit(transaction, id, url, validators)?;
    }
    for (key, attempts, next_try, code) in &changes.failed {
        super::change(
            transaction,
            "INSERT OR REPLACE INTO failed (source, key, attempts, next_try, code) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![source.as_str(), key, attempts, next_try.as_millisecond(), code],
        )?;
    }
    for key in &changes.recovered {
        super::change(transaction, "DELETE FROM failed WHERE source = ?1 AND key = ?2", params![source.as_str(), key])?;
    }
    if let Some(long_ago) = changes.record.polls.last().and_then(|poll| poll.at.checked_sub(LONGEST_UNREAD).ok()) {
        let query = "DELETE FROM failed WHERE source = ?1 AND next_try < ?2";
        super::change(transaction, query, params![source.as_str(), long_ago.as_millisecond()])?;
    }
    put_left_out(transaction, source, changes)?;
    super::incident::follow(transaction, source, &changes.record)?;
    let next_due = changes.record.next_due.map_or(0, Timestamp::as_millisecond);
    super::change(
        transaction,
        "INSERT OR REPLACE INTO source (name, next_due, state, head) VALUES (?1, ?2, ?3, ?4)",
        params![source.as_str(), next_due, json(&changes.record)?, json(&(&changes.record.title, &changes.record.language))?],
    )?;
    Ok(())
}

fn put_left_out(transaction: &Transaction<'_>, source: &SourceId, changes: &Changes) -> rusqlite::Result<()> {
    if changes.left_out.is_empty() {
        return Ok(());
    }
    super::change(transaction, "DELETE FROM left_out WHERE source = ?1 AND rules <> ?2", params![source.as_str(), changes.rules])?;
    for (key, digest) in &changes.left_out {
        super::change(
            transaction,
            "INSERT OR REPLACE INTO left_out (source, key, rules, digest) VALUES (?1, ?2, ?3, ?4)",
            params![source.as_str(), key, changes.rules, digest],
        )?;
    }
    Ok(())
}

pub(super) fn put_item(transaction: &Transaction<'_>, stored: &Stored) -> rusqlite::Result<()> {
    let mut item = stored.item.clone();
    item.updated = free_instant(transaction, &item)?;
    let data = json(&item)?;
    super::archive::keep_sealed(transaction, &item.id.0)?;
    super::story::touch(transaction, item.source.as_str(), &item.id.0)?;
    super::member::reopen(transaction, &item.id.0, item.updated.as_millisecond())?;
    let next = "UPDATE counter SET value = value + 1 WHERE name = 'sequence' RETURNING value";
    let sequence: i64 = transaction.prepare_cached(next)?.query_row([], |row| row.get(0))?;
    super::change(transaction, "INSERT INTO item (id, source, date, first_seen, updated, fingerprint, digest, rechecks, bytes, data, archive, recency, sequence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, 0, ?3, ?10)
         ON CONFLICT (id) DO UPDATE SET date = excluded.date, updated = excluded.updated, fingerprint = excluded.fingerprint,
            digest = excluded.digest, rechecks = item.rechecks + 1, bytes = excluded.bytes, data = excluded.data, sequence = excluded.sequence,
            recency = iif(item.archive > 0, excluded.updated, item.recency), archive = 0",
        params![
            item.id.0,
            item.source.as_str(),
            item.date().as_millisecond(),
            item.first_seen.as_millisecond(),
            item.updated.as_millisecond(),
            item.fingerprint,
            stored.digest,
            i64::try_from(data.len()).unwrap_or(i64::MAX),
            data,
            sequence
        ],
    )?;
    super::story::touch(transaction, item.source.as_str(), &item.id.0)
}

fn free_instant(transaction: &Transaction<'_>, item: &Item) -> rusqlite::Result<Timestamp> {
    let mut query = transaction.prepare_cached("SELECT id FROM item WHERE updated = ?1")?;
    let mut at = item.updated;
    loop {
        let holder: Option<String> = query.query_row([at.as_millisecond()], |row| row.get(0)).optional()?;
        if holder.is_none_or(|holder| holder == item.id.0) {
            // Whole milliseconds, as stored: what is published must be what is read back.
            return Ok(Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at));
        }
        at = at.checked_add(SignedDuration::from_millis(1)).unwrap_or(at);
    }
}

fn put_visit(transaction: &Transaction<'_>, id: &ItemId, url: &Url, validators: &Validators) -> rusqlite::Result<()> {
    if *validators == Validators::default() {
        return super::change(transaction, "DELETE FROM visit WHERE id = ?1", [&id.0]).map(drop);
    }
    let values = params![id.0, url.as_str(), json(validators)?];
    super::change(transaction, "INSERT OR REPLACE INTO visit (id, url, validators) VALUES (?1, ?2, ?3)", values).map(drop)
}

pub(super) fn put_keys(transaction: &Transaction<'_>, source: &SourceId, id: &ItemId, keys: &[String]) -> rusqlite::Result<()> {
    // The first item to have a key keeps it: a canonical address that a broken site writes on every page must not move.
    let mut insert = transaction.prepare_cached("INSERT OR IGNORE INTO alias (source, key, id) VALUES (?1, ?2, ?3)")?;
    for key in keys {
        insert.execute(params![source.as_str(), key, id.0])?;
    }
    Ok(())
}

pub(super) fn put_credits(transaction: &Transaction<'_>, item: &Item) -> rusqlite::Result<()> {
    super::change(transaction, "DELETE FROM credit WHERE id = ?1", [&item.id.0])?;
    let mut insert =
        transaction.prepare_cached("INSERT OR IGNORE INTO credit (key, source, id, role, name) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for credit in &item.credits {
        insert.execute(params![alias_key(&credit.name), item.source.as_str(), item.id.0, credit.role.as_str(), credit.name])?;
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}
