//! What sites add to a headline: their name, a section, the number of a page.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::person::is_ideograph;
use super::words;
use crate::html::{Attribute as _, Dom, letters};

/// What sites put between a headline and their name.
pub(super) const SEPARATORS: [&str; 10] = [" | ", " - ", " – ", " — ", " • ", " · ", " » ", " :: ", " / ", "ㅣ"];
/// What stands between headlines and names too, but within either as well: only the site's own name is cut off there.
pub(super) const RARE_SEPARATORS: [&str; 15] =
    [" : ", ": ", "：", "｜", "|", "--", "_", " ⋆ ", " ‹ ", " › ", " « ", " > ", " // ", " ~ ", " @ "];
/// Signs that hardly stand inside of a headline.
const STRONG_SEPARATORS: [&str; 4] = [" | ", " :: ", " » ", "ㅣ"];
/// A headline is at least this long if it is to win over a longer text.
const SHORTEST: usize = 4;
/// The name of a section is not longer.
const LONGEST_SECTION: usize = 40;
/// One word beside the site's name, as "Harbour Post: Contact", is no headline.
const FEWEST_WORDS: usize = 2;
/// In bytes: so much longer than the site's name may be what has its letters.
const MOST_SIGNS: usize = 12;
/// What stands at the end of a title that was cut off.
const CUTS: [&str; 4] = ["…", "...", "[…]", "[...]"];
/// In letters: a shorter beginning of a title may be of many.
const SHORTEST_BEGINNING: usize = 16;
/// Section, site and whose it is.
const MOST_TAILS: usize = 3;
/// Links that are asked for the name of a section.
const MOST_LINKS: usize = 3_000;
/// Pieces of text that a link to a section has.
const MOST_PIECES: usize = 8;

/// Whether a part of a title is the site's name.
pub(super) fn is_site(part: &str, site: Option<&str>, domain: &str) -> bool {
    let core: String = letters(domain.split('.').next().unwrap_or(""));
    let part = letters(part);
    let named = site.map(letters).is_some_and(|site| {
        !site.is_empty() && (part == site || part.contains(&site) && part.chars().count() <= site.chars().count() + 12)
    });
    !part.is_empty() && (named || part == core || (core.chars().count() >= 4 && part.starts_with(&core)))
}

/// Cuts the site's name off, at either end; without a known name, a short tail after the last separator that the host spells.
pub(super) fn strip_site(title: &str, site: Option<&str>, domain: &str) -> String {
    let title = strip_tail(title, site, domain);
    // "harbourpost.example Bridge opens"
    if let Some(rest) = title.get(..domain.len()).filter(|start| start.eq_ignore_ascii_case(domain)).and_then(|_| title.get(domain.len()..))
        && rest.starts_with(' ')
        && rest.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST
        && rest.trim_start().starts_with(char::is_alphanumeric)
    {
        return rest.trim().to_owned();
    }
    let first = SEPARATORS.iter().filter_map(|separator| title.split_once(separator)).min_by_key(|(head, _)| head.len());
    match first {
        Some((head, tail)) if is_site(head, site, domain) && tail.chars().count() >= SHORTEST => strip_tail(tail.trim(), site, domain),
        _ => title,
    }
}

/// A title without the name that its site has, at one end, behind or before a sign that stands within headlines too.
pub(super) fn strip_known<'a>(title: &'a str, site: Option<&str>) -> Option<&'a str> {
    let site = site?;
    let name = letters(site);
    let is_name = |part: &str| part.len() <= site.len() + MOST_SIGNS && letters(part) == name;
    let is_long = |part: &str| words::count(part) >= FEWEST_WORDS;
    let last = RARE_SEPARATORS.iter().filter_map(|sign| title.rsplit_once(sign)).chain(joined(title));
    let mut last = last.filter(|(head, tail)| is_name(tail) && is_long(head)).map(|(head, _)| head);
    // A name stands at one end: "Harbour Post: the film | Harbour Post".
    let ends = || letters(title).ends_with(&name);
    let first = RARE_SEPARATORS.iter().filter_map(|sign| title.split_once(sign));
    let mut first = first.filter(|(head, tail)| is_name(head) && is_long(tail) && !ends()).map(|(_, tail)| tail);
    last.next().or_else(|| first.next()).map(str::trim).filter(|_| !name.is_empty())
}

/// A title split at its last hyphen: scripts without spaces set none around it.
pub(super) fn joined(title: &str) -> Option<(&str, &str)> {
    title.rsplit_once('-').filter(|(head, _)| head.trim_end().ends_with(is_ideograph))
}

/// What separators split a title into, each by itself.
pub(super) fn segments(text: &str) -> impl Iterator<Item = &str> {
    let after = SEPARATORS.iter().chain(&RARE_SEPARATORS).flat_map(move |separator| text.split(separator));
    after.map(str::trim).filter(move |part| part.len() < text.len())
}

/// What all separators together split a title into.
pub(super) fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in SEPARATORS.iter().chain(&RARE_SEPARATORS) {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    // Scripts without spaces set none around a hyphen either.
    let joined = |part: &'_ str| part.contains('-') && part.contains(is_ideograph);
    parts = parts.into_iter().flat_map(|part| part.split(if joined(part) { '-' } else { '\n' })).collect();
    parts.retain(|part| part.contains(char::is_alphanumeric));
    parts
}

/// The beginning of a headline that was cut off: "The bridge at the mouth of the…".
pub(super) fn beginning(title: &str) -> Option<&str> {
    let text = CUTS.iter().find_map(|cut| title.trim_end().strip_suffix(cut))?.trim_end();
    (text.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST_BEGINNING).then_some(text)
}

/// Cuts the site's name off the end, and a second one.
pub(super) fn strip_tail(title: &str, site: Option<&str>, domain: &str) -> String {
    let mut title = title.to_owned();
    // Section and name may both be appended: two rounds.
    for _ in 0..2 {
        // A name may hold a separator itself, so that the longest tail that is a name goes.
        let tails = SEPARATORS.iter().flat_map(|separator| title.match_indices(separator).map(|(at, sign)| (at, at + sign.len())));
        // A title of many parts has as many ends, each with all that follow.
        let is_whole = |tail: &str| site.is_some_and(|site| tail.len() <= site.len() + MOST_SIGNS && letters(site) == letters(tail));
        let inner = |tail: &str| SEPARATORS.iter().any(|separator| tail.contains(separator));
        let names = |tail: &str| if inner(tail) { is_whole(tail) } else { is_site(tail, site, domain) };
        let long = |at: usize| title.get(..at).is_some_and(|head| words::size(head) >= SHORTEST);
        let cut = tails.filter(|(at, after)| title.get(*after..).is_some_and(names) && long(*at)).map(|(at, _)| at).min();
        let Some(at) = cut else { break };
        title = title.get(..at).unwrap_or("").trim().to_owned();
    }
    title
}

/// Cuts off what stands after a sign that headlines do not hold, if a link of the page has that name: the section, the board, the series, the site.
pub(super) fn strip_section(dom: &Dom, title: &str) -> String {
    let mut title = title.trim();
    for _ in 0..MOST_TAILS {
        // Scripts without spaces set none around a hyphen either.
        let joined = title.rsplit_once(['-', '_']).filter(|(head, _)| head.trim_end().ends_with(is_ideograph));
        let ends = STRONG_SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator)).chain(joined);
        let last = ends.min_by_key(|(_, tail)| tail.len());
        let is_short = |head: &str, tail: &str| head.chars().count() >= SHORTEST && tail.chars().count() <= LONGEST_SECTION;
        let Some((head, _)) = last.filter(|(head, tail)| is_short(head, tail) && is_linked(dom, tail)) else { break };
        title = head.trim();
    }
    title.to_owned()
}

/// Whether a link to another page has these words.
fn is_linked(dom: &Dom, words: &str) -> bool {
    let wanted = letters(words);
    // Links may hold each other, each with all that follows: no more of one is read than a name may take.
    let begins = |link: ElementRef<'_>| link.text().take(MOST_PIECES).flat_map(str::chars).take(LONGEST_SECTION * 4).collect::<String>();
    let leads_away = |link: &ElementRef<'_>| link.attribute("href").is_some_and(|href| !href.is_empty() && !href.starts_with('#'));
    let links = dom.html.tree.nodes().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "a").take(MOST_LINKS);
    !wanted.is_empty() && links.filter(leads_away).any(|link| letters(&begins(link)) == wanted)
}

/// Cuts off the number of a page: "(Page 2 of 79)", "- Seite 3".
pub(super) fn strip_page_number(title: &str) -> String {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let pattern =
            r"(?i)\s*(?:[\-–—|,:]\s*|\()(?:page|seite|página|pagina|strona|sida|side)\s+\d+(?:\s*(?:/|of|von|sur|de|di|z|av)\s*\d+)?\)?$";
        Regex::new(pattern).ok()
    });
    let cut = NUMBER.as_ref().and_then(|number| number.find(title)).map_or(title.len(), |found| found.start());
    title.get(..cut).filter(|head| head.chars().count() >= SHORTEST).unwrap_or(title).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_is_cut_off() {
        let check = |title: &str, site: Option<&str>, expected: &str| assert_eq!(strip_site(title, site, "harbourpost.example"), expected);
        check("Bridge opens | Harbour Post", Some("Harbour Post"), "Bridge opens");
        check("Bridge opens - News - HarbourPost.example", None, "Bridge opens - News");
        check("Harbour Post: the film | Harbour Post", Some("Harbour Post"), "Harbour Post: the film");
        check("Harbour Post - Bridge opens", Some("Harbour Post"), "Bridge opens");
        check("Rock - Paper - Scissors", Some("Harbour Post"), "Rock - Paper - Scissors");
        check("Bridge opens | Harbour - The Post", Some("Harbour - The Post"), "Bridge opens");
        check("harbourpost.example Bridge opens", None, "Bridge opens");
        check("harbourpost.example: all that floats", None, "harbourpost.example: all that floats");
    }

    #[test]
    fn behind_a_sign_of_headlines_only_the_known_name_is_cut_off() {
        let check = |title: &str, expected: Option<&str>| assert_eq!(strip_known(title, Some("Harbour Post")), expected, "{title}");
        for sign in RARE_SEPARATORS {
            check(&format!("Bridge opens{sign}Harbour Post"), Some("Bridge opens"));
            check(&format!("Harbour Post{sign}Bridge opens"), Some("Bridge opens"));
            check(&format!("Bridge opens{sign}Lakes"), None);
        }
        check("桥梁开通-Harbour Post", Some("桥梁开通"));
        check("Bridge-Harbour Post", None);
        check("Harbour Post: the film | Harbour Post", Some("Harbour Post: the film"));
        check("Harbour Post: the film - Harbour Post", None);
        check("Harbour Post: Contact", None);
        assert_eq!(strip_known("Bridge opens: Harbour Post", None), None);
    }

    #[test]
    fn a_title_that_was_cut_off_is_told_by_its_end() {
        for (title, expected) in [
            ("The bridge at the mouth of…", Some("The bridge at the mouth of")),
            ("The bridge at the mouth of ...", Some("The bridge at the mouth of")),
            ("The bridge at the mouth [...]", Some("The bridge at the mouth")),
            ("The bridge at the mouth", None),
            ("Wait…", None),
        ] {
            assert_eq!(beginning(title), expected, "{title}");
        }
    }

    #[test]
    fn the_number_of_a_page_is_cut_off() {
        let check = |title: &str, expected: &str| assert_eq!(strip_page_number(title), expected);
        check("Help, repair (Page 1 of 79)", "Help, repair");
        check("Brücke offen - Seite 3", "Brücke offen");
        check("The lost page 7b", "The lost page 7b");
        check("The far side 2", "The far side 2");
        check("Page 2", "Page 2");
    }

    #[test]
    fn a_section_is_cut_off_where_the_page_links_to_it() {
        let check = |title: &str, body: &str, expected: &str| {
            let dom = crate::html::parse(body, &crate::url::Url::parse("https://harbourpost.example/a").unwrap());
            assert_eq!(strip_section(&dom, title), expected, "{title} {body}");
        };
        check("Bridge opens | Lakes", "<a href=/lakes>Lakes</a>", "Bridge opens");
        check("Bridge opens | Lakes", "<a href=#lakes>Lakes</a>", "Bridge opens | Lakes");
        check("Bridge opens | Lakes", "<a href=/rivers>Rivers</a>", "Bridge opens | Lakes");
        check("Bridge opens - Lakes", "<a href=/lakes>Lakes</a>", "Bridge opens - Lakes");
        check("다리가 열렸다-호수", "<a href=/lakes>호수</a>", "다리가 열렸다");
        check("桥梁开通_湖泊", "<a href=/lakes>湖泊</a>", "桥梁开通");
        check("桥梁开通_湖泊_港口报", "<a href=/lakes>湖泊</a><a href=/>港口报</a>", "桥梁开通");
        check("桥梁-开通", "<a href=/lakes>湖泊</a>", "桥梁-开通");
    }
}
