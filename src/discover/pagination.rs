//! The next page of a listing: what the page declares, the words and classes of pagers in many languages, or the number after the current one.

use std::collections::HashSet;

use super::anchor::Anchor;
use crate::html::Dom;
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
const ARROWS: [&str; 5] = ["»", "›", "→", ">", ">>"];

/// Finds the next page. Never an item, never the page itself.
pub(super) fn next(dom: &Dom, anchors: &[Anchor<'_>], items: &HashSet<String>) -> Option<Url> {
    let own = dom.url.canonical_key();
    let fits = |url: &Url| url.is_web() && url.host() == dom.url.host() && url.canonical_key() != own;
    let declared = dom.survey.links.iter().find(|link| link.rel.split_whitespace().any(|rel| rel == "next"));
    if let Some(url) = declared.and_then(|link| dom.base.join(&link.href)).filter(|url| fits(url)) {
        return Some(url);
    }
    let candidates = || anchors.iter().filter(|anchor| fits(&anchor.url) && !items.contains(&anchor.key));
    let by_rel = candidates().find(|anchor| anchor.element.attr("rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "next")));
    let by_class = || candidates().find(|anchor| names_next(anchor));
    let by_word = || candidates().find(|anchor| says_next(anchor));
    by_rel.or_else(by_word).or_else(by_class).map(|anchor| anchor.url.clone()).or_else(|| after_current(dom, anchors, items))
}

fn names_next(anchor: &Anchor<'_>) -> bool {
    let own = anchor.element.attr("class").unwrap_or("");
    let above = anchor.element.parent().and_then(|parent| parent.value().as_element()?.attr("class")).unwrap_or("");
    let hit = |names: &str| {
        names
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
            .any(|word| matches!(word.to_ascii_lowercase().as_str(), "next" | "older"))
    };
    // Sliders have a "next" as well; theirs lead nowhere, so they are no links to another page.
    anchor.text.chars().count() < 40 && (hit(own) || hit(above) || own.contains("nav-previous") || above.contains("nav-previous"))
}

fn says_next(anchor: &Anchor<'_>) -> bool {
    let label = anchor.element.attr("aria-label").or_else(|| anchor.element.attr("title")).unwrap_or("");
    [anchor.text.as_str(), label].iter().any(|text| {
        let text = text.trim().to_lowercase();
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).trim();
        WORDS.contains(&bare) || ARROWS.contains(&text.as_str())
    })
}

/// In a pager of numbers, the one after the current page's.
fn after_current(dom: &Dom, anchors: &[Anchor<'_>], items: &HashSet<String>) -> Option<Url> {
    let numbered: Vec<(u32, &Anchor<'_>)> = anchors
        .iter()
        .filter(|anchor| !items.contains(&anchor.key) && anchor.url.host() == dom.url.host())
        .filter_map(|anchor| Some((anchor.text.trim().parse().ok().filter(|number| (1..10_000).contains(number))?, anchor)))
        .collect();
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
