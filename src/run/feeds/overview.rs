//! The index page and the OPML file: every feed on one page.

use crate::publish::{self, Card, Listed};
use crate::store::Published;

use super::{Error, Planned, Press, digest};

impl Press<'_> {
    /// Writes both, if any feed changed or they are missing.
    pub(super) fn overview(&mut self, planned: &[Planned<'_>], changed: bool) -> Result<(), Error> {
        let mut tokens = vec![self.edition.clone()];
        tokens.extend(planned.iter().filter_map(|planned| Some(self.published.get(&planned.stem)?.token.clone())));
        let whole = digest(&tokens.join("\n"));
        let is_same = self.published.get("index").is_some_and(|published| published.token == whole);
        if !changed && is_same && self.disk.has("index.html") && self.disk.has("feeds.opml") {
            return Ok(());
        }
        let cards: Vec<(&str, Card)> = planned
            .iter()
            .filter_map(|planned| Some((planned.stem.as_str(), serde_json::from_str(&self.published.get(&planned.stem)?.card).ok()?)))
            .collect();
        let formats = &self.config.publish.formats;
        let listed: Vec<Listed<'_>> = cards.iter().map(|(stem, card)| Listed { card, stem, formats }).collect();
        let title = &self.config.publish.title;
        let files =
            [("index.html", publish::index(title, &listed, &self.place)), ("feeds.opml", publish::opml(title, &listed, &self.place))];
        for (name, bytes) in files {
            if self.disk.put(name, &bytes)? {
                self.wrote.push(name.to_owned());
            }
        }
        self.store.set_published("index", &Published { token: whole, card: String::new() })?;
        Ok(())
    }
}
