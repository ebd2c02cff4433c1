//! What a line says of where the text comes from.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use regex::Regex;

use super::lines::Line;
use super::{agencies, credit, link_for};
use crate::extract::date;
use crate::model::{Credit, Role};

/// A labelled line is short.
const LONGEST_LABELLED: usize = 110;
/// A name has so many words at most.
const MOST_WORDS: usize = 7;
/// Before so many paragraphs a line belongs to the head of the article; a label in between credits a quotation or a table.
const HEAD: usize = 1;
/// So many lines from the end a line belongs to the tail.
const TAIL: usize = 12;

/// "Source:" in many languages. The plural is a bibliography and is not here.
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?ix)^[\s\-–—•|(\[]*(?:article\ |news\ |text\ |original\ |story\ )?(?:
        source|via|provided\ by|courtesy\ of|republished\ from|syndicated\ from|hat\ tip(?:\ to)?|quelle|fuente|fonte|font|bron|kilde|källa|lähde|źródło|zdroj|forrás|sursa|sursă|izvor|vir|allikas|avots|šaltinis|kaynak|πηγή|источник|джерело|извор|източник|крыніца|المصدر|مصدر|منبع|מקור|स्रोत|সূত্র|sumber|nguồn|ที่มา|来源|來源|稿件来源|信息来源|文章来源|本文来源|新闻来源|稿源|转载自|轉載自|出處|出处|出典|提供|引用元|출처|제공
        )\s*[:：|｜]\s*(?P<name>.+)$").ok()
});
/// Whole texts taken over.
static REPUBLISHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?ix)(?:
        (?:this|the)\ (?:article|story|post|piece|column|essay|interview|report)(?:\ (?:was|has\ been|is))?\s*(?:originally|first|previously)?\s*(?:published|appeared|posted|ran|republished|produced)\s+(?:on|in|at|by|from|with)\s+
        |(?:originally|first)\s+(?:published|appeared|posted)\s+(?:on|in|at|by)\s+|appeared\ (?:first|originally)\ on\s+|(?:republished|reprinted)\ (?:with\ permission\ )?from\s+
        |(?:dieser|der)\ (?:artikel|beitrag|text)\ (?:ist|erschien|wurde)\s+(?:zuerst|zunächst|ursprünglich)?\s*(?:erschienen\ )?(?:bei|im|in|auf)\s+[„“]?
        |publicado\ originalmente\ (?:en|em|no|na|por)\s+|publié\ (?:initialement|à\ l['’]origine)\ (?:par|sur|dans)\s+
        )(?P<name>[^.,;:()\n]{2,60})").ok()
});
/// Parts of the text.
static CONTRIBUTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?ix)^[\s(\[–—\-]*(?:with\ (?:files|reports?|information|inputs?|contributions?|material|reporting)\ (?:from|by)|additional\ reporting\ by|mit\ (?:material|informationen|inhalten)\ (?:von|vom|der)|con\ (?:información|informaciones|datos)\ de|com\ informações\ d[aeo]s?|avec|con\ informazioni\ d[ia]|met\ (?:informatie|medewerking)\ van|z\ wykorzystaniem|med\ (?:uppgifter|oplysninger)\ fr[åa]n?)\s+(?P<name>[^\n]{2,120}?)[.)\]]*$").ok()
});
static CONTRIBUTOR: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?P<name>(?:The )?[A-Z][^.\n]{1,60}?) (?:also )?contributed to this (?:report|story|article)\.?$").ok());
/// "CITY, Nov 3 (Agency) —" at the start of the text.
static DATELINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[^()\n]{0,70}?)[(（【](?P<name>[^()（）\n/]{2,30})(?:/[^()\n]{2,20})?[)）】]\s*\.?\s*[-–—―:]").ok());
/// "(dpa)", "(dpa/lno)", "— AFP" at the very end.
static TAIL_SIGIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:[(（]\s*(?P<a>[^()（）\n]{2,30})\s*[)）]|(?:—|–|--)\s*(?P<b>[\p{L} .]{2,25}))\.?\s*$").ok());
/// A label behind a date or beside other labels, as pages in Chinese and Japanese and short source lines elsewhere have it.
static LABEL_WITHIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:来源|來源|出處|出典|출처|[|·/]\s*(?:Quelle|Source|Fuente|Fonte|Źródło|Bron|Kilde|Källa|Источник))\s*[:：]\s*(?P<name>[^\s|｜·:：][^|｜·:：\n]{1,40})").ok()
});
/// "Provided by NAME", "Original-Content von: NAME, übermittelt …".
static PROVIDED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:this\s+(?:story|article)\s+was\s+)?provided\s+by|original-content\s+von:?)\s+(?P<name>[^,.;\n]{2,60})").ok()
});
/// "© 2020 NAME".
static COPYRIGHT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:\d{4}(?:-\d{4})?)?[\s,]*(?:by\s+)?(?P<name>[^.,|\n]{2,40}?)(?:\s*\d{4})?(?:[.,|]|$)").ok()
});
/// Names of one line.
static SPLIT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*(?:,|;|/|、|\s(?:and|und|et|y|e|i|и|og|och|en)\s)\s*(?:the\s+|der\s+|la\s+)?").ok());

/// The credits that a line gives. `place` of `count` lines.
pub(super) fn read(line: &Line, place: usize, count: usize) -> Vec<Credit> {
    let text = line.text.as_str();
    let in_head = line.paragraphs_before <= HEAD;
    let in_tail = place + TAIL >= count;
    let length = text.chars().count();
    let mut found = Vec::new();
    if length <= LONGEST_LABELLED && (in_head || in_tail) {
        found.extend(labelled(line));
        found.extend(contributing(line));
        found.extend(provided(line));
        found.extend(byline(line, in_head));
        found.extend(agency(&COPYRIGHT, "name", line, 0.75).into_iter().filter(|_| in_tail));
    }
    if in_head || in_tail {
        found.extend(republished(line));
    }
    if in_head && length > LONGEST_LABELLED / 2 {
        found.extend(agency(&DATELINE, "name", line, 0.9));
    }
    if in_tail && found.is_empty() {
        found.extend(agency(&TAIL_SIGIL, "a", line, 0.8));
        found.extend(agency(&TAIL_SIGIL, "b", line, 0.8));
    }
    if length <= 40 && line.paragraphs_before == 0 && found.is_empty() && agencies::is_agency(text) {
        let name = ["By ", "Von ", "Por ", "Par "].iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(text);
        found.push(credit(name, link_for(line, name), Role::Agency, text, 0.85));
    }
    found
}

/// The name behind a label, if there is one.
pub(super) fn strip_label(text: &str) -> String {
    let found = LABEL.as_ref().and_then(|regex| regex.captures(text)).and_then(|found| found.name("name").map(|name| clean(name.as_str())));
    found.unwrap_or_else(|| clean(text))
}

fn labelled(line: &Line) -> Vec<Credit> {
    let whole = LABEL.as_ref().and_then(|regex| regex.captures(&line.text)).and_then(|found| found.name("name"));
    let within = || LABEL_WITHIN.as_ref().and_then(|regex| regex.captures(&line.text)).and_then(|found| found.name("name"));
    let Some(name) = whole.or_else(within) else { return Vec::new() };
    let names = names(&first_run(name.as_str()));
    // Several names after one label are a bibliography, unless they are agencies.
    if names.len() > 1 && !names.iter().all(|name| agencies::is_agency(name)) && names.len() > 2 {
        return Vec::new();
    }
    let role = |name: &str| if agencies::is_agency(name) { Role::Agency } else { Role::Source };
    names
        .iter()
        .map(|name| credit(name, link_for(line, name), role(name), &line.text, if agencies::is_agency(name) { 0.9 } else { 0.75 }))
        .collect()
}

/// Chinese and Japanese names hold no spaces: what follows one is a link to report the page, or another label.
fn first_run(name: &str) -> String {
    let is_dense = |text: &str| text.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c));
    match name.split_once(char::is_whitespace) {
        Some((first, _)) if is_dense(first) => first.to_owned(),
        _ => name.to_owned(),
    }
}

fn provided(line: &Line) -> Option<Credit> {
    let name = PROVIDED.as_ref()?.captures(&line.text)?.name("name").map(|name| clean(name.as_str())).filter(|name| is_name(name))?;
    Some(credit(&name, link_for(line, &name), Role::Source, &line.text, 0.8))
}

/// A byline that ends with an agency: "By Ana Solano The Associated Press", "Luis Prado, Reuters".
fn byline(line: &Line, in_head: bool) -> Option<Credit> {
    let leads = ["By ", "Von ", "Por ", "Par ", "by ", "BY "].iter().any(|lead| line.text.starts_with(lead));
    let words: Vec<&str> = line.text.split_whitespace().collect();
    if !in_head || line.paragraphs_before > 0 || !(leads || words.len() <= 5) || words.len() > 14 {
        return None;
    }
    let names = (1..=3).rev().filter_map(|count| words.get(words.len().checked_sub(count)?..)).map(|tail| clean(&tail.join(" ")));
    let name = names.into_iter().find(|name| agencies::is_agency(name) && name.chars().next().is_some_and(char::is_uppercase))?;
    let separated = leads || line.text.contains([',', '|', '/', '-']);
    separated.then(|| credit(&name, link_for(line, &name), Role::Agency, &line.text, 0.8))
}

fn contributing(line: &Line) -> Vec<Credit> {
    let listed = CONTRIBUTED.as_ref().and_then(|regex| regex.captures(&line.text)).and_then(|found| found.name("name"));
    let single = || CONTRIBUTOR.as_ref().and_then(|regex| regex.captures(&line.text)).and_then(|found| found.name("name"));
    let Some(name) = listed.or_else(single) else { return Vec::new() };
    let names = names(name.as_str());
    let outlets = names.into_iter().filter(|name| agencies::is_agency(name) || !looks_like_person(name));
    outlets.map(|name| credit(&name, link_for(line, &name), Role::Contributing, &line.text, 0.85)).collect()
}

fn republished(line: &Line) -> Vec<Credit> {
    let Some(name) = REPUBLISHED.as_ref().and_then(|regex| regex.captures(&line.text)).and_then(|found| found.name("name")) else {
        return Vec::new();
    };
    let linked = line.links.iter().find(|(text, _)| name.as_str().contains(text.as_str()) && !text.is_empty() && !is_pointer(text));
    let shown = linked.map_or_else(|| clean(name.as_str()), |(text, _)| text.clone());
    let starts_upper = shown.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
    if !is_name(&shown) || !starts_upper || is_pointer(&shown) || is_day(&shown) {
        return Vec::new();
    }
    vec![credit(&shown, link_for(line, &shown), Role::Republished, &line.text, 0.85)]
}

fn agency(pattern: &LazyLock<Option<Regex>>, group: &str, line: &Line, confidence: f64) -> Vec<Credit> {
    let Some(name) = pattern.as_ref().and_then(|regex| regex.captures(&line.text)).and_then(|found| found.name(group)) else {
        return Vec::new();
    };
    let phrase: String = line.text.chars().take(120).collect();
    names(name.as_str())
        .into_iter()
        .filter(|name| agencies::is_agency(name))
        .map(|name| credit(&name, None, Role::Agency, &phrase, confidence))
        .collect()
}

fn names(text: &str) -> Vec<String> {
    let text = clean(text);
    if agencies::is_agency(&text) {
        return vec![text];
    }
    let Some(split) = SPLIT.as_ref() else { return vec![text] };
    split.split(&text).map(clean).filter(|name| is_name(name)).collect()
}

/// Cuts off what follows a name: dates, other labels, links to share.
fn clean(text: &str) -> String {
    let ends =
        [" | ", " ｜ ", " · ", " • ", "©", "作者", "责任编辑", "编辑", "記者", "举报", "时间", "Artikelrechte", "Updated", "Published"];
    let end = ends.iter().filter_map(|end| text.find(end)).filter(|&at| at > 0).min().unwrap_or(text.len());
    let text = text.get(..end).unwrap_or(text);
    let text = text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ','
                    | ';'
                    | ':'
                    | '：'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '"'
                    | '“'
                    | '”'
                    | '„'
                    | '«'
                    | '»'
                    | '|'
                    | '-'
                    | '–'
                    | '—'
                    | '。'
                    | '（'
                    | '）'
            )
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_name(name: &str) -> bool {
    const GENERIC: [&str; 24] = [
        "agencies",
        "agenturen",
        "agencias",
        "agences",
        "agency",
        "news agencies",
        "wire reports",
        "网络",
        "互联网",
        "综合",
        "原创",
        "本站原创",
        "本站",
        "own",
        "own work",
        "author",
        "unknown",
        "internet",
        "here",
        "link",
        "twitter",
        "facebook",
        "instagram",
        "youtube",
    ];
    let count = name.chars().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let initials = count <= 4 && name.chars().all(|c| c.is_lowercase()) && !agencies::is_agency(name);
    (2..=60).contains(&count)
        && name.split_whitespace().count() <= MOST_WORDS
        && digits <= 4
        && digits * 2 < count
        && !initials
        && !GENERIC.contains(&name.to_lowercase().as_str())
        && !name.contains("http")
        && !name.contains('@')
        && !name.contains('(')
}

/// "Originally published on Nov 20" tells a day.
fn is_day(text: &str) -> bool {
    date::find_in_text(&format!("{text}, 2020"), "en", &TimeZone::UTC).is_some()
        || date::find_in_text(&format!("1 {text}"), "en", &TimeZone::UTC).is_some()
}

fn is_pointer(text: &str) -> bool {
    matches!(
        text.to_lowercase().trim(),
        "here" | "this" | "the original" | "original" | "its original source" | "source" | "hier" | "aquí" | "ici"
    )
}

/// Two or three capitalised words without a word that outlets use.
fn looks_like_person(name: &str) -> bool {
    const OUTLET: [&str; 22] = [
        "news", "press", "times", "post", "daily", "agency", "journal", "radio", "tv", "media", "network", "gazette", "herald", "tribune",
        "bulletin", "voz", "diario", "agencia", "agence", "zeitung", "rundfunk", "bbc",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitalised =
        words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase));
    let lower = name.to_lowercase();
    (2..=3).contains(&words.len())
        && capitalised
        && !lower.split_whitespace().any(|word| OUTLET.contains(&word))
        && !lower.starts_with("the ")
        && !lower.starts_with("la ")
}
