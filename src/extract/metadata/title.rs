//! The headline, without the site's name and section.
//!
//! The `<h1>` is what a reader sees; what the head declares tells which `<h1>` it is, and stands in where there is none.

use ego_tree::NodeId;

use super::heading::{self, Heading};
use super::site::Site;
use super::tails::{self, SEPARATORS};
use super::{explain, generic, lower, words};
use crate::extract::Context;
use crate::extract::json_ld::{self, JsonLd};
use crate::html::{Dom, collapse, letters};
use crate::model::{Candidate, Found};

/// Signs that begin a quotation; an attribute written without care ends at one.
const QUOTES: [char; 6] = ['"', '“', '„', '”', '«', '\''];
/// So alike must an `<h1>` be to what the head says.
const ALIKE: f64 = 0.5;
/// A heading of fewer words may be a section's or the site's name.
const WORDS_OF_A_HEADLINE: usize = 3;
/// A longer `<h1>` is a lead or a whole banner.
const LONGEST_HEADING: usize = 300;
/// One that nothing else speaks of has to be shorter: a lead in an `<h1>` is seldom the headline.
const LONGEST_LONE_HEADING: usize = 200;

/// In bytes: so much longer than a heading may be what has its letters.
const MOST_SIGNS: usize = 24;

/// A text that may be the headline, and where it comes from.
type Told = (String, String);

/// Finds the headline, and its element where the page shows it.
pub(super) fn find(
    dom: &Dom,
    data: &JsonLd,
    site: Option<&Site>,
    context: &Context<'_>,
    candidates: Option<&mut Vec<Candidate>>,
) -> (Option<Found<String>>, Option<NodeId>) {
    let headings = heading::read(dom, site.map(|site| site.name.value.as_str()));
    let domain = dom.url.site();
    let name = site.map(|site| site.name.value.as_str());
    let site = site.map(|site| site.declared.as_str());
    let raw = raw(dom, data, context);
    // On the front page all that follows the name is a slogan.
    let known = name.filter(|_| dom.url.path().len() > 1);
    let strip = |text: &str| tails::strip_site(tails::strip_known(text, known).unwrap_or(text), site, domain);
    let declared = raw.iter().map(|(text, origin)| (strip(text), origin.clone())).collect();
    let head = Head { raw, declared };
    let is_silent = || head.raw.iter().all(|(text, _)| generic::says_nothing(text, name, domain));
    let (found, element) = choose(dom, &headings, &head, is_silent);
    let found = found.map(|(text, origin)| {
        let text = if origin == "h1" { tails::strip_tail(&text, site, domain) } else { text };
        (tails::strip_section(dom, &tails::strip_page_number(&text)), origin)
    });
    let found = if dom.url.path().len() <= 1 { found.map(|told| front_page(told, site)) } else { found };
    if let Some(candidates) = candidates {
        let shown = headings.iter().map(|heading| (heading.text.clone(), "h1".to_owned()));
        let all: Vec<Told> = shown.chain(head.declared.iter().cloned()).collect();
        explain(candidates, "title", &all, found.as_ref().map_or("", |(_, origin)| origin));
    }
    (found.map(|(text, origin)| Found::new(text, origin)), element)
}

/// What the head and the listing say of the headline, best first.
struct Head {
    raw: Vec<Told>,
    /// Without the site's name.
    declared: Vec<Told>,
}

/// The headline among what is shown and told, and its element. `is_silent`: the head names a section and the site only.
fn choose(dom: &Dom, headings: &[Heading], head: &Head, is_silent: impl Fn() -> bool) -> (Option<Told>, Option<NodeId>) {
    let Head { raw, declared } = head;
    // Below the site's name and the section.
    let is_title = |heading: &Heading| !heading.masthead && !generic::is_generic(&heading.text);
    if dom.url.path().len() > 1
        && !headings.iter().any(is_title)
        && is_silent()
        && let Some((text, id)) = lower::first(dom, headings.last().map(|heading| heading.id))
    {
        return (Some((text, "h2".to_owned())), Some(id));
    }
    if let Some(heading) = agreeing(headings, raw, declared) {
        return (within(heading, raw, declared), Some(heading.id));
    }
    if let Some((text, id)) = lower::told_below(dom, headings, declared) {
        return (Some((text, "h2".to_owned())), Some(id));
    }
    if let Some(heading) = only(headings, is_silent) {
        return (within(heading, raw, declared), Some(heading.id));
    }
    match (lower::told(dom, declared), declared.first()) {
        (Some((text, id)), Some((told, origin)))
            if tails::beginning(told).is_none() && (origin != "title" || letters(told) == letters(&text)) =>
        {
            (Some((told.clone(), origin.clone())), Some(id))
        }
        (Some((text, id)), _) => (Some((text, "h2".to_owned())), Some(id)),
        (None, Some(told)) => (Some(told.clone()), headings.first().map(|heading| heading.id)),
        (None, None) => {
            let first = headings.first();
            (first.map(|heading| (heading.text.clone(), "h1".to_owned())), first.map(|heading| heading.id))
        }
    }
}

/// The front page is called by the site's name, not "Home".
fn front_page((text, origin): Told, site: Option<&str>) -> Told {
    const HOME: [&str; 9] = ["home", "homepage", "startseite", "accueil", "inicio", "início", "strona główna", "index", "forside"];
    match site {
        Some(site) if HOME.contains(&text.to_lowercase().as_str()) => (site.to_owned(), "site".to_owned()),
        _ => (text, origin),
    }
}

/// The heading that the head speaks of: the same words, nearly the same, or the beginning of what it says.
fn agreeing<'a>(headings: &'a [Heading], raw: &[Told], declared: &[Told]) -> Option<&'a Heading> {
    let mut best: Option<(f64, &Heading)> = None;
    for heading in headings {
        let rank = rank(heading, raw, declared);
        if rank > 0.0 && best.is_none_or(|(most, _)| rank > most) {
            best = Some((rank, heading));
        }
    }
    best.map(|(_, heading)| heading)
}

/// How well a heading fits to what the head says; 0 is not at all.
fn rank(heading: &Heading, raw: &[Told], declared: &[Told]) -> f64 {
    const SAME: f64 = 3.0;
    const BEGINS: f64 = 0.4;
    let whole = letters(&heading.text);
    let same = declared.iter().any(|(text, _)| letters(text) == whole || front(text).is_some_and(|front| letters(front) == whole));
    // The end of the window's title is the name of the site or of the book. A title of many parts has as many ends, each with all that follow.
    let longest = heading.text.len() + MOST_SIGNS;
    let is_end =
        || raw.iter().any(|(text, origin)| origin == "title" && ends(text).any(|end| end.len() <= longest && letters(end) == whole));
    // The site's name stands before many titles, and is the whole of its front page's.
    if heading.masthead {
        return if declared.iter().any(|(text, _)| letters(text) == whole) { ALIKE } else { 0.0 };
    }
    let goes_on = || declared.iter().filter_map(|(text, _)| tails::beginning(text)).any(|beginning| whole.starts_with(&letters(beginning)));
    if same || goes_on() {
        return SAME;
    }
    if is_end() || heading.text.chars().count() > LONGEST_HEADING {
        return 0.0;
    }
    let alike = declared.iter().map(|(text, _)| likeness(&heading.text, text)).fold(0.0, f64::max);
    let begins = || declared.first().is_some_and(|(text, origin)| origin == "title" && goes_on_with_a_sign(text, &heading.text));
    match alike {
        alike if alike >= ALIKE => alike,
        _ if heading.cut_at(&parts(declared)).is_some() => ALIKE,
        _ if begins() => BEGINS,
        _ => 0.0,
    }
}

/// One headline of several words is what the reader sees, whatever the head says to search engines; a shorter one where the head says nothing.
fn only(headings: &[Heading], is_silent: impl Fn() -> bool) -> Option<&Heading> {
    let [heading] = headings else { return None };
    let is_call = heading.text.ends_with(':') || heading.text.chars().count() > LONGEST_LONE_HEADING;
    let is_long = || words::count(&heading.text) > WORDS_OF_A_HEADLINE || !generic::is_generic(&heading.text) && is_silent();
    (!heading.masthead && !is_call && is_long()).then_some(heading)
}

/// The headline in a heading: without a kicker, a count or a label that stand in it too, as the head tells.
fn within(heading: &Heading, raw: &[Told], declared: &[Told]) -> Option<Told> {
    let whole = letters(&heading.text);
    // Words that only style sets apart stand as the head sets them.
    let apart = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let set_apart = || declared.iter().map(|(text, _)| text).find(|text| apart(text) > apart(&heading.text) && letters(text) == whole);
    let as_it_is = || Some((set_apart().unwrap_or(&heading.text).clone(), "h1".to_owned()));
    let said =
        |wanted: &str| raw.iter().zip(declared).filter(|((one, _), (other, _))| letters(one) == wanted || letters(other) == wanted).count();
    let part = heading.cut_at(&parts(declared)).or_else(|| agreed_within(&heading.text, declared));
    let Some((text, _)) = &part else { return as_it_is() };
    // Where the head says the whole as often, nothing of it is a kicker.
    let told_whole = said(&whole);
    if told_whole > 0 && told_whole >= said(&letters(text)) { as_it_is() } else { part }
}

/// What may be the headline in what the head says: whole texts, their beginnings, and what follows a kicker.
fn parts(declared: &[Told]) -> Vec<Told> {
    let fronts = declared.iter().filter_map(|(text, origin)| Some((front(text)?.to_owned(), origin.clone())));
    let after = declared.iter().filter_map(|(text, origin)| Some((text.split_once(": ")?.1.to_owned(), origin.clone())));
    declared.iter().cloned().chain(fronts).chain(after).collect()
}

/// Where two texts of the head agree on a part of the heading, set off by signs, that part.
fn agreed_within(heading: &str, declared: &[Told]) -> Option<Told> {
    let whole = letters(heading);
    let long = || declared.iter().filter(|(text, _)| text.split_whitespace().count() >= WORDS_OF_A_HEADLINE);
    let told = long().find(|(text, origin)| {
        let part = letters(text);
        let agreed = || long().any(|(other, place)| place != origin && letters(other) == part && !place.starts_with("meta twitter"));
        whole.len() > part.len() && whole.contains(part.as_str()) && is_set_off(heading, text) && agreed()
    })?;
    Some(told.clone())
}

/// Whether signs stand around a part of a text, where it does not begin or end it.
fn is_set_off(whole: &str, part: &str) -> bool {
    let Some(at) = whole.find(part) else { return false };
    let before = whole.get(..at).unwrap_or("").trim_end().chars().next_back();
    let after = whole.get(at + part.len()..).unwrap_or("").trim_start().chars().next();
    let sign = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !QUOTES.contains(&c));
    sign(before) && sign(after)
}

/// Whether a text is a beginning and, after it, a sign and more.
fn goes_on_with_a_sign(text: &str, beginning: &str) -> bool {
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix(&beginning.to_lowercase());
    rest.and_then(|rest| rest.trim_start().chars().next()).is_some_and(|c| !c.is_alphanumeric())
}

/// What stands before the first separator.
fn front(text: &str) -> Option<&str> {
    SEPARATORS.iter().filter_map(|separator| text.split_once(separator)).map(|(front, _)| front.trim()).min_by_key(|front| front.len())
}

/// What stands after each separator.
fn ends(text: &str) -> impl Iterator<Item = &str> {
    SEPARATORS
        .iter()
        .flat_map(move |separator| text.match_indices(separator))
        .filter_map(move |(at, separator)| text.get(at + separator.len()..))
}

/// What the head and the listing say, best first.
fn raw(dom: &Dom, data: &JsonLd, context: &Context<'_>) -> Vec<Told> {
    let meta = |key: &str| dom.survey.meta(key).map(str::to_owned);
    let title = dom.survey.title.as_deref().unwrap_or("");
    [
        (data.article_text("headline"), "json-ld headline"),
        (meta("og:title"), "meta og:title"),
        (meta("twitter:title"), "meta twitter:title"),
        (dom.survey.title.clone(), "title"),
        (context.link.and_then(|link| link.title.clone()), "listing"),
    ]
    .into_iter()
    .filter_map(|(text, origin)| Some((collapse(&json_ld::unescape(&text?)).replace(heading::SOFT_HYPHEN, ""), origin.to_owned())))
    .filter(|(text, _)| text.chars().count() >= 2 && !is_cut_short(text, title))
    .collect()
}

/// Whether a text is the window's title up to a quotation: the quotation mark ended the attribute.
fn is_cut_short(text: &str, title: &str) -> bool {
    title.strip_prefix(text).is_some_and(|rest| rest.trim_start().starts_with(QUOTES))
}

/// How many of the words of the longer text the other has.
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (words::of(one), words::of(other));
    let least = one.len().min(other.len());
    if least == 0 { 0.0 } else { one.intersection(&other).count() as f64 / one.len().max(other.len()) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_that_the_head_speaks_of_wins() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &crate::url::Url::parse("https://harbourpost.example/a").unwrap());
            let (title, _) = find(&dom, &JsonLd::read(&dom), Some(&Site::named("Harbour Post")), &Context::default(), None);
            assert_eq!(title.map(|title| title.value).as_deref(), Some(expected), "{page}");
        };
        check(
            "<title>Bridge opens | Harbour Post</title><h1><a href=/>Harbour Post of the Lakes</a></h1><h1>Bridge opens</h1>",
            "Bridge opens",
        );
        check("<title>Bridges | All that float and more</title><h1>Bridges</h1>", "Bridges");
        check("<meta property=og:title content='Best bridges'><h1>The seven bridges you must see</h1>", "The seven bridges you must see");
        check(
            "<meta property=og:title content='A bridge opens'><title>A bridge opens</title><h1>Lakes: A bridge opens (12)</h1>",
            "A bridge opens",
        );
        check("<title>A bridge opens</title><h1>Lakes</h1>", "A bridge opens");
        check("<title>Guide</title><h1>Guide to the Bridges¶</h1>", "Guide to the Bridges");
        check("<title>A bridge opens</title><h1>Lakes and Rivers</h1>", "A bridge opens");
        // A lone heading that is a call or a lead.
        check("<title>A bridge opens</title><h1>A word from the keeper of Lakes:</h1>", "A bridge opens");
        check(&format!("<title>A bridge opens</title><h1>{}</h1>", "Lakes are deep and rivers are long. ".repeat(6)), "A bridge opens");
        // Mastheads: a link to the home page, or what ends the window's title.
        check("<title>Bridge opens | Lakes and Rivers</title><h1>Lakes and Rivers</h1><h1>Bridge opens</h1>", "Bridge opens");
        check(
            "<meta property=og:title content='Bridge opens'><h1><a href='https://harbourpost.example/'>Notes from the Lakes</a></h1>",
            "Bridge opens",
        );
        // Without an `<h1>`, a lower heading tells which part of the window's title it is.
        check("<title>The Lakes » Archive » Bridge opens</title><h2>Bridge opens</h2>", "Bridge opens");
    }

    #[test]
    fn a_heading_in_a_script_without_spaces_has_words_too() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &crate::url::Url::parse("https://harbourpost.example/a").unwrap());
            let (title, _) = find(&dom, &JsonLd::read(&dom), Some(&Site::named("Harbour Post")), &Context::default(), None);
            assert_eq!(title.map(|title| title.value).as_deref(), Some(expected), "{page}");
        };
        check("<title>Lakes and rivers of the north</title><h1>湖边的旧桥将于明年重建</h1>", "湖边的旧桥将于明年重建");
        check("<title>Lakes and rivers of the north</title><h1>สะพานเก่าจะสร้างใหม่ปีหน้า</h1>", "สะพานเก่าจะสร้างใหม่ปีหน้า");
        check("<title>橋の話 - 湖</title><h1>橋の話</h1>", "橋の話");
        check("<title>湖边旧桥明年重建</title><h1>港口天气</h1><h1>湖边旧桥将于明年重建</h1>", "湖边旧桥将于明年重建");
        // A short one counts where the head says nothing.
        check("<title>Harbour Post</title><h1>Bridge opens</h1>", "Bridge opens");
        check("<title>Press release - Harbour Post</title><h1>Bridge opens</h1>", "Bridge opens");
        check("<title>Lakes and rivers</title><h1>Bridge opens</h1>", "Lakes and rivers");
        check("<title>Harbour Post</title><h1>Press releases</h1>", "Harbour Post");
    }

    #[test]
    fn below_the_sites_name_or_a_section_stands_the_headline() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &crate::url::Url::parse("https://harbourpost.example/a").unwrap());
            let (title, _) = find(&dom, &JsonLd::read(&dom), Some(&Site::named("Harbour Post")), &Context::default(), None);
            assert_eq!(title.map(|title| title.value).as_deref(), Some(expected), "{page}");
        };
        let og = "<meta property=og:title content='A bridge opens'>";
        let notes = "<h1>Notes from the Lakes and Rivers</h1>";
        check(&format!("{og}{notes}<h2>A bridge opens</h2>"), "A bridge opens");
        check(&format!("{og}{notes}<h2>A bridge opens to all, even in winter</h2>"), "A bridge opens to all, even in winter");
        check(&format!("{og}{notes}<aside><h2>A bridge opens</h2></aside>"), "Notes from the Lakes and Rivers");
        check(&format!("{og}{notes}<p>{}</p><h2>A bridge opens</h2>", "The ferry sails. ".repeat(50)), "Notes from the Lakes and Rivers");
        let news = "<title>News | Harbour Post</title><h1>News</h1>";
        check(
            &format!("{news}<p>3 May</p><h2>A bridge opens after winter</h2><h2>The quay and the boats of all</h2>"),
            "A bridge opens after winter",
        );
        check(&format!("{news}<h2><a href=/b>A bridge opens after winter</a></h2>"), "News");
        check(&format!("{news}<h2>All news</h2>"), "News");
        check("<title>Harbour Post</title><h2>A bridge opens after winter</h2>", "A bridge opens after winter");
        check("<title>Harbour Post</title><h2>A bridge opens after winter</h2><h2><a href=/b>The quay</a></h2>", "Harbour Post");
    }

    #[test]
    fn the_front_page_is_called_by_the_sites_name() {
        let check = |address: &str, expected: &str| {
            let dom = crate::html::parse("<meta property=og:title content=Home>", &crate::url::Url::parse(address).unwrap());
            let (title, _) = find(&dom, &JsonLd::read(&dom), Some(&Site::named("Harbour Post")), &Context::default(), None);
            assert_eq!(title.map(|title| title.value).as_deref(), Some(expected), "{address}");
        };
        check("https://harbourpost.example/", "Harbour Post");
        check("https://harbourpost.example/a", "Home");
    }

    #[test]
    fn what_is_no_headline_in_a_heading_is_left_out() {
        let check = |page: &str, expected: &str| {
            let dom = crate::html::parse(page, &crate::url::Url::parse("https://harbourpost.example/a").unwrap());
            let (title, _) = find(&dom, &JsonLd::read(&dom), Some(&Site::named("Harbour Post")), &Context::default(), None);
            assert_eq!(title.map(|title| title.value).as_deref(), Some(expected), "{page}");
        };
        let og = |title: &str| format!("<meta property=og:title content='{title}'>");
        check(&(og("A bridge opens") + "<h1><span>On the lakes</span> A bridge opens</h1>"), "A bridge opens");
        check(&(og("A bridge opens") + "<h1>A bridge opens<br><small>3 May 2020</small></h1>"), "A bridge opens");
        check(&(og("A bridge opens") + "<h1><style>.a{color:red}</style>A bridge opens</h1>"), "A bridge opens");
        check(&(og("Fog: A bridge opens") + "<h1><span>Lakes</span> - <span>A bridge opens</span></h1>"), "A bridge opens");
        // The heading goes on where the head stops.
        check(&(og("A bridge opens") + "<title>A bridge opens</title><h1>A bridge opens to all</h1>"), "A bridge opens to all");
        let long = "<title>A bridge opens to all who waited</title>";
        check(&(long.to_owned() + "<h2>A bridge opens to all who waited in the cold</h2>"), "A bridge opens to all who waited");
        check(
            &(long.replace("</", "…</") + "<h2>A bridge opens to all who waited in the cold</h2>"),
            "A bridge opens to all who waited in the cold",
        );
        let whole = "A bridge opens to all who waited in the cold, and to those who did not come at all";
        check(&format!("{}<h1>Lakes and Rivers</h1><h1>{whole}</h1>", og("A bridge opens to all…")), whole);
        // Words that style sets apart.
        check("<h1><span>Lakes</span><span>The bridge opens</span></h1>", "Lakes The bridge opens");
        check("<h1>The new <b>i</b>Boat is at the quay</h1>", "The new iBoat is at the quay");
        check(&(og("A bridge opens") + "<h1><span>A</span><span>bridge</span> opens</h1>"), "A bridge opens");
        check("<h1>A bridge opens at the har&shy;bour</h1>", "A bridge opens at the harbour");
        check(&og("A har&shy;bour opens"), "A harbour opens");
        // A quotation mark ended the attribute.
        check(&(og("Keeper calls it") + "<title>Keeper calls it \"splendid\"</title>"), "Keeper calls it \"splendid\"");
    }
}
