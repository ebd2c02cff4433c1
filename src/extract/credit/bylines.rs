//! Bylines that name an agency or another outlet, and bare names in a place set apart for whoever provided the text.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::{Line, Zone};
use super::places::Slot;
use super::{Claim, claim, declared, link_for, names, outlets, words};
use crate::model::Role;

/// A byline is short.
const LONGEST: usize = 140;
/// And holds so few words.
const MOST_WORDS: usize = 14;
/// A byline in a place of its own may stand below the lead.
const LEAD_PARAGRAPHS: usize = 1;
/// Without "By" or a place of its own, a byline is this short.
const LONGEST_BARE: usize = 45;
/// So many different names in places for a provider are a list of other articles.
const LIST: usize = 3;
/// A bare name that nothing else supports has so few words.
const LONGEST_PROVIDER: usize = 4;
/// What stands in a place for a provider and looks like no outlet needs another sign.
const UNSUPPORTED: f64 = 0.5;
/// So many lines into the tail a provider still belongs to the text.
const IN_TAIL: usize = 6;

static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:(?:written|posted|published|reported|story)\s+by|skrevet\s+af|by|von|por|par|di|da|af|av|door|oleh|od|от|vom|autor(?:es|in)?|auteur|author|text|tekst|texte|текст|автор|penulis|szerző|yazan|kirjoittaja|作者|文|記者|记者|기자|بقلم)(?:\s*[:：/]\s*|\s+)",
    )
    .ok()
});
static PARTS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*(?:,|\||/|•|·|;|\n)\s*|\s(?:-|–|—)\s|\s(?:and|und|et|y|e|with|mit|avec|con|for|für|pour)\s").ok());

/// The credits of bylines and of places set apart.
pub(super) fn read(lines: &[Line]) -> Vec<Claim> {
    let mut found: Vec<Claim> = lines.iter().flat_map(byline).collect();
    let tail = lines.iter().position(|line| line.zone == Zone::Tail).unwrap_or(lines.len());
    let near = lines
        .iter()
        .enumerate()
        .filter(|(place, line)| line.before <= LEAD_PARAGRAPHS || line.zone == Zone::Tail && *place < tail + IN_TAIL);
    let provided: Vec<Claim> = near.flat_map(|(_, line)| provider(line)).collect();
    let mut distinct: Vec<&str> = provided.iter().map(|claim| claim.credit.name.as_str()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < LIST {
        found.extend(provided);
    }
    found
}

fn byline(line: &Line) -> Vec<Claim> {
    let count = line.count;
    let slot = line.slot == Some(Slot::Byline);
    let below_lead = slot && line.zone == Zone::Text && line.before <= LEAD_PARAGRAPHS;
    let in_place = line.zone == Zone::Head || below_lead || slot && line.zone == Zone::Tail;
    if count > LONGEST || !in_place || line.listed && !slot || line.text.split_whitespace().nth(MOST_WORDS).is_some() {
        return Vec::new();
    }
    let lead = LEAD.as_ref().and_then(|regex| regex.find(&line.text)).map(|lead| lead.end());
    let rest = line.text.get(lead.unwrap_or(0)..).unwrap_or_default();
    let told = lead.is_some() || slot;
    if !told && (count > LONGEST_BARE || line.after_picture) {
        return Vec::new();
    }
    let parts: Vec<&str> = PARTS.as_ref().map_or_else(|| vec![rest], |regex| regex.split(rest).collect());
    let agency = |part: &&str| if told { names::agency_in(part) } else { bare_agency(part) };
    if !told && parts.iter().all(|part| agency(part).is_none()) {
        return Vec::new();
    }
    // "Ana Reed / Photo: AFP" says who took the picture.
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty() && !words::credits_picture(part)).collect();
    let agencies: Vec<String> = parts.iter().filter_map(agency).collect();
    // Beside an agency a line without "By" may hold persons, initials and a day, and no sentence.
    if !told && (agencies.is_empty() || parts.len() > 4 || !parts.iter().all(|part| part.split_whitespace().count() <= 4)) {
        return Vec::new();
    }
    let mut found: Vec<Claim> = agencies
        .iter()
        .map(|name| {
            let role = if declared::is_joined(name, &line.text) { Role::Contributing } else { Role::Agency };
            claim(name, link_for(line, name), role, &line.text, if told { 0.85 } else { 0.8 }, "byline")
        })
        .collect();
    if found.is_empty() && told {
        found.extend(outlet(line, &parts));
    }
    found
}

fn bare_agency(part: &str) -> Option<String> {
    let name = names::clean(part);
    outlets::is_agency(&name).then_some(name)
}

/// "Ana Reed, The Harbour Post": a person and an outlet.
fn outlet(line: &Line, parts: &[&str]) -> Option<Claim> {
    let name = match parts {
        [only] => names::clean(only),
        [_, .., last] => names::clean(last),
        [] => return None,
    };
    let known = outlets::is_known(&name);
    let fits = names::is_name(&name)
        && names::is_capitalised(&name)
        && (known || parts.len() > 1 && names::looks_like_outlet(&name) && !is_post(&name));
    fits.then(|| claim(&name, link_for(line, &name), Role::Republished, &line.text, if known { 0.8 } else { 0.75 }, "byline"))
}

/// "News Editor", "Daily Reporter": a post and no outlet.
fn is_post(name: &str) -> bool {
    const POSTS: [&str; 16] = [
        "editor",
        "reporter",
        "writer",
        "correspondent",
        "producer",
        "staff",
        "contributor",
        "columnist",
        "redakteur",
        "journalist",
        "anchor",
        "director",
        "host",
        "chief",
        "intern",
        "desk",
    ];
    name.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| POSTS.contains(&word))
}

/// "Partner", "Source": the label of the place and no name.
fn is_provider_word(name: &str) -> bool {
    let lower = name.to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or("");
    matches!(
        first.trim_end_matches('s'),
        "source" | "partner" | "provider" | "agency" | "quelle" | "fuente" | "fonte" | "syndication" | "republish"
    )
}

/// A bare name in a place for a source.
fn provider(line: &Line) -> Option<Claim> {
    if line.slot != Some(Slot::Provider) || line.after_picture && line.zone == Zone::Tail || line.count > LONGEST {
        return None;
    }
    let name = names::clean(&line.text);
    let known = outlets::is_known(&name);
    let whole = name.chars().count() * 3 >= line.count * 2 && name.split_whitespace().count() <= LONGEST_PROVIDER && !line.listed;
    let plain = whole
        && !is_provider_word(&name)
        && names::is_name(&name)
        && names::is_capitalised(&name)
        && !line.text.contains([':', '：'])
        && !["appeared", "ublished", "erschienen"].iter().any(|verb| line.text.contains(verb))
        && !is_post(&name)
        && !names::looks_like_person(&name);
    if !known && !plain {
        return None;
    }
    let role = if outlets::is_agency(&name) { Role::Agency } else { Role::Republished };
    let confidence = if known {
        0.85
    } else if names::looks_like_outlet(&name) {
        0.72
    } else {
        UNSUPPORTED
    };
    Some(claim(&name, link_for(line, &name), role, &line.text, confidence, "slot"))
}

#[cfg(test)]
pub(super) fn check_patterns() {
    for pattern in [&LEAD, &PARTS] {
        assert!(pattern.is_some());
    }
}
