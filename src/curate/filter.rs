//! What the configuration leaves out of a source, and what it narrows a combined feed to.

use serde::Deserialize;

use crate::extract::credit;
use crate::model::{Item, Pattern};

/// `items = { skip = ["(?i)horoscope"], only = […], min-text = 200 }`: which articles of a source become items.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ItemFilter {
    /// Articles whose title or address matches one of these are left out.
    pub skip: Vec<Pattern>,
    /// If there are any, only articles whose title or address matches one of these are kept.
    pub only: Vec<Pattern>,
    /// Articles with less text than this many characters are left out.
    pub min_text: usize,
}

impl ItemFilter {
    /// Whether a title or an address passes. Asked before the article is read, with what the listing says.
    pub fn allows(&self, title: &str, url: &str) -> bool {
        let hits = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.0.is_match(title) || pattern.0.is_match(url));
        !hits(&self.skip) && (self.only.is_empty() || hits(&self.only))
    }

    /// Whether an item passes, text and all.
    pub fn keeps(&self, item: &Item) -> bool {
        self.allows(&item.title, item.url.as_str()) && item.text.chars().take(self.min_text).count() >= self.min_text
    }
}

/// What a `[[feed]]` narrows to. Empty lists narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct FeedFilter {
    /// Credited outlets and agencies; aliases count.
    pub credit: Vec<String>,
    /// Words or phrases, any of which must stand in the title or text; case does not count.
    pub words: Vec<String>,
    /// Languages, BCP 47; `es` takes `es-MX` as well.
    pub language: Vec<String>,
}

impl FeedFilter {
    /// Whether an item belongs into the feed.
    pub fn takes(&self, item: &Item) -> bool {
        self.takes_credit(item) && self.takes_words(item) && self.takes_language(item)
    }

    fn takes_credit(&self, item: &Item) -> bool {
        let wanted = |key: &str| self.credit.iter().any(|name| credit::alias_key(name) == key);
        self.credit.is_empty() || item.credits.iter().any(|credit| wanted(&credit::alias_key(&credit.name)))
    }

    fn takes_words(&self, item: &Item) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let (title, text) = (item.title.to_lowercase(), item.text.to_lowercase());
        self.words.iter().map(|word| word.to_lowercase()).any(|word| title.contains(&word) || text.contains(&word))
    }

    fn takes_language(&self, item: &Item) -> bool {
        let language = item.language.as_deref().unwrap_or("").to_ascii_lowercase();
        let matches = |wanted: &str| language == wanted || language.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('-'));
        self.language.is_empty() || self.language.iter().any(|wanted| matches(&wanted.to_ascii_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(skip: &[&str], only: &[&str]) -> ItemFilter {
        let patterns = |list: &[&str]| list.iter().map(|text| Pattern(regex::Regex::new(text).unwrap())).collect();
        ItemFilter { skip: patterns(skip), only: patterns(only), min_text: 0 }
    }

    #[test]
    fn skipped_words_leave_an_article_out() {
        let check = |filter: &ItemFilter, title: &str, expected: bool| assert_eq!(filter.allows(title, "https://a.example/x"), expected);
        check(&filter(&["(?i)horoscope"], &[]), "Your Horoscope", false);
        check(&filter(&["(?i)horoscope"], &[]), "A new bridge", true);
        check(&filter(&[], &["bridge"]), "A new road", false);
        check(&filter(&[], &["a\\.example"]), "A new road", true);
    }
}
