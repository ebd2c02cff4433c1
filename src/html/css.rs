//! A CSS selector from the configuration, parsed when the configuration is read.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// A parsed selector that remembers its text.
#[derive(Clone)]
pub struct Css {
    text: String,
    selector: scraper::Selector,
}

impl Css {
    /// Parses a selector (list).
    pub fn parse(text: &str) -> Result<Self, String> {
        let selector = scraper::Selector::parse(text).map_err(|_| {
            format!("`{text}` is not a CSS selector that can be read: expected for example `article.post` or `ul.news > li`")
        })?;
        Ok(Self { text: text.to_owned(), selector })
    }

    /// The selector as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The selector for matching.
    pub fn selector(&self) -> &scraper::Selector {
        &self.selector
    }
}

impl fmt::Debug for Css {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Css({})", self.text)
    }
}

impl PartialEq for Css {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<'de> Deserialize<'de> for Css {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
