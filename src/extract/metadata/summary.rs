//! What a page tells of its article in short, and not of its site.

use ego_tree::NodeId;
use scraper::ElementRef;

use super::elsewhere::{is_elsewhere, is_of_others};
use super::first_of;
use super::person::is_ideograph;
use crate::extract::json_ld::{self, JsonLd};
use crate::extract::near;
use crate::html::{Attribute as _, Dom, collapse, letters};
use crate::model::{Article, Candidate, Found};

/// In characters: a shorter summary is a slogan.
const SHORTEST: usize = 20;
/// What one sign of Chinese, Japanese or Korean says takes so many letters.
const SIGNS_OF_AN_IDEOGRAPH: usize = 3;
/// In characters: shorter words are in every text.
const SHORTEST_WORD: usize = 4;
/// So many characters of a word are looked for: endings differ.
const STEM: usize = 5;
/// Words that are looked for; fewer than the least say nothing.
const MOST_WORDS: usize = 30;
const FEWEST_WORDS: usize = 5;
/// A summary has more than one of so many of its words in the title or the text: what has less tells of the site.
const ONE_OF: usize = 4;
/// Nodes below the headline in which a lead stands, and pieces of text that it has.
const NODES_BELOW: usize = 150;
const MOST_PIECES: usize = 24;
/// In characters.
const LEAST_LEAD: usize = 40;
const LONGEST_LEAD: usize = 600;
/// Words in the names of boxes for leads.
#[rustfmt::skip]
const LEADS: [&str; 41] = [
    "lead", "lede", "leadtext", "standfirst", "dek", "deck", "subtitle", "subheadline", "subheading",   "intro", "introtext",
    "description", "abstract", "summary", "excerpt", "vorspann", "unterzeile", "untertitel", "chapo", "chapeau", "entradilla", "bajada", "copete",
    "sumario", "resumo", "linhafina", "sommario", "catenaccio", "ingress", "preamble", "underrubrik", "manchet", "manchette", "undertitel", "perex",
    "zajawka", "sapo", "ozet", "ondertitel", "inleiding", "ingressi",
];
/// Kinds of data whose descriptions are of the site.
const SITES: [&str; 4] = ["WebSite", "Organization", "NewsMediaOrganization", "Blog"];

/// The first summary that the page tells and that is of the article, whose title and body are known.
pub(super) fn find(
    dom: &Dom,
    data: &JsonLd,
    article: &Article,
    heading: Option<NodeId>,
    candidates: Option<&mut Vec<Candidate>>,
) -> Option<Found<String>> {
    let metas = ["og:description", "description", "twitter:description"].into_iter();
    let told = metas.filter_map(|key| Some((collapse(&json_ld::unescape(dom.survey.meta(key)?)), format!("meta {key}"))));
    let seen = told.chain(std::iter::once_with(|| Some((data.article_text("description")?, "json-ld description".to_owned()))).flatten());
    let seen = seen.chain(std::iter::once_with(|| Some((shown(dom, heading)?, "lead".to_owned()))).flatten());
    let title = article.title.as_ref().map_or("", |title| title.value.as_str());
    let text = article.body.as_ref().map_or("", |body| body.value.text.as_str());
    let of_site: Vec<String> =
        SITES.iter().flat_map(|kind| data.of_type(kind)).filter_map(|node| json_ld::text(node.get("description")?)).collect();
    let is_own = |summary: &str| {
        let is_of_site = || !of_site.is_empty() && of_site.iter().any(|of_site| letters(of_site) == letters(summary));
        speaks_of(summary, title, text) && !is_of_site()
    };
    let is_summary = |text: &str| size(text) >= SHORTEST && !text.contains("</");
    first_of("summary", seen.filter(|(text, _)| is_summary(text) && is_own(text)), candidates)
}

/// The lead that a page shows below its headline, by the name of its box.
fn shown(dom: &Dom, heading: Option<NodeId>) -> Option<String> {
    let heading = dom.html.tree.get(heading?)?;
    let below = near::following(heading).take(NODES_BELOW).filter_map(ElementRef::wrap);
    let is_named = |element: &ElementRef<'_>| {
        let names = ["class", "itemprop"].iter().filter_map(|name| element.attribute(name)).flat_map(str::split_whitespace);
        names.into_iter().any(names_lead) && !is_of_others(*element) && !is_elsewhere(**element)
    };
    let texts = below.filter(is_named).map(|element| collapse(&element.text().take(MOST_PIECES).collect::<String>()));
    let is_lead = |text: &String| (LEAST_LEAD..=LONGEST_LEAD).contains(&size(text)) && !text.to_lowercase().contains("newsletter");
    texts.into_iter().find(is_lead)
}

/// Whether the name of a box has a word for leads: `article-lead`, `articleLead`, `sub-title`.
fn names_lead(name: &str) -> bool {
    let is = |word: &str| LEADS.iter().any(|lead| lead.eq_ignore_ascii_case(word));
    let humps = |part: &str| {
        let hump = part.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase());
        hump.and_then(|(at, _)| part.split_at_checked(at)).is_some_and(|(_, last)| is(last))
    };
    let parts = || name.split(['-', '_']);
    parts().any(|part| is(part) || humps(part)) || parts().count() > 1 && is(&name.replace(['-', '_'], ""))
}

/// In characters; one that is a word or a syllable by itself counts as several.
fn size(text: &str) -> usize {
    text.chars().map(|c| if is_ideograph(c) { SIGNS_OF_AN_IDEOGRAPH } else { 1 }).sum()
}

/// Whether enough words of a summary stand in the title or the text. Of a summary with few words, and beside no text, nothing is known.
fn speaks_of(summary: &str, title: &str, text: &str) -> bool {
    let words: Vec<&str> = summary.split(|c: char| !c.is_alphanumeric()).flat_map(stems).take(MOST_WORDS).collect();
    if words.len() < FEWEST_WORDS || text.is_empty() {
        return true;
    }
    let found = words.iter().filter(|word| title.contains(**word) || text.contains(**word));
    found.take(words.len() / ONE_OF + 1).count() > words.len() / ONE_OF
}

/// What is looked for of a word: its beginning, but for the first letter, which may be a capital. In scripts without spaces, every two signs.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    let at = |nth: usize| word.char_indices().nth(nth).map_or(word.len(), |(at, _)| at);
    let length = word.chars().count();
    let (start, step) = if word.chars().any(is_ideograph) { (0, 2) } else { (1, STEM - 1) };
    let end = match (start, length) {
        (0, _) => length - length % step,
        (_, SHORTEST_WORD..) => start + 1,
        _ => start,
    };
    (start..end).step_by(step).filter_map(move |nth| word.get(at(nth)..at(nth + step)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Context, Rules, extract};
    use crate::url::Url;

    const TEXT: &str = "<p>The ferry to the outer islands will leave an hour later until the end of the month, said the harbour board.</p>\
        <p>The board wants to repair the lights on the quay, and to paint the boats before the summer begins.</p>";

    #[test]
    fn a_summary_is_of_the_article() {
        let check = |head: &str, expected: Option<&str>| {
            let page = format!("{head}<h1>Ferries leave later</h1>{TEXT}");
            let dom = crate::html::parse(&page, &Url::parse("https://harbourpost.example/a").unwrap());
            let found = extract(&dom, &Rules::default(), &Context::default()).article.summary;
            assert_eq!(found.map(|found| found.value).as_deref(), expected, "{head}");
        };
        let lead = "The ferry to the outer islands will leave an hour later.";
        check(&format!("<h1>Ferries leave later</h1><p class='article__lead'>{lead}</p><div>"), Some(lead));
        for name in ["articleLead", "sub-title", "article__summary", "linha-fina", "post-excerpt", "perex"] {
            check(&format!("<h1>Ferries leave later</h1><p class={name}>{lead}</p><div>"), Some(lead));
        }
        for name in ["misleading", "leader", "sub-section-title"] {
            check(&format!("<h1>Ferries leave later</h1><p class={name}>{lead}</p><div>"), None);
        }
        check(&format!("<h1>Ferries leave later</h1><p class=widget-description>{lead}</p><div>"), None);
        check(&format!("<h1>Ferries leave later</h1><aside><p class=summary>{lead}</p></aside><div>"), None);
        check("<h1>Ferries leave later</h1><p class=lead>Harbour</p>", None);
        let meta = |key: &str, text: &str| format!("<meta property='{key}' content='{text}'>");
        let own = "The islands wait an hour longer for their boats this month.";
        let sites = "Breaking news, weather, sports, politics, culture and opinion from Northport.";
        check(&meta("og:description", own), Some(own));
        check(&meta("og:description", sites), None);
        check(&(meta("og:description", sites) + &meta("description", own)), Some(own));
        check(&meta("og:description", "Patience, please, everybody!"), Some("Patience, please, everybody!"));
        let data = format!("<script type=application/ld+json>{{\"@type\":\"WebSite\",\"description\":\"{own}\"}}</script>");
        check(&(data + &meta("og:description", own)), None);
    }

    #[test]
    fn words_are_looked_for_without_capital_and_ending() {
        let all = |text: &'static str| text.split(' ').flat_map(stems).collect::<Vec<_>>();
        assert_eq!(all("Ferries boat the über"), ["erri", "oat", "ber"]);
        assert_eq!(all("港の新しい灯台"), ["港の", "新し", "い灯"]);
    }
}
