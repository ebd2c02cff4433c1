//! The same story in several sources: items of different sources with the very same title and text. Each stays an item of its own, and is linked
//! to the others.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use crate::model::{Item, ItemId, SourceId};
use crate::url::Url;

use super::{Error, Store};

/// Short texts are alike by chance: notices, results, "no news today".
const SHORTEST_STORY: usize = 200;
/// A story that everyone has is linked to so many others.
const MOST_LINKS: i64 = 8;

impl Store {
    /// Where other sources have the stories of these items; items that are alone are left out.
    pub fn same_stories(&self, items: &[Item]) -> Result<BTreeMap<ItemId, Vec<Url>>, Error> {
        let mut stories = BTreeMap::new();
        for item in items.iter().filter(|item| item.text.chars().nth(SHORTEST_STORY).is_some()) {
            let query = "SELECT data FROM item WHERE fingerprint = ?1 AND source <> ?2 ORDER BY source, id LIMIT ?3";
            let others = self.items(query, params![item.fingerprint, item.source.as_str(), MOST_LINKS])?;
            let mut urls: Vec<Url> = others.into_iter().map(|other| other.url).filter(|url| *url != item.url).collect();
            urls.dedup();
            if !urls.is_empty() {
                stories.insert(item.id.clone(), urls);
            }
        }
        Ok(stories)
    }

    /// How many stories of a source other sources have, too.
    pub fn count_shared(&self, source: &SourceId) -> Result<i64, Error> {
        let query = "SELECT count(*) FROM item WHERE source = ?1
                     AND EXISTS (SELECT 1 FROM item AS other WHERE other.fingerprint = item.fingerprint AND other.source <> item.source)";
        self.connection.query_row(query, [source.as_str()], |row| row.get(0)).map_err(|error| self.fail("count the stories", error))
    }
}

/// Has the feeds of other sources written anew that have the story of an item, which comes, changes or goes. Most stories are one source's own, so
/// that is asked first: sub-queries would cost more than all else that is done for an item.
pub(super) fn touch(transaction: &Transaction<'_>, source: &str, id: &str) -> rusqlite::Result<()> {
    let query = "SELECT other.id, other.source FROM item JOIN item AS other ON other.fingerprint = item.fingerprint
                 WHERE item.id = ?2 AND other.source <> ?1";
    let mut statement = transaction.prepare_cached(query)?;
    let others = statement.query_map([source, id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let others: Vec<(String, String)> = others.collect::<Result<_, _>>()?;
    for (other, source) in others {
        super::change(transaction, "UPDATE tally SET changes = changes + 1 WHERE source = ?1", [source])?;
        let outlets = "UPDATE outlet SET changes = changes + 1 WHERE key IN (SELECT key FROM credit WHERE id = ?1)";
        super::change(transaction, outlets, [other])?;
    }
    Ok(())
}
