//! How a site calls itself: a page that credits its own site credits nobody.
//!
//! Names come from the address, the head of the page, its structured data, the end of its title, the link to its front page, and its footer.

use super::lines::is_dense;
use super::{names, outlets};
use crate::extract::home;
use crate::extract::json_ld::{self, JsonLd};
use crate::html::{Attribute as _, Dom, letters};
use crate::model::Extraction;

/// A shorter name is the beginning of too many others.
const SHORTEST_PREFIX: usize = 4;
/// In scripts where a sign is a word.
const SHORTEST_PREFIX_DENSE: usize = 2;
/// A longer text is no name.
const LONGEST: usize = 60;
/// Words that begin many names: no site is known by them alone.
const COMMON: [&str; 18] = [
    "news", "press", "daily", "today", "post", "time", "times", "media", "local", "world", "radio", "blog", "the", "article", "articles",
    "magazine", "unknown", "online",
];

/// The names of a site, to compare with.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// The owner of the site at its foot: a house with other outlets of its name, so it says less.
    owners: Vec<String>,
    /// Alias keys.
    keys: Vec<String>,
    /// The letters of each name.
    letters: Vec<String>,
    /// The initials of each name of several words.
    initials: Vec<String>,
    site: String,
}

impl Own {
    /// Gathers the names of a page's site.
    pub(super) fn of(dom: &Dom, data: &JsonLd, extraction: &Extraction) -> Self {
        let mut own = Self { site: dom.url.site().to_owned(), ..Self::default() };
        own.add(dom.url.site());
        for label in dom.url.host().split('.').filter(|label| label.len() >= SHORTEST_PREFIX) {
            own.add(label);
        }
        own.add(dom.url.site().split('.').next().unwrap_or(""));
        for key in ["og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name", "twitter:site", "dc.publisher"] {
            own.add(dom.survey.meta(key).unwrap_or("").trim_start_matches('@'));
        }
        own.declared(data, extraction);
        own.title(dom.survey.title.as_deref().unwrap_or(""));
        home::names(dom).for_each(|name| own.add(&name));
        own.footer(dom);
        own
    }

    /// Whether a name is one of the site's own: equal, the same outlet, or one begins with the other (`ntv.de` is `n-tv`, `Harbour Post Online`
    /// is `Harbour Post`).
    pub(super) fn is(&self, name: &str) -> bool {
        let key = outlets::alias_key(name);
        let letters = letters(name);
        self.keys.contains(&key)
            || outlets::home_page(name).is_some_and(|home| home.site() == self.site)
            || self.letters.contains(&letters)
            || self.letters.iter().any(|own| begins(&letters, own))
            || self.letters.iter().any(|own| begins(own, &letters) && continues(name, own))
            || is_short(name) && self.initials.contains(&letters)
    }

    /// Whether a name is that of the site's owner.
    pub(super) fn owns(&self, name: &str) -> bool {
        let letters = letters(name);
        self.owners.iter().any(|owner| begins(owner, &letters) || begins(&letters, owner))
    }

    /// Whether an address is on the site.
    pub(super) fn holds(&self, url: &crate::url::Url) -> bool {
        url.site() == self.site
    }

    fn add(&mut self, name: &str) {
        let name = name.trim();
        let letters = letters(name);
        if letters.is_empty() || name.chars().count() > LONGEST || self.letters.contains(&letters) {
            return;
        }
        let initials: String = name
            .split(|c: char| c.is_whitespace() || c == '-')
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_lowercase)
            .collect();
        if initials.chars().count() >= 2 {
            self.initials.push(initials);
        }
        self.keys.push(outlets::alias_key(name));
        self.letters.push(letters);
    }

    /// The publisher, unless it is an agency whose site this is not.
    fn declared(&mut self, data: &JsonLd, extraction: &Extraction) {
        let publishers =
            data.articles().filter_map(|node| node.get("publisher")).filter_map(|value| json_ld::text(data.resolve(value)?.get("name")?));
        let sites = data.of_type("WebSite").filter_map(|node| json_ld::text(node.get("name")?));
        let site = extraction.article.site.iter().map(|site| site.value.clone());
        let names: Vec<String> = publishers.chain(sites).chain(site).filter(|name| !outlets::is_agency(name)).collect();
        names.iter().for_each(|name| self.add(name));
    }

    /// "Headline | Section | Harbour Post": the end. Where that is the headline, no outlet is called so.
    fn title(&mut self, title: &str) {
        for separator in [" | ", " - ", " – ", " — ", " · ", " » ", "_", "--", "-", "｜", "|"] {
            let Some((_, end)) = title.rsplit_once(separator) else { continue };
            if !names::looks_like_person(end) && !outlets::is_agency(end) {
                self.add(end);
            }
        }
    }

    /// "© 2024 Harbour Post" at the foot of the page.
    fn footer(&mut self, dom: &Dom) {
        const MOST: usize = 4;
        const SHORTEST: usize = 4;
        let signed = dom.survey.rights.iter().filter_map(|id| dom.html.tree.get(*id));
        let texts = signed.filter_map(|node| Some((node, node.value().as_text()?))).take(MOST);
        for (node, text) in texts {
            let foot = node.ancestors().take(10).any(|above| above.value().as_element().is_some_and(is_foot));
            let owner = text
                .split('©')
                .nth(1)
                .unwrap_or("")
                .trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || "-–,".contains(c));
            let owner = owner.split(['.', ',', '|', '\n', '·', '•', '-', '–']).next().unwrap_or("").trim();
            if foot && owner.chars().count() >= SHORTEST && !outlets::is_agency(owner) {
                self.owners.push(letters(owner));
            }
        }
    }
}

/// Whether an element is the foot of the page, by its tag or names.
fn is_foot(element: &scraper::node::Element) -> bool {
    let named = |name: &str| element.attribute(name).is_some_and(|names| names.to_ascii_lowercase().contains("foot"));
    element.name() == "footer" || named("class") || named("id")
}

fn is_short(name: &str) -> bool {
    name.chars().count() <= SHORTEST_PREFIX
}

/// Whether a name goes on after one of the site's own with a new word: "Harbour Post Online", not "Harbourside".
fn continues(name: &str, own: &str) -> bool {
    let mut left = own.chars().peekable();
    for character in name.chars().flat_map(char::to_lowercase) {
        match left.peek() {
            None => return !character.is_alphanumeric() || is_dense(character),
            Some(wanted) if *wanted == character => _ = left.next(),
            Some(_) if character.is_alphanumeric() => return false,
            Some(_) => {}
        }
    }
    left.peek().is_none()
}

fn begins(one: &str, other: &str) -> bool {
    let least = if one.chars().all(is_dense) { SHORTEST_PREFIX_DENSE } else { SHORTEST_PREFIX };
    one.chars().count() >= least && !COMMON.contains(&one) && other.starts_with(one)
}
