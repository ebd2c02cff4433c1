//! Labelled lines: "Source: …" in many languages, "Via …", "Provided by …".

use std::sync::LazyLock;

use regex::Regex;

use super::lines::{Line, Zone, is_dense};
use super::{Claim, claim, lines, link_for, names, outlets, words};
use crate::model::Role;

/// A labelled line is short.
const LONGEST: usize = 130;
/// So many labels of one kind among the paragraphs are footnotes, tables or quotations.
const FOOTNOTES: usize = 3;
/// Before so many paragraphs from the end a label may close the text.
const FROM_END: usize = 1;
/// "Provided by" is no footnote: terms of use may follow.
const PROVIDED_FROM_END: usize = 3;
/// More names after one label are a bibliography, unless they are agencies.
const MOST_NAMES: usize = 2;
/// A label names nobody else than it says.
const LABELLED: f64 = 0.75;
/// One that links to what it names, or names an agency.
const LABELLED_SURELY: f64 = 0.9;
/// Under a picture a label may be the picture's.
const UNDER_PICTURE: f64 = 0.25;

/// "Source" in many languages. The plural is a bibliography and is not here.
const SOURCE: &str = r"source|quelle|fuente|fonte|font|bron|kilde|källa|lähde|heimild|źródło|zdroj|vir|forrás|sursa|sursă|izvor|извор|allikas|avots|šaltinis|kaynak|
    burimi|πηγή|источник|джерело|източник|крыніца|дереккөз|წყარო|աղբյուր|mənbə|manba|المصدر|مصدر|منبع|ماخذ|מקור|स्रोत|सूत्र|সূত্র|स्त्रोत|மூலம்|మూలం|sumber|pinagmulan|nguồn|
    ที่มา|来源|來源|稿件来源|信息来源|文章来源|本文来源|新闻来源|資料來源|稿源|转载自|轉載自|出處|出处|出典|提供元|提供|配信|引用元|ソース|情報元|출처|제공|chanzo|bron\s?/\s?source|iturria|ffynhonnell|foinse|tarehe";
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?ix)^[\s\-–—•|/(\[（【※~]*(?:(?:article|news|text|original|story|photo\ and\ text)\ )?(?:{SOURCE}|via|provided\ by|courtesy\ of|republished\ from|syndicated\ from|linkpost\ from|
        hat\ ?tip(?:\ to)?|h/t|emittent|herausgeber(?:\ der\ meldung)?|übernommen\ von|crosspost(?:ed)?(?:\ from)?|read\ the\ (?:entire|full|original|whole)\ (?:article|story|post)(?:\ here|\ at|\ on)?
        )\s*[:：|｜]\s*(?P<name>.+)$"
    ))
    .ok()
});
/// A label behind a date or beside other labels, as Chinese and Japanese pages and short source lines elsewhere have it.
static WITHIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?ix)(?:(?:来源|來源|稿源|出處|出处|出典|출처)|(?:[|·•/]|\d)\s*(?:{SOURCE}))\s*[:：]\s*(?P<name>[^\s|｜·•:：][^|｜·•:：\n]{{1,50}})"
    ))
    .ok()
});
/// "Provided by NAME", "Original-Content von: NAME, übermittelt …", "(via NAME and NAME)", "h/t NAME".
static PROVIDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s(\[–—-]*(?:(?:(?:this\s+)?(?:story|article|content|post|report)\s+)?(?:(?:was|is)\s+)?(?:provided|supplied|distributed|syndicated)\s+by|original-content\s+von|hat\ ?tip\ to|h/t|courtesy\ of|republished\ from|reposted\ from|linkpost\ from|via|übernommen\ von|転載元|tomado\ de|extraído\ de|repris\ de|tratto\ da|przedruk\ z)\s*:?\s+(?P<name>[^;\n]{2,70}?)[)\]]?\.?$",
    )
    .ok()
});

/// The credits of all labelled lines.
pub(super) fn read(lines: &[Line]) -> Vec<Claim> {
    let footnotes =
        lines.iter().filter(|line| line.zone != Zone::Head && !line.paragraph && value(&line.text).is_some()).count() >= FOOTNOTES;
    lines
        .iter()
        .filter(|line| line.count <= LONGEST && (line.zone == Zone::Head || !footnotes))
        .flat_map(|line| {
            let found = if stands_apart(line, FROM_END) { labelled(line) } else { Vec::new() };
            if found.is_empty() && stands_apart(line, PROVIDED_FROM_END) { provided(line) } else { found }
        })
        .collect()
}

/// The name behind a label, if there is one.
pub(super) fn strip_label(text: &str) -> String {
    value(text).map_or_else(|| names::clean(text), |name| names::clean(&name))
}

/// A label in between credits a quotation, a picture or a table.
fn stands_apart(line: &Line, from_end: usize) -> bool {
    line.zone != Zone::Text || line.after <= from_end || line.before == 0
}

fn value(text: &str) -> Option<String> {
    named(LABEL.as_ref()?.captures(text)?.name("name")?, text)
}

/// What a label names, unless it is a label of pictures or data, or names a file or an account.
fn named(name: regex::Match<'_>, text: &str) -> Option<String> {
    let label = text.get(..name.start())?;
    let name = name.as_str();
    let is_both = ["text", "story"].iter().any(|word| label.to_lowercase().contains(word));
    let is_reference = words::labels_reference(label) && !names::looks_like_outlet(&names::clean(name));
    let is_of_picture = !is_both && words::credits_picture(label);
    (!is_reference && !is_of_picture && !name.contains('@') && !is_file(name) && !words::compiles_data(name)).then(|| name.to_owned())
}

/// `src/main.rs`, `tides.csv`: what programs call a source.
fn is_file(name: &str) -> bool {
    const ENDS: [&str; 14] =
        [".csv", ".json", ".txt", ".html", ".pdf", ".png", ".jpg", ".svg", ".gif", ".xml", ".css", ".js", ".yml", ".xlsx"];
    let plain = name.trim_matches(['"', '\'', '`', ' ', ';']);
    let is_path =
        || plain.split_once('/').is_some_and(|(first, rest)| !first.contains(['.', ' ']) && rest.contains('.') && !rest.contains(' '));
    ENDS.iter().any(|end| plain.ends_with(end)) && !plain.contains("://") || is_path() && !plain.contains("://") && plain.is_ascii()
}

fn labelled(line: &Line) -> Vec<Claim> {
    let within = || named(WITHIN.as_ref()?.captures(&line.text)?.name("name")?, &line.text).filter(|_| line.zone != Zone::Text);
    let Some(value) = value(&line.text).or_else(within) else { return Vec::new() };
    let spelled_out = line.links.iter().find(|link| {
        let text = link.text();
        text.contains("://") && value.contains(text.as_str())
    });
    if let Some(address) = spelled_out.and_then(lines::Anchor::url) {
        return of_host(line, address.host()).into_iter().collect();
    }
    if let Some(host) = value.split_once("://").and_then(|(_, rest)| rest.split(['/', ' ', '?']).next()) {
        return of_host(line, host).into_iter().collect();
    }
    let names = names::split(names::before_day(&first_run(&value)));
    if names.len() > MOST_NAMES && !names.iter().all(|name| outlets::is_known(name)) {
        return Vec::new();
    }
    names.iter().filter(|name| is_whole(line, &value, name)).map(|name| weigh(line, name)).collect()
}

/// A name in small letters is one word, and all that the label says: "Source: telemar", and not "Source: people familiar with the matter".
fn is_whole(line: &Line, value: &str, name: &str) -> bool {
    let alone = || !name.contains(' ') && value.trim_start().starts_with(name);
    names::is_capitalised(name) || outlets::is_known(name) || alone() || link_for(line, name).is_some()
}

/// The site that an address names, unless everybody publishes there.
fn of_host(line: &Line, host: &str) -> Option<Claim> {
    (!is_open_to_all(host)).then(|| weigh(line, host.trim_start_matches("www.")))
}

/// Whether everybody publishes on a host, or every address leads over it.
pub(super) fn is_open_to_all(host: &str) -> bool {
    let host = host.trim_start_matches("www.");
    host.split('.').any(|label| words::is_generic(&label.to_lowercase())) || matches!(host, "t.co" | "t.me" | "x.com" | "bit.ly")
}

fn weigh(line: &Line, name: &str) -> Claim {
    let url = link_for(line, name);
    let agency = outlets::is_agency(name);
    let sure = if agency || url.is_some() { LABELLED_SURELY } else { LABELLED };
    claim(name, url, if agency { Role::Agency } else { Role::Source }, &line.text, sure - doubt(line), "label")
}

fn doubt(line: &Line) -> f64 {
    if line.after_picture && (line.zone != Zone::Head || line.inside) { UNDER_PICTURE } else { 0.0 }
}

/// Chinese and Japanese names hold no spaces: what follows one is a link to report the page, or another label.
fn first_run(name: &str) -> String {
    match name.split_once(char::is_whitespace) {
        Some((first, _)) if first.chars().any(is_dense) => first.to_owned(),
        _ => name.to_owned(),
    }
}

fn provided(line: &Line) -> Vec<Claim> {
    let Some(value) = PROVIDED.as_ref().and_then(|regex| regex.captures(&line.text)?.name("name").map(|name| name.as_str().to_owned()))
    else {
        return Vec::new();
    };
    let value = value.split(", übermittelt").next().unwrap_or(&value);
    let names = names::split(value);
    let lower = line.text.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    // "Market data", and on the next line "provided by …": the rest of a sentence.
    if lower.starts_with("provided") && !line.text.contains("Provided") && !line.text.contains("PROVIDED") {
        return Vec::new();
    }
    // Streets of Italy begin with "Via", and messages come that way: one of the names must be that of an outlet, or lead to it.
    let is_thin = ["via", "hat", "h/t", "courtesy"].iter().any(|word| lower.starts_with(word));
    let is_told = |name: &String| names::looks_like_outlet(name) || link_for(line, name).is_some();
    if is_thin && !names.iter().any(is_told) {
        return Vec::new();
    }
    // Two ways to pay, send or sign up stand in a row: "via Fastpay via bank transfer".
    if names.iter().any(|name| name.split(' ').any(|word| word.eq_ignore_ascii_case("via"))) {
        return Vec::new();
    }
    // A person may be thanked with a hat-tip; texts are provided by offices and companies.
    let thanked = !lower.contains("provided by") && !line.text.starts_with("Original-Content");
    let is_named = |name: &String| !(thanked && names::looks_like_person(name)) || is_thin && link_for(line, name).is_some();
    let names = names.into_iter().filter(|name| names::is_capitalised(name) && is_named(name));
    let sure = 0.8 - doubt(line);
    names.map(|name| claim(&name, link_for(line, &name), Role::Source, &line.text, sure, "label")).collect()
}

#[cfg(test)]
pub(super) fn check_patterns() {
    for pattern in [&LABEL, &WITHIN, &PROVIDED] {
        assert!(pattern.is_some());
    }
}
