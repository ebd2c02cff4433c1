//! The next page of a listing: what the page declares, the words and classes of pagers in many languages, or the number after the current one.

use std::collections::HashSet;

use super::anchor::Anchor;
use crate::html::{Attribute as _, Dom};
use crate::url::Url;

const WORDS: [&str; 40] = [
    "next",
    "next page",
    "older",
    "older posts",
    "older entries",
    "older articles",
    "previous entries",
    "more posts",
    "nächste",
    "nächste seite",
    "weiter",
    "ältere beiträge",
    "suivant",
    "page suivante",
    "suivante",
    "articles plus anciens",
    "siguiente",
    "página siguiente",
    "entradas anteriores",
    "más antiguas",
    "próxima",
    "próximo",
    "seguinte",
    "mais antigas",
    "successivo",
    "successiva",
    "pagina successiva",
    "volgende",
    "nästa",
    "neste",
    "næste",
    "następna",
    "starsze wpisy",
    "další",
    "далее",
    "следующая",
    "след",
    "下一页",
    "次へ",
    "다음",
];
/// A pager's words are short.
const LONGEST: usize = 60;
const ARROWS: [&str; 5] = ["»", "›", "→", ">", ">>"];

/// Finds the next page. Never an item, never the page itself.
pub(super) fn next(dom: &Dom, anchors: &[Anchor<'_>], items: &HashSet<String>) -> Option<Url> {
    let own = dom.url.canonical_key();
    // A copy of a site links to the original's pages.
    let home = anchors.iter().find(|anchor| items.contains(&anchor.key)).map_or("", |anchor| bare_host(&anchor.url));
    let canonical = dom.survey.links.iter().find(|link| link.rel == "canonical").and_then(|link| dom.base.join(&link.href));
    let canonical = canonical.as_ref().map_or("", bare_host);
    let is_ours = |url: &Url| [bare_host(&dom.url), home, canonical].contains(&bare_host(url));
    let fits = |url: &Url| url.is_web() && is_ours(url) && url.canonical_key() != own;
    let declared = dom.survey.links.iter().find(|link| link.rel.split_whitespace().any(|rel| rel == "next"));
    if let Some(url) = declared.and_then(|link| dom.base.join(&link.href)).filter(|url| fits(url)) {
        return Some(url);
    }
    let own_key = |anchor: &&Anchor<'_>| anchor.key != own && !items.contains(&anchor.key);
    let short = anchors.iter().filter(|anchor| anchor.text.len() <= LONGEST);
    let candidates: Vec<&Anchor<'_>> = short.filter(|anchor| is_ours(&anchor.url)).filter(own_key).collect();
    let found = |test: &dyn Fn(&Anchor<'_>) -> bool| candidates.iter().find(|anchor| test(anchor)).map(|anchor| anchor.url.clone());
    let is_rel = |anchor: &Anchor<'_>| anchor.element.attribute("rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "next"));
    found(&is_rel)
        .or_else(|| found(&says_next))
        .or_else(|| found(&names_next))
        .or_else(|| after_current(dom, &candidates))
        .or_else(|| numbered(dom, &candidates))
}

fn bare_host(url: &Url) -> &str {
    url.host().strip_prefix("www.").unwrap_or(url.host())
}

/// A link to this very page with the next number in its address, whatever it says.
fn numbered(dom: &Dom, candidates: &[&Anchor<'_>]) -> Option<Url> {
    let (own, current) = without_number(&dom.url);
    let current = current.unwrap_or(1);
    let is_next = |anchor: &&&Anchor<'_>| {
        let (rest, number) = without_number(&anchor.url);
        number == Some(current + 1) && rest == own
    };
    candidates.iter().find(is_next).map(|anchor| anchor.url.clone())
}

/// An address without its page number, and the number.
fn without_number(url: &Url) -> (String, Option<u32>) {
    let key = url.canonical_key();
    let (path, query) = key.split_once('?').unwrap_or((&key, ""));
    let (mut rest, mut number) = (path.to_owned(), None);
    if let Some((before, last)) = path.rsplit_once('/').filter(|(before, _)| before.ends_with("/page"))
        && let Ok(found) = last.parse()
    {
        number = Some(found);
        rest = before.trim_end_matches("/page").to_owned();
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("page" | "paged" | "pg", value)) => number = value.parse().ok().or(number),
            _ => {
                rest.push('&');
                rest.push_str(pair);
            }
        }
    }
    (rest, number)
}

fn names_next(anchor: &Anchor<'_>) -> bool {
    let own = anchor.element.attribute("class").unwrap_or("");
    let above = anchor.element.parent().and_then(|parent| parent.value().as_element()?.attribute("class")).unwrap_or("");
    let hit = |names: &str| {
        names
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
            .any(|word| matches!(word.to_ascii_lowercase().as_str(), "next" | "older"))
    };
    // Sliders have a "next" as well; theirs lead nowhere, so they are no links to another page.
    anchor.text.chars().count() < 40 && (hit(own) || hit(above) || own.contains("nav-previous") || above.contains("nav-previous"))
}

fn says_next(anchor: &Anchor<'_>) -> bool {
    let label = anchor.element.attribute("aria-label").or_else(|| anchor.element.attribute("title")).unwrap_or("");
    [anchor.text.as_str(), label].iter().any(|text| {
        let text = text.trim().to_lowercase();
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).trim();
        WORDS.contains(&bare) || ARROWS.contains(&text.as_str())
    })
}

/// In a pager of numbers, the one after the current page's.
fn after_current(dom: &Dom, candidates: &[&Anchor<'_>]) -> Option<Url> {
    let number = |anchor: &Anchor<'_>| anchor.text.trim().parse().ok().filter(|number| (1..10_000_u32).contains(number));
    let numbered: Vec<(u32, &Anchor<'_>)> = candidates.iter().filter_map(|anchor| Some((number(anchor)?, *anchor))).collect();
    let current = current_page(&dom.url);
    let next = numbered.iter().find(|(number, anchor)| *number == current + 1 && is_pager(anchor, current + 1));
    next.map(|(_, anchor)| anchor.url.clone())
}

fn current_page(url: &Url) -> u32 {
    let query = url
        .parts()
        .query_pairs()
        .find(|(name, _)| matches!(name.as_ref(), "page" | "p" | "paged" | "pg"))
        .and_then(|(_, value)| value.parse().ok());
    let path = || {
        let segments: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
        let at = segments.iter().position(|segment| *segment == "page")?;
        segments.get(at + 1)?.parse().ok()
    };
    query.or_else(path).unwrap_or(1)
}

fn is_pager(anchor: &Anchor<'_>, number: u32) -> bool {
    let address = format!("{}?{}", anchor.url.path(), anchor.url.parts().query().unwrap_or(""));
    address
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.parse::<u32>().is_ok_and(|found| found == number || found + 1 == number || found % 5 == 0 && found > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(own: &str, pager: &str, expected: Option<&str>) {
        let dom = crate::html::parse(&format!("<body>{pager}"), &Url::parse(own).unwrap());
        let found = next(&dom, &super::super::anchor::collect(&dom), &HashSet::new());
        assert_eq!(found.as_ref().map(Url::as_str), expected, "{pager}");
    }

    #[test]
    fn pagers_are_read_in_many_ways() {
        check("https://a.example/news", "<link rel=next href='?page=2'>", Some("https://a.example/news?page=2"));
        check("https://a.example/news", "<a href='/older'>Older posts</a>", Some("https://a.example/older"));
        check("https://a.example/news", "<a href='/n/2' class='pager-next'>…</a>", Some("https://a.example/n/2"));
        check("https://a.example/?page=2", "<a href='?page=1'>1</a> 2 <a href='?page=3'>3</a>", Some("https://a.example/?page=3"));
        check("https://a.example/", "<a href='/page/2'>Načíst další příběhy</a>", Some("https://a.example/page/2"));
        check("https://a.example/page/2", "<a href='/'>Newer</a><a href='/page/1'>x</a>", None);
        check("https://a.example/", "<a href='https://b.example/2'>Next</a>", None);
        check("https://a.example/", "<a href='/'>Next</a>", None);
    }
}
