//! Which of a page's dates is that of the article.
//!
//! What the page declares is believed before what it shows: JSON-LD, microdata, meta, a marked `<time>`, the text near the headline, the address. A
//! day that only the address tells overrules nothing, but fills a gap.

use ego_tree::NodeId;
use jiff::tz::TimeZone;
use regex::Regex;
use scraper::{ElementRef, Node};
use std::sync::LazyLock;

use super::parse::{first_in, parse};
use crate::extract::json_ld::{self, JsonLd};
use crate::extract::{Context, Rules};
use crate::html::{Dom, collapse, noise, text_of};
use crate::model::{Candidate, Extraction, Found, Note, Origin, Precision, When};

const PUBLISHED_KEYS: [&str; 34] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date-published",
    "publish-date",
    "publishdate",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article.created",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc:date",
    "datecreated",
    "pubdate",
    "pub_date",
    "displaydate",
    "article:post_date",
    "rnews:datepublished",
    "prism.publicationdate",
    "date",
];
const MODIFIED_KEYS: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "modified_time",
    "article.updated",
];
/// How many lines after the headline are looked at for a date that is shown only.
const LINES_AFTER_HEADLINE: usize = 14;
/// A line with a date is short; a sentence in the story that names a day is not.
const LONGEST_DATE_LINE: usize = 160;

static ADDRESS_DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[/\-_=.])(?P<y>(?:19|20)\d{2})(?:[/\-_.](?P<m>\d{1,2})[/\-_.](?P<d>\d{1,2})|(?P<mm>\d{2})(?P<dd>\d{2}))(?:[/\-_.?]|$)",
    )
    .ok()
});

struct Search<'a> {
    dom: &'a Dom,
    language: String,
    zone: TimeZone,
    found: Vec<(When, String)>,
}

/// Fills `published` and `modified`.
pub fn fill(dom: &Dom, data: &JsonLd, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) {
    let language = extraction.article.language.as_ref().map(|language| language.value.clone()).unwrap_or_default();
    let mut search = Search { dom, language, zone: context.zone.clone(), found: Vec::new() };
    if let Some(css) = &rules.date {
        match dom.html.select(css.selector()).next().and_then(|element| search.of_element(element)) {
            Some(when) => search.found.push((when, format!("css {}", css.as_str()))),
            None => extraction.notes.push(Note::new("selector-missed", format!("`article.date` (`{}`) gives no date", css.as_str()))),
        }
    }
    search.declared(data);
    search.times();
    search.shown();
    search.address();
    if let Some(date) = context.link.and_then(|link| link.date) {
        search.found.push((date, "listing".to_owned()));
    }
    let modified = search.modified(data);
    let latest = context.now.and_then(|now| now.checked_add(jiff::SignedDuration::from_hours(26)).ok());
    let plausible = |when: &When| latest.is_none_or(|latest| when.at <= latest);
    search.found.retain(|(when, origin)| {
        let keep = plausible(when);
        if !keep {
            extraction.notes.push(Note::new("date-in-future", format!("{origin} says {}, which lies ahead", when.to_rfc3339())));
        }
        keep
    });
    let winner = choose(&search.found);
    if context.explain {
        for (when, origin) in &search.found {
            let won = winner.as_ref().is_some_and(|(winning, by)| winning == when && by == origin);
            let verdict = if won { "won" } else { "less certain" };
            extraction.candidates.push(Candidate {
                field: "published".to_owned(),
                value: when.to_rfc3339(),
                origin: Origin::new(origin),
                verdict: verdict.to_owned(),
            });
        }
    }
    match winner {
        Some((when, origin)) => extraction.article.published = Some(Found::new(when, origin)),
        None => extraction.notes.push(Note::new("no-date", "the page shows no date of its own")),
    }
    extraction.article.modified = modified.filter(|(when, _)| plausible(when)).map(|(when, origin)| Found::new(when, origin));
}

/// The first; but a later one of the same day that knows the time is better than one that knows only the day.
fn choose(found: &[(When, String)]) -> Option<(When, String)> {
    let first = found.first()?;
    if first.0.precision == Precision::Day
        && let Some(finer) = found.iter().find(|(when, _)| when.precision > Precision::Day && when.date() == first.0.date())
    {
        return Some(finer.clone());
    }
    Some(first.clone())
}

impl Search<'_> {
    fn read(&self, text: &str) -> Option<When> {
        parse(text, &self.language, &self.zone)
    }

    fn offer(&mut self, text: &str, origin: impl Into<String>) {
        if let Some(when) = self.read(text) {
            self.found.push((when, origin.into()));
        }
    }

    fn declared(&mut self, data: &JsonLd) {
        for key in ["datePublished", "dateCreated", "uploadDate"] {
            for node in data.articles().chain(data.of_type("WebPage")).chain(data.of_type("VideoObject")) {
                if let Some(text) = node.get(key).and_then(json_ld::text) {
                    self.offer(&text, format!("json-ld {key}"));
                }
            }
        }
        self.microdata("datepublished");
        let dom = self.dom;
        for key in PUBLISHED_KEYS {
            if let Some(content) = dom.survey.meta(key) {
                self.offer(content, format!("meta {key}"));
            }
        }
        self.microdata("datecreated");
    }

    fn microdata(&mut self, name: &str) {
        let dom = self.dom;
        for element in dom.survey.itemprops.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?)) {
            let is_it = element.attr("itemprop").is_some_and(|names| names.split_whitespace().any(|one| one.eq_ignore_ascii_case(name)));
            if is_it
                && !in_furniture(dom, element.id())
                && let Some(when) = self.of_element(element)
            {
                self.found.push((when, format!("itemprop {name}")));
                return;
            }
        }
    }

    fn of_element(&self, element: ElementRef<'_>) -> Option<When> {
        let inner = element.descendent_elements().find(|child| child.value().attr("datetime").is_some());
        let attribute = |element: ElementRef<'_>| ["datetime", "content", "title"].iter().find_map(|name| self.read(element.attr(name)?));
        let text = || first_in(&text_of(element), &self.language, &self.zone).map(|(when, _)| when);
        attribute(element).or_else(|| inner.and_then(attribute)).or_else(text)
    }

    /// `<time>`: marked as the publication first, then the first one outside of furniture.
    fn times(&mut self) {
        let dom = self.dom;
        let mut plain = Vec::new();
        for id in dom.survey.times.iter().take(40) {
            let Some(element) = dom.html.tree.get(*id).and_then(ElementRef::wrap) else { continue };
            if in_furniture(dom, *id) {
                continue;
            }
            let names = element.attr("class").unwrap_or("").to_ascii_lowercase();
            if names.contains("updated") && !names.contains("published") || names.contains("modified") {
                continue;
            }
            let Some(when) = self.of_element(element) else { continue };
            if element.attr("pubdate").is_some() || names.contains("publish") || names.contains("entry-date") {
                self.found.push((when, "time published".to_owned()));
                return;
            }
            plain.push(when);
        }
        if let Some(when) = plain.first() {
            self.found.push((*when, "time".to_owned()));
        }
    }

    /// A date in one of the short lines around the headline.
    fn shown(&mut self) {
        let dom = self.dom;
        if self.found.iter().any(|(when, _)| when.precision > Precision::Day) {
            return;
        }
        let after = dom.survey.headings.first().copied();
        let mut lines = Vec::new();
        let mut passed = after.is_none();
        let mut skipped: Option<NodeId> = None;
        let start = dom.html.tree.root();
        for edge in start.traverse() {
            match edge {
                ego_tree::iter::Edge::Open(node) if skipped.is_none() => match node.value() {
                    Node::Element(element) => {
                        passed |= Some(node.id()) == after;
                        if noise::is_never_text(element) || matches!(element.name(), "nav" | "footer" | "aside" | "noscript") {
                            skipped = Some(node.id());
                        }
                    }
                    Node::Text(text) if passed && text.chars().any(char::is_numeric) => {
                        // The line is what the parent says: dates are often split by mark-up.
                        let parent =
                            node.parent().and_then(ElementRef::wrap).map(text_of).filter(|line| line.chars().count() <= LONGEST_DATE_LINE);
                        lines.push(parent.unwrap_or_else(|| collapse(text)));
                    }
                    _ => {}
                },
                ego_tree::iter::Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
                _ => {}
            }
            if lines.len() >= LINES_AFTER_HEADLINE {
                break;
            }
        }
        let found = lines
            .iter()
            .filter(|line| line.chars().count() <= LONGEST_DATE_LINE && !line.contains('©'))
            .find_map(|line| first_in(line, &self.language, &self.zone));
        if let Some((when, _)) = found {
            self.found.push((when, "text near the headline".to_owned()));
        }
    }

    fn address(&mut self) {
        let canonical = self.dom.survey.links.iter().find(|link| link.rel == "canonical").map_or("", |link| link.href.as_str());
        for address in [self.dom.url.as_str(), canonical] {
            let Some(found) = ADDRESS_DAY.as_ref().and_then(|regex| regex.captures(address)) else { continue };
            let part = |name: &str, other: &str| found.name(name).or_else(|| found.name(other)).map_or("", |part| part.as_str());
            let day = format!("{}-{}-{}", part("y", "y"), part("m", "mm"), part("d", "dd"));
            if let Some(when) = self.read(&day) {
                self.found.push((when, "address".to_owned()));
                return;
            }
        }
    }

    fn modified(&self, data: &JsonLd) -> Option<(When, String)> {
        let told = data.articles().find_map(|node| self.read(&json_ld::text(node.get("dateModified")?)?));
        let meta = || MODIFIED_KEYS.iter().find_map(|key| Some((self.read(self.dom.survey.meta(key)?)?, format!("meta {key}"))));
        told.map(|when| (when, "json-ld dateModified".to_owned())).or_else(meta)
    }
}

fn in_furniture(dom: &Dom, id: NodeId) -> bool {
    let Some(node) = dom.html.tree.get(id) else { return true };
    node.ancestors().any(|ancestor| {
        ancestor.value().as_element().is_some_and(|element| {
            matches!(element.name(), "nav" | "footer" | "aside")
                || element.attr("class").is_some_and(|names| {
                    let names = names.to_ascii_lowercase();
                    ["comment", "related", "sidebar", "recommend", "widget", "teaser"].iter().any(|word| names.contains(word))
                })
        })
    })
}
