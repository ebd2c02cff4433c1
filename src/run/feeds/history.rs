//! The archives of a source (RFC 5005, section 4): sealed in the store, written once, linked from the newest to the oldest.

use crate::config::Source;
use crate::publish::{Chain, file_name};
use crate::store::{Archive, Published, Room};

use super::{Error, Kind, Press, build, digest};

/// The stem of an archive's files.
fn stem(source: &Source, number: u32) -> String {
    format!("{}.archive-{number:04}", source.name)
}

impl Press<'_> {
    /// Prunes, seals what the live feed has no room for, and writes the archives that are not there yet. Gives the live feed's place in the chain.
    pub(super) fn history(&mut self, source: &Source) -> Result<Chain, Error> {
        // What a feed shows is always kept.
        let keep = source.keep.max(self.config.publish.items);
        if !self.archives() {
            if source.keep > 0 {
                self.store.prune(&source.name, Some(keep), None)?;
            }
            return Ok(Chain::default());
        }
        let room = Room { items: self.config.publish.items.max(1), bytes: self.config.publish.max_bytes };
        let head = serde_json::to_string(&build::head(self.store, source)?).unwrap_or_default();
        self.store.seal(&source.name, room, &head)?;
        if source.keep > 0 {
            self.store.prune_archives(&source.name, keep)?;
        }
        let archives = self.store.archives(&source.name)?;
        for (place, archive) in archives.iter().enumerate() {
            let older = place.checked_sub(1).and_then(|older| archives.get(older));
            let newer = archives.get(place + 1).filter(|_| older.is_none());
            self.archive(source, archive, older, newer)?;
        }
        self.sweep(source, &archives)?;
        Ok(Chain { previous: archives.last().map(|newest| stem(source, newest.number)), ..Chain::default() })
    }

    /// Writes an archive, unless it stands as it must.
    fn archive(&mut self, source: &Source, archive: &Archive, older: Option<&Archive>, newer: Option<&Archive>) -> Result<(), Error> {
        let own = stem(source, archive.number);
        let other = |archive: Option<&Archive>| archive.map(|archive| stem(source, archive.number));
        let chain = Chain { previous: other(older), next: other(newer), current: Some(source.name.to_string()) };
        let publish = &self.config.publish;
        let token = digest(&format!("{:?} {:?} {} {chain:?}", publish.base_url, publish.formats, archive.changes));
        let stands = publish.formats.iter().all(|&format| self.disk.has(&file_name(&own, format)));
        if stands && self.published.get(&own).is_some_and(|published| published.token == token) {
            return Ok(());
        }
        let head = serde_json::from_str(&archive.head)
            .map_err(|error| crate::store::Error::Data { path: self.store.path().to_path_buf(), reason: error.to_string() })?;
        let feed = build::source_feed(&source.name, head, self.store.archive(&source.name, archive.number)?);
        self.write(&feed, &own, &chain)?;
        let published = Published { token, card: String::new() };
        self.store.set_published(&own, &published)?;
        self.published.insert(own, published);
        Ok(())
    }

    /// Removes the files of archives that were pruned.
    fn sweep(&self, source: &Source, archives: &[Archive]) -> Result<(), Error> {
        let Some(oldest) = archives.first() else { return Ok(()) };
        for number in (1..oldest.number).rev() {
            let files: Vec<String> = self.config.publish.formats.iter().map(|&format| file_name(&stem(source, number), format)).collect();
            if !files.iter().any(|file| self.disk.has(file)) {
                break;
            }
            for file in &files {
                self.disk.remove(file)?;
            }
        }
        Ok(())
    }

    /// Whether every archive of a source has its files.
    pub(super) fn has_archives(&self, kind: &Kind<'_>) -> bool {
        let Kind::Source(source) = kind else { return true };
        let count = self.standings.get(source.name.as_str()).map_or(0, |standing| standing.archives);
        if count == 0 || !self.archives() {
            return true;
        }
        let prefix = format!("{}.archive-", source.name);
        self.disk.count(&prefix) >= usize::try_from(count).unwrap_or(0) * self.config.publish.formats.len()
    }
}
