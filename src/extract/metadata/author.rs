//! Who wrote it: names, without "By", titles, dates and the site's own name.

use std::sync::LazyLock;

use regex::Regex;
use scraper::{ElementRef, Selector};

use crate::extract::json_ld::{self, JsonLd};
use crate::html::{Css, Dom, noise, text_of};
use crate::model::Found;

const META_KEYS: [&str; 9] = [
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "cxenseparse:author",
];
/// Elements that name the author, in the order of trust.
const BYLINES: [&str; 8] = [
    "[itemprop~=author] [itemprop=name], [itemprop~=author]",
    "a[rel~=author]",
    ".byline .author, .byline__name, .byline-name, .author-name, .authorname, .author__name",
    ".byline a",
    ".post-author a, .entry-author a, .article-author a, .author a",
    ".author",
    ".byline, .by-line, .byl",
    "[class*=byline], [class*=author-name], [class*=authorName]",
];
/// More names than this are a list of staff.
const MOST: usize = 10;
/// A name has so many words at most.
const MOST_WORDS: usize = 6;

static SELECTORS: LazyLock<Vec<Selector>> = LazyLock::new(|| BYLINES.iter().filter_map(|css| Selector::parse(css).ok()).collect());
static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:written|posted|published|reported|story|text|words|article|reviewed|photographs?)\s+by|by|von|par|por|de|di|da|door|av|af|przez|od|от|автор|текст|autor(?:in|es|a)?|autore|auteur|author|yazan|penulis|oleh|kirjoittaja|szerző|文|作者|記者|기자|बॉय|بقلم)\s*[:：]?\s+").ok()
});
static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\s*(?:[,|•·(\[/–—]|\s-\s|\bupdated\b|\bpublished\b|\bposted\b|\bfor\s+the\b|\bis\s+an?\b|\bcorrespondent\b|\breporter\b|\beditor\b|\bstaff\b|\d{1,2}[:./]|\bon\s+\w+\s+\d|@).*$").ok()
});
static SPLIT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*(?:,|;|\||/|&|\s(?:and|und|et|y|e|en|och|og|i|и|and,)\s)\s*").ok());

/// The authors by a configured selector, taken as they stand.
pub(super) fn by_rule(dom: &Dom, css: &Css) -> Vec<Found<String>> {
    let origin = format!("css {}", css.as_str());
    names(dom.html.select(css.selector()).map(text_of), None).into_iter().map(|name| Found::new(name, origin.clone())).collect()
}

/// Finds the authors.
pub(super) fn find(dom: &Dom, data: &JsonLd, site: Option<&str>) -> Vec<Found<String>> {
    let told = names(from_data(data).into_iter(), site);
    if !told.is_empty() {
        return found(told, "json-ld author");
    }
    for key in META_KEYS {
        let values =
            dom.survey.metas.iter().filter(|meta| meta.key == key && !meta.content.contains("://")).map(|meta| meta.content.clone());
        let told = names(values, site);
        if !told.is_empty() {
            return found(told, &format!("meta {key}"));
        }
    }
    for (selector, css) in SELECTORS.iter().zip(BYLINES) {
        let elements = dom.html.select(selector).filter(|element| !stands_aside(*element)).take(MOST);
        let shown = names(elements.map(text_of).filter(|text| text.chars().count() <= 120), site);
        if !shown.is_empty() {
            return found(shown, &format!("byline {}", css.split(',').next().unwrap_or(css)));
        }
    }
    Vec::new()
}

fn found(names: Vec<String>, origin: &str) -> Vec<Found<String>> {
    names.into_iter().map(|name| Found::new(name, origin)).collect()
}

fn from_data(data: &JsonLd) -> Vec<String> {
    for node in data.articles() {
        for key in ["author", "creator"] {
            let Some(value) = node.get(key) else { continue };
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            let names: Vec<String> = values
                .iter()
                .filter_map(|value| match data.resolve(value) {
                    Some(node) => json_ld::text(node.get("name")?),
                    None => json_ld::text(value),
                })
                .filter(|name| !name.contains("://"))
                .collect();
            if !names.is_empty() {
                return names;
            }
        }
    }
    Vec::new()
}

fn stands_aside(element: ElementRef<'_>) -> bool {
    element.ancestors().any(|ancestor| {
        ancestor.value().as_element().is_some_and(|element| {
            matches!(element.name(), "nav" | "footer" | "aside" | "figure")
                || element.attr("class").is_some_and(|names| {
                    let names = names.to_ascii_lowercase();
                    ["comment", "related", "sidebar", "recommend", "teaser", "widget"].iter().any(|word| names.contains(word))
                        && noise::names_furniture(&names)
                })
        })
    })
}

/// Clean names, none twice.
fn names(texts: impl Iterator<Item = String>, site: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        for name in split(&text) {
            let is_site = site.is_some_and(|site| site.eq_ignore_ascii_case(&name));
            if !is_site && !names.iter().any(|other| other.eq_ignore_ascii_case(&name)) && names.len() < MOST {
                names.push(name);
            }
        }
    }
    names
}

fn split(text: &str) -> Vec<String> {
    let mut text = text.trim().to_owned();
    if text.contains("://") {
        return Vec::new();
    }
    if let Some(lead) = LEAD.as_ref() {
        text = lead.replace(&text, "").into_owned();
    }
    let Some(pattern) = SPLIT.as_ref() else { return Vec::new() };
    pattern.split(&text).map(clean).filter(|name| is_name(name)).collect()
}

fn clean(name: &str) -> String {
    let name = LEAD.as_ref().map_or_else(|| name.to_owned(), |lead| lead.replace(name, "").into_owned());
    let name = TAIL.as_ref().map_or_else(|| name.clone(), |tail| tail.replace(&name, "").into_owned());
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | '-' | '–' | '|' | '"')).to_owned()
}

fn is_name(name: &str) -> bool {
    const NO_NAMES: [&str; 16] = [
        "admin",
        "administrator",
        "editor",
        "staff",
        "by",
        "author",
        "authors",
        "guest",
        "redaktion",
        "redaction",
        "redacción",
        "news",
        "unknown",
        "anonymous",
        "null",
        "undefined",
    ];
    let words = name.split_whitespace().count();
    let lower = name.to_lowercase();
    (1..=MOST_WORDS).contains(&words)
        && (2..=60).contains(&name.chars().count())
        && !NO_NAMES.contains(&lower.as_str())
        && !name.contains("://")
        && !name.contains('@')
        && name.chars().filter(char::is_ascii_digit).count() <= 2
        && name.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_and_split() {
        let check = |text: &str, expected: &[&str]| assert_eq!(split(text), expected, "{text}");
        check("By Ana Solano and Luis Prado", &["Ana Solano", "Luis Prado"]);
        check("Von Maren Holt", &["Maren Holt"]);
        check("Ana Solano, Luis Prado", &["Ana Solano", "Luis Prado"]);
        check("Maren Holt | 3. Mai 2020", &["Maren Holt"]);
        check("admin", &[]);
        check("https://a.example/author", &[]);
    }
}
