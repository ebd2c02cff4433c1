//! Takes from a page what one strategy of the extractor reads, to see what the strategy is worth.

use regex::{Regex, RegexBuilder};

/// What can be taken away: name, pattern, what stands in its place.
const KINDS: [(&str, &str, &str); 7] = [
    ("json-ld", r#"<script[^>]*ld\+json[^>]*>.*?</script>"#, ""),
    ("meta", r"<meta\s[^>]*(?:property|name|itemprop)\s*=[^>]*>", ""),
    ("title", r"<title[^>]*>.*?</title>", ""),
    ("headings", r"<(/?)h[1-6](\s[^>]*)?>", "<${1}div$2>"),
    ("microdata", r#"\s(?:itemprop|itemtype|itemscope|rel)\s*=\s*(?:"[^"]*"|'[^']*')"#, ""),
    ("time", r"<(/?)time(?:\s[^>]*)?>", "<${1}span>"),
    ("names", r#"\s(?:class|id|role)\s*=\s*(?:"[^"]*"|'[^']*')"#, ""),
];

/// What is taken from each page.
#[derive(Default)]
pub(crate) struct Stripping {
    patterns: Vec<(Regex, &'static str)>,
    pub(crate) address: bool,
}

impl Stripping {
    /// Reads a list such as `json-ld,meta`; `url` hides the page's address.
    pub(crate) fn of(list: &str) -> Self {
        let mut stripping = Self::default();
        for name in list.split(',') {
            stripping.address |= name == "url";
            let known = KINDS.iter().find(|(kind, ..)| *kind == name);
            assert!(known.is_some() || name == "url", "`{name}` is none of json-ld, meta, title, headings, microdata, time, names, url");
            stripping.patterns.extend(known.map(|(_, pattern, instead)| {
                (RegexBuilder::new(pattern).case_insensitive(true).dot_matches_new_line(true).build().unwrap(), *instead)
            }));
        }
        stripping
    }

    /// The page without it.
    pub(crate) fn apply(&self, page: &str) -> String {
        self.patterns.iter().fold(page.to_owned(), |page, (pattern, instead)| pattern.replace_all(&page, *instead).into_owned())
    }
}
