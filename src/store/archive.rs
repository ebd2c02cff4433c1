//! The history of a source, or of a feed across sources, beyond its live feed: which items are in which archive. An archive never changes once it is sealed; an item
//! that is corrected later leaves its old text there and is live again (RFC 5005, section 4).

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use crate::model::{Item, ItemId, SourceId};

use super::{Error, Store};

/// Whose history it is.
#[derive(Debug, Clone, Copy)]
pub enum Shelf<'a> {
    /// A source's.
    Source(&'a SourceId),
    /// A feed's across sources, by its stem.
    Feed(&'a str),
}

impl Shelf<'_> {
    /// Under which name its archives are kept.
    fn key(&self) -> &str {
        match self {
            Self::Source(source) => source.as_str(),
            Self::Feed(stem) => stem,
        }
    }

    /// Live items, newest first, with the bytes of their bodies.
    fn live(&self) -> &'static str {
        match self {
            Self::Source(_) => {
                "SELECT id, octet_length(json_extract(data, '$.html')) FROM item WHERE source = ?1 AND archive = 0 ORDER BY recency DESC, id"
            }
            Self::Feed(_) => {
                "SELECT id, octet_length(json_extract(item.data, '$.html')) FROM member JOIN item USING (id)
                 WHERE feed = ?1 AND member.archive = 0 ORDER BY member.recency DESC, id"
            }
        }
    }

    /// Puts an item into an archive.
    fn put(&self) -> &'static str {
        match self {
            Self::Source(_) => "UPDATE item SET archive = ?3 WHERE id = ?2 AND source = ?1",
            Self::Feed(_) => "UPDATE member SET archive = ?3 WHERE id = ?2 AND feed = ?1",
        }
    }

    /// The items of an archive.
    fn sealed(&self) -> &'static str {
        match self {
            Self::Source(_) => {
                "SELECT data FROM item WHERE source = ?1 AND archive = ?2
                 UNION ALL SELECT data FROM archived WHERE source = ?1 AND archive = ?2"
            }
            Self::Feed(_) => {
                "SELECT item.data FROM member JOIN item USING (id) WHERE feed = ?1 AND member.archive = ?2
                 UNION ALL SELECT data FROM archived WHERE source = ?1 AND archive = ?2"
            }
        }
    }
}

/// What a live feed may hold, and how much of it goes into one archive.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// The most items.
    pub items: usize,
    /// The most bytes of bodies.
    pub bytes: usize,
}

/// What is kept of a source; what is `None` is no limit.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keep {
    /// So many items at least, whatever else is said: those that the feed shows.
    pub least: usize,
    /// No more items than that.
    pub items: Option<usize>,
    /// None that are older.
    pub after: Option<Timestamp>,
    /// No more bytes than that, as stored.
    pub bytes: Option<u64>,
}

impl Keep {
    /// Whether everything is kept.
    pub fn is_all(&self) -> bool {
        self.items.is_none() && self.after.is_none() && self.bytes.is_none()
    }
}

impl Room {
    /// Half a feed goes into an archive, so that the live feed never runs empty and archives are few.
    fn page(self) -> Room {
        Room { items: (self.items / 2).max(1), bytes: self.bytes / 2 }
    }
}

/// One sealed archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Its number, from 1 for the oldest that ever was.
    pub number: u32,
    /// How often items were taken out of it by hand.
    pub changes: i64,
    /// What was said of the feed when it was sealed.
    pub head: String,
}

impl Store {
    /// Moves the oldest live items into archives until the rest fits. `head` is kept with them. Says how many archives were sealed.
    pub fn seal(&mut self, shelf: Shelf<'_>, room: Room, head: &str) -> Result<usize, Error> {
        let (path, probe) = (self.path.clone(), self.probe.clone());
        let fail = |error| Error::from_sqlite(&path, "seal an archive", error);
        let transaction = self.connection.transaction().map_err(fail)?;
        let mut live = live_sizes(&transaction, shelf).map_err(fail)?;
        let last = last_number(&transaction, shelf).map_err(fail)?;
        let mut pages: Vec<Vec<ItemId>> = Vec::new();
        while live.len() > 1 && (live.len() > room.items || live.iter().map(|(_, bytes)| bytes).sum::<usize>() > room.bytes) {
            pages.push(take_page(&mut live, room.page()));
        }
        let is_first = count_archives(&transaction, shelf).map_err(fail)? == 0;
        if is_first && pages.len() == 1 {
            // An archive has a neighbour from the beginning: alone it could link to none.
            let second = pages.first_mut().filter(|page| page.len() > 1).map(|page| page.split_off(page.len() / 2));
            pages.extend(second);
        }
        for (number, page) in (last + 1..).zip(&pages) {
            write_page(&transaction, shelf, number, head, page).map_err(fail)?;
        }
        super::settle(transaction, &probe).map_err(fail)?;
        Ok(pages.len())
    }

    /// The items of the live feed, newest first.
    pub fn live(&self, source: &SourceId) -> Result<Vec<Item>, Error> {
        let query = "SELECT data FROM item WHERE source = ?1 AND archive = 0 ORDER BY date DESC, id";
        self.items(query, params![source.as_str()])
    }

    /// The archives, oldest first.
    pub fn archives(&self, shelf: Shelf<'_>) -> Result<Vec<Archive>, Error> {
        let fail = |error| self.fail("read the archives", error);
        let query = "SELECT number, changes, head FROM archive WHERE source = ?1 ORDER BY number";
        let mut statement = self.connection.prepare_cached(query).map_err(fail)?;
        let archive = |row: &rusqlite::Row<'_>| Ok(Archive { number: row.get(0)?, changes: row.get(1)?, head: row.get(2)? });
        let rows = statement.query_map([shelf.key()], archive).map_err(fail)?;
        rows.collect::<Result<_, _>>().map_err(fail)
    }

    /// The items of an archive as they were when it was sealed, newest first.
    pub fn archive(&self, shelf: Shelf<'_>, number: u32) -> Result<Vec<Item>, Error> {
        let mut items = self.items(shelf.sealed(), params![shelf.key(), number])?;
        items.sort_by(|one, other| other.date().cmp(&one.date()).then_with(|| one.id.cmp(&other.id)));
        Ok(items)
    }

    /// Takes out the oldest archives that `keep` does not want any more. Says how many items went.
    pub fn prune_archives(&mut self, source: &SourceId, keep: &Keep) -> Result<usize, Error> {
        let mut gone = 0;
        while let Some(oldest) = self.oldest_archive(source).map_err(|error| self.fail("look for old archives", error))? {
            let left = self.standing(source)?.items - i64::try_from(oldest.ids.len()).unwrap_or(i64::MAX);
            let is_surplus = keep.items.is_some_and(|items| left >= i64::try_from(items.max(keep.least)).unwrap_or(i64::MAX));
            let is_old = keep.after.is_some_and(|after| oldest.newest < after.as_millisecond());
            let is_large = keep.bytes.is_some_and(|bytes| oldest.bytes_in_all > i64::try_from(bytes).unwrap_or(i64::MAX));
            if !(is_surplus || is_old || is_large) {
                break;
            }
            gone += self.remove(&oldest.ids, false)?;
        }
        Ok(gone)
    }

    fn oldest_archive(&self, source: &SourceId) -> rusqlite::Result<Option<Oldest>> {
        let query =
            "SELECT id, date FROM item WHERE source = ?1 AND archive = (SELECT min(archive) FROM item WHERE source = ?1 AND archive > 0)";
        let mut statement = self.connection.prepare_cached(query)?;
        let rows = statement.query_map([source.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
        let Some(newest) = rows.iter().map(|(_, date)| *date).max() else { return Ok(None) };
        let sum = "SELECT coalesce(sum(bytes), 0) FROM item WHERE source = ?1";
        let bytes_in_all = self.connection.query_row(sum, [source.as_str()], |row| row.get(0))?;
        Ok(Some(Oldest { ids: rows.into_iter().map(|(id, _)| id).collect(), newest, bytes_in_all }))
    }
}

/// The oldest archive of a source.
struct Oldest {
    ids: Vec<String>,
    /// The date of its newest item.
    newest: i64,
    /// How large all items of the source are.
    bytes_in_all: i64,
}

/// Takes an item out of the archives that have it, before it is removed: they are written anew, or go if they are empty.
pub(super) fn withdraw(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    super::change(
        transaction,
        "UPDATE archive SET changes = changes + 1 WHERE (source, number) IN
            (SELECT source, archive FROM archived WHERE id = ?1 UNION SELECT source, archive FROM item WHERE id = ?1 AND archive > 0
             UNION SELECT feed, archive FROM member WHERE id = ?1 AND archive > 0)",
        [id],
    )?;
    super::change(transaction, "DELETE FROM member WHERE id = ?1", [id])?;
    super::change(transaction, "DELETE FROM archived WHERE id = ?1", [id])?;
    Ok(())
}

/// Drops archives that nothing is left in.
pub(super) fn drop_empty(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    super::change(
        transaction,
        "DELETE FROM archive WHERE changes > 0
            AND NOT EXISTS (SELECT 1 FROM item WHERE item.source = archive.source AND item.archive = archive.number AND item.archive > 0)
            AND NOT EXISTS (SELECT 1 FROM member WHERE member.feed = archive.source AND member.archive = archive.number)
            AND NOT EXISTS (SELECT 1 FROM archived WHERE archived.source = archive.source AND archived.archive = archive.number)",
        [],
    )?;
    Ok(())
}

/// Keeps the text that an archive has of an item which is about to change.
pub(super) fn keep_sealed(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    super::change(
        transaction,
        "INSERT OR IGNORE INTO archived (source, archive, id, data) SELECT source, archive, id, data FROM item WHERE id = ?1 AND archive > 0",
        [id],
    )?;
    Ok(())
}

/// The live items, newest first, with the bytes of their bodies.
fn live_sizes(transaction: &Transaction<'_>, shelf: Shelf<'_>) -> rusqlite::Result<Vec<(ItemId, usize)>> {
    let mut statement = transaction.prepare_cached(shelf.live())?;
    let rows = statement.query_map([shelf.key()], |row| Ok((ItemId(row.get(0)?), row.get::<_, Option<i64>>(1)?)))?;
    rows.map(|row| row.map(|(id, bytes)| (id, bytes.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(0)))).collect()
}

/// The highest number that an archive ever had: those that went must not come back with other items.
fn last_number(transaction: &Transaction<'_>, shelf: Shelf<'_>) -> rusqlite::Result<u32> {
    let query = "SELECT max(coalesce((SELECT max(number) FROM archive WHERE source = ?1), 0),
                            coalesce((SELECT value FROM counter WHERE name = 'archive ' || ?1), 0))";
    transaction.prepare_cached(query)?.query_row([shelf.key()], |row| row.get(0))
}

fn count_archives(transaction: &Transaction<'_>, shelf: Shelf<'_>) -> rusqlite::Result<i64> {
    transaction.prepare_cached("SELECT count(*) FROM archive WHERE source = ?1")?.query_row([shelf.key()], |row| row.get(0))
}

/// Takes the oldest items off the end: one at least, and never the very last.
fn take_page(live: &mut Vec<(ItemId, usize)>, page: Room) -> Vec<ItemId> {
    let (mut taken, mut bytes) = (Vec::new(), 0);
    while live.len() > 1 && taken.len() < page.items {
        let Some((id, size)) = live.pop() else { break };
        if !taken.is_empty() && bytes + size > page.bytes {
            live.push((id, size));
            break;
        }
        bytes += size;
        taken.push(id);
    }
    taken
}

fn write_page(transaction: &Transaction<'_>, shelf: Shelf<'_>, number: u32, head: &str, page: &[ItemId]) -> rusqlite::Result<()> {
    super::change(transaction, "INSERT INTO archive (source, number, head) VALUES (?1, ?2, ?3)", params![shelf.key(), number, head])?;
    super::change(transaction, "INSERT OR REPLACE INTO counter (name, value) VALUES ('archive ' || ?1, ?2)", params![shelf.key(), number])?;
    let mut update = transaction.prepare_cached(shelf.put())?;
    for id in page {
        update.execute(params![shelf.key(), id.0, number])?;
    }
    Ok(())
}
