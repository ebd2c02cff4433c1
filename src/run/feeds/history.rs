//! The archives of a source, or of a feed across sources (RFC 5005, section 4): sealed in the store, written once, linked from the newest to
//! the oldest.

use crate::config::Source;
use crate::model::SourceId;
use crate::publish::{Chain, file_name};
use crate::store::{Archive, Keep, Published, Room, Shelf};

use super::{Error, Kind, Planned, Press, build, digest, members};

/// The stem of an archive's files.
fn stem(of: &str, number: u32) -> String {
    format!("{of}.archive-{number:04}")
}

impl Press<'_> {
    /// Prunes, seals what the live feed has no room for, and writes the archives that are not there yet. Gives the live feed's place in the chain.
    pub(super) fn history(&mut self, planned: &Planned<'_>) -> Result<Chain, Error> {
        if let Kind::Source(source) = planned.kind {
            self.prune(source)?;
        }
        if !self.archives() {
            return Ok(Chain::default());
        }
        let shelf = match &planned.kind {
            Kind::Source(source) => Shelf::Source(&source.name),
            Kind::Rule(_) | Kind::Credited { .. } => Shelf::Feed(&planned.stem),
            Kind::Health { .. } => return Ok(Chain::default()),
        };
        self.enlist(planned)?;
        let Some((name, head)) = build::head_of(self.config, self.store, &planned.kind)? else { return Ok(Chain::default()) };
        let room = Room { items: self.config.publish.items.max(1), bytes: self.config.publish.max_bytes };
        self.store.seal(shelf, room, &serde_json::to_string(&head).unwrap_or_default())?;
        if let Kind::Source(source) = planned.kind {
            let keep = self.keep(source)?;
            if !keep.is_all() {
                self.store.prune_archives(&source.name, &keep)?;
            }
        }
        let archives = self.store.archives(shelf)?;
        for (place, archive) in archives.iter().enumerate() {
            let older = place.checked_sub(1).and_then(|older| archives.get(older));
            let newer = archives.get(place + 1).filter(|_| older.is_none());
            self.archive((&planned.stem, &name, shelf), archive, older, newer)?;
        }
        self.sweep(&planned.stem, &archives)?;
        Ok(Chain { previous: archives.last().map(|newest| stem(&planned.stem, newest.number)), ..Chain::default() })
    }

    /// What is kept of a source: what its feed shows always is. Ages are counted from the last good poll, for what is published depends on
    /// the store alone.
    fn keep(&self, source: &Source) -> Result<Keep, Error> {
        let least = self.config.publish.items;
        let after = match source.keep_age {
            Some(age) => self.store.source(&source.name)?.last_success.and_then(|last| last.checked_sub(age).ok()),
            None => None,
        };
        let items = (source.keep > 0).then_some(source.keep.max(least));
        Ok(Keep { least, items, after, bytes: (source.keep_bytes > 0).then_some(source.keep_bytes) })
    }

    fn prune(&mut self, source: &Source) -> Result<(), Error> {
        let keep = self.keep(source)?;
        if !keep.is_all() && !self.archives() {
            self.store.prune(&source.name, &keep)?;
        }
        Ok(())
    }

    /// Makes members of what a feed across sources takes and has not seen.
    fn enlist(&mut self, planned: &Planned<'_>) -> Result<(), Error> {
        match &planned.kind {
            Kind::Rule(rule) => {
                let names: std::collections::BTreeSet<&SourceId> = members(self.config, rule).map(|source| &source.name).collect();
                // A source that joins brings items that are stored after it joined.
                let asked = format!("{:?} {:?}", rule.filter, rule.sources);
                let credited = build::credit_keys(rule);
                let takes = |item: &crate::model::Item| rule.filter.takes(item) && names.contains(&item.source);
                self.store.enlist(&planned.stem, &asked, credited.as_deref(), takes)?;
            }
            Kind::Credited { key, .. } => self.store.enlist(&planned.stem, key, Some(std::slice::from_ref(key)), |_| true)?,
            Kind::Source(_) | Kind::Health { .. } => {}
        }
        Ok(())
    }

    /// Writes an archive, unless it stands as it must.
    fn archive(
        &mut self,
        (of, name, shelf): (&str, &SourceId, Shelf<'_>),
        archive: &Archive,
        older: Option<&Archive>,
        newer: Option<&Archive>,
    ) -> Result<(), Error> {
        let own = stem(of, archive.number);
        let other = |archive: Option<&Archive>| archive.map(|archive| stem(of, archive.number));
        let chain = Chain { previous: other(older), next: other(newer), current: Some(of.to_owned()) };
        let publish = &self.config.publish;
        let token = digest(&format!("{:?} {:?} {} {chain:?}", publish.base_url, publish.formats, archive.changes));
        let stands = publish.formats.iter().all(|&format| self.disk.has(&file_name(&own, format)));
        if stands && self.published.get(&own).is_some_and(|published| published.token == token) {
            return Ok(());
        }
        let head = serde_json::from_str(&archive.head)
            .map_err(|error| crate::store::Error::Data { path: self.store.path().to_path_buf(), reason: error.to_string() })?;
        let feed = build::with_head(name, head, self.store.archive(shelf, archive.number)?);
        self.write(&feed, &own, &chain)?;
        let published = Published { token, card: String::new() };
        self.store.set_published(&own, &published)?;
        self.published.insert(own, published);
        Ok(())
    }

    /// Removes the files of archives that were pruned.
    fn sweep(&self, of: &str, archives: &[Archive]) -> Result<(), Error> {
        let Some(oldest) = archives.first() else { return Ok(()) };
        for number in (1..oldest.number).rev() {
            let files: Vec<String> = self.config.publish.formats.iter().map(|&format| file_name(&stem(of, number), format)).collect();
            if !files.iter().any(|file| self.disk.has(file)) {
                break;
            }
            for file in &files {
                self.disk.remove(file)?;
            }
        }
        Ok(())
    }

    /// Whether every archive of a feed has its files.
    pub(super) fn has_archives(&self, stem: &str) -> bool {
        let count = self.standings.get(stem).map_or(0, |standing| standing.archives);
        if count == 0 || !self.archives() {
            return true;
        }
        let prefix = format!("{stem}.archive-");
        self.disk.count(&prefix) >= usize::try_from(count).unwrap_or(0) * self.config.publish.formats.len()
    }
}
