//! The marks that wire agencies leave: a dateline at the start, a sigil at the end, a copyright line.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::{Line, Zone};
use super::{Claim, claim, names, outlets, words};
use crate::model::Role;

/// A dateline may follow a lead.
const DATELINE_BEFORE: usize = 1;
/// So many paragraphs may follow the last of the article: an appeal to subscribe, a related story.
const FROM_END: usize = 2;
/// So many datelines or sigils on a page are teasers of other texts.
const TICKER: usize = 3;
/// A place and an agency in signs that are words.
const LONGEST_PLACE: usize = 10;
/// A line with a sigil alone.
const LONGEST_ALONE: usize = 45;
/// The marks at the end are this short.
const LONGEST_MARK: usize = 60;
/// A copyright line is not longer.
const LONGEST_COPYRIGHT: usize = 300;
/// The evidence that is kept of a long paragraph, in characters.
const EVIDENCE: usize = 120;

/// "CITY, Nov 3 (Agency) —" at the start of a paragraph.
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?P<city>[^()（）\n]{0,70}?)\s*[(（【\[](?P<name>[^()（）\n]{2,40})[)）】\]]\s*[.,]?\s*(?:[-–—―:]|\.\s|$|[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я])",
    )
    .ok()
});
/// "新华社北京11月3日电", "海港网 11月3日报道".
static DATELINE_DENSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[【（(]?(?P<name>[\x{2e80}-\x{9fff}A-Za-z]{1,9}?(?:社|网|網|報|报|站|台))(?:[\x{2e80}-\x{9fff}]{2,4})?\s*\d{1,2}月\d{1,2}日(?:[\x{2e80}-\x{9fff}]{0,3})?(?:电|電|讯|訊|消息|报道|報導)").ok()
});
/// Datelines without brackets: "PORT, 3 ноября. /ТАСС/." and "PORT, 3 ноя — РИА Новости."
static DATELINE_OPEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?P<city>[^/\n]{3,60}?)\s/(?P<slashed>[^/\n]{2,25})/|[^.!?—–\n]{3,50}\s[—–]\s(?P<name>[^—–.,\n]{2,25})\.\s)").ok()
});
/// "(dpa)", "(dpa/lno)", "— AFP" at the very end.
static BRACKETS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[(（\[]\s*(?P<name>[^()（）\[\]\n]{2,40})\s*[)）\]]\s*[.。]?\s*$").ok());
/// "… in the spring. PTI"
static AFTER_STOP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[.!?”\x22]\s+(?P<name>[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я]{2,6})\.?\s*$").ok());
/// "© 2020 NAME".
static COPYRIGHT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\s(])(?:copyright\s*[:：]?\s*)?(?:©|\(c\)|copyright)\s*[:：]?\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?:by\s+)?(?P<name>[^.,|:\n]{2,40}?)(?:[\s,]*\d{4})?(?:[.,|:]|\s(?:all|alle|tous|todos)\s|$)").ok()
});
/// The credits of all such marks.
pub(super) fn read(lines: &[Line]) -> Vec<Claim> {
    let datelines: Vec<Claim> = lines.iter().flat_map(dateline).collect();
    let sigils: Vec<Claim> = lines.iter().flat_map(sigil).collect();
    let mut found = Vec::new();
    for claims in [datelines, sigils] {
        if claims.len() < TICKER {
            found.extend(claims);
        }
    }
    found.extend(lines.iter().flat_map(copyright));
    found
}

fn dateline(line: &Line) -> Vec<Claim> {
    if line.zone == Zone::Tail || line.before > DATELINE_BEFORE || line.listed {
        return Vec::new();
    }
    let text = line.text.as_str();
    if text.contains('月')
        && let Some(name) =
            DATELINE_DENSE.as_ref().and_then(|regex| regex.captures(text)?.name("name")).map(|name| names::clean(name.as_str()))
    {
        let role = if outlets::is_agency(&name) { Role::Agency } else { Role::Republished };
        let known = outlets::is_known(&name) || names::looks_like_outlet(&name);
        return if known { vec![claim(&name, None, role, start_of(text, EVIDENCE), 0.8, "dateline")] } else { Vec::new() };
    }
    let start = start_of(text, EVIDENCE);
    let unbracketed = if line.count > LONGEST_ALONE { agencies_of_other_datelines(start) } else { Vec::new() };
    if !unbracketed.is_empty() {
        return unbracketed.iter().map(|name| claim(name, None, Role::Agency, start, 0.9, "dateline")).collect();
    }
    let Some(found) = DATELINE.as_ref().filter(|_| start.contains(['(', '（', '【', '['])).and_then(|regex| regex.captures(start)) else {
        return Vec::new();
    };
    let (Some(city), Some(name)) = (found.name("city"), found.name("name")) else { return Vec::new() };
    // "Harbour Action Party (HAP) Councillor …": no dash, and the letters stand for what is before them.
    let is_mention =
        found.get(0).is_some_and(|mark| mark.as_str().ends_with(char::is_alphabetic)) && is_abbreviation(city.as_str(), name.as_str());
    if is_mention || !is_city(city.as_str()) || line.count <= LONGEST_ALONE {
        return Vec::new();
    }
    parts(name.as_str()).map_or_else(Vec::new, |agencies| {
        agencies.iter().map(|name| claim(name, None, Role::Agency, start_of(text, EVIDENCE), 0.9, "dateline")).collect()
    })
}

/// The agencies of "PORT, 3 ноя — РИА Новости.", "PORT, 3 ноября. /ТАСС/.", "【低港共同】", "(낮은항=연합뉴스)".
fn agencies_of_other_datelines(start: &str) -> Vec<String> {
    let bracketed = start.strip_prefix(['【', '(', '（', '[']).and_then(|rest| rest.split_once(['】', ')', '）', ']']));
    if let Some((inner, _)) = bracketed {
        let parts: Vec<String> = inner.split(['=', '＝']).map(names::clean).collect();
        let known = parts.iter().filter(|part| parts.len() > 1 && outlets::is_agency(part)).cloned().collect();
        let glued = || inner.char_indices().skip(1).filter_map(|(at, _)| inner.get(at..)).find(|end| outlets::is_agency(end));
        let is_dense = parts.len() == 1 && inner.chars().count() <= LONGEST_PLACE && inner.chars().all(super::lines::is_dense);
        return if is_dense { glued().map(str::to_owned).into_iter().collect() } else { known };
    }
    if !start.contains(['/', '—', '–']) {
        return Vec::new();
    }
    let Some(found) = DATELINE_OPEN.as_ref().and_then(|regex| regex.captures(start)) else { return Vec::new() };
    let city = found.name("city").map_or("", |city| city.as_str());
    let name = found.name("slashed").or(found.name("name")).map(|name| names::clean(name.as_str()));
    name.filter(|name| is_city(city) && outlets::is_agency(name)).into_iter().collect()
}

/// Whether the letters of a mark are the first of the words before it: "the Harbour Action Party (HAP)".
fn is_abbreviation(before: &str, mark: &str) -> bool {
    let letters: Vec<char> = mark.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let capitalised = before.split(|c: char| c.is_whitespace() || c == '-').filter_map(|word| {
        let first = word.chars().find(|c| c.is_alphanumeric())?;
        first.is_uppercase().then(|| first.to_lowercase().next()).flatten()
    });
    let initials: Vec<char> = capitalised.collect();
    letters.len() >= 2 && initials.ends_with(&letters)
}

/// Whether a name in brackets at the end of a text only shortens the words before it.
fn is_spelled_out(text: &str, name: &str) -> bool {
    let before = text.rsplit_once(['(', '（', '[']).filter(|(_, mark)| mark.trim_end_matches([')', '）', ']', '.', ' ']) == name);
    before.is_some_and(|(before, _)| is_abbreviation(before, name))
}

/// What stands before a dateline is a place and a day, not a sentence.
fn is_city(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.len() <= 9 && words.iter().filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count() * 2 <= words.len()
}

/// What stands between a dash and the end: "— AFP". A pattern for it is costly to begin, as it may begin at each sign.
fn after_dash(text: &str) -> Option<&str> {
    const LONGEST_NAME: usize = 31;
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '/' | '-' | '_');
    text.match_indices(['—', '–', '―', '-']).find_map(|(at, dash)| {
        let before = text.get(..at)?.chars().next_back();
        let rest = text.get(at + dash.len()..)?;
        let name = rest.strip_prefix('-').filter(|_| dash == "-").unwrap_or(rest).trim();
        let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | '。' | '”' | '"'));
        let is_name = name.starts_with(char::is_alphabetic) && name.chars().all(is_of_name);
        (opens && is_name && (2..=LONGEST_NAME).contains(&name.chars().count())).then_some(name)
    })
}

fn sigil(line: &Line) -> Vec<Claim> {
    let near = line.zone == Zone::Tail || line.zone == Zone::Text && line.after <= FROM_END;
    if !near || line.listed || line.after_picture {
        return Vec::new();
    }
    let text = end_of(&line.text, LONGEST_MARK);
    let take = |regex: &LazyLock<Option<Regex>>| {
        regex.as_ref().and_then(|regex| regex.captures(text)?.name("name").map(|name| name.as_str().to_owned()))
    };
    let alone = || (line.count <= LONGEST_ALONE).then(|| line.text.clone());
    let last = text.trim_end_matches(['.', '。', ' ']).chars().next_back().unwrap_or(' ');
    let bracket = if matches!(last, ')' | '）' | ']') { take(&BRACKETS) } else { None };
    let dash = after_dash(text).map(str::to_owned);
    let after_stop = if last.is_uppercase() { take(&AFTER_STOP).filter(|name| outlets::is_agency(name)) } else { None };
    let marks = [bracket, dash, after_stop, alone()];
    let agencies = marks.into_iter().flatten().find_map(|mark| parts(&mark)).unwrap_or_default();
    if agencies.is_empty()
        || words::credits_picture(end_of(&line.text, EVIDENCE))
        || agencies.iter().any(|name| is_spelled_out(&line.text, name))
    {
        return Vec::new();
    }
    agencies.iter().map(|name| claim(name, None, Role::Agency, end_of(&line.text, EVIDENCE), 0.85, "sigil")).collect()
}

/// The agencies of "dpa/lno" or "APA, dpa": every part must be an agency, initials or a place. `None` if none is.
fn parts(mark: &str) -> Option<Vec<String>> {
    let mut agencies = Vec::new();
    for part in mark
        .split(['/', ',', '|', '&', '+'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" y "))
    {
        let name = names::clean(part.trim().trim_start_matches("mit ").trim_start_matches("with "));
        if outlets::is_agency(&name) {
            agencies.push(name);
        } else if !(names::is_initials(&name) || name.chars().count() <= 3 || agencies.len() == 1 && !name.contains(' ')) {
            return None;
        }
    }
    (!agencies.is_empty()).then_some(agencies)
}

fn copyright(line: &Line) -> Vec<Claim> {
    let apart = line.zone == Zone::Tail || line.after <= FROM_END;
    let may_be = apart && !line.after_picture && line.count <= LONGEST_COPYRIGHT;
    if !may_be || !["©", "opyright", "OPYRIGHT", "(c)", "(C)"].iter().any(|mark| line.text.contains(mark)) {
        return Vec::new();
    }
    let Some(name) = COPYRIGHT.as_ref().and_then(|regex| regex.captures(&line.text)?.name("name")).map(|name| names::clean(name.as_str()))
    else {
        return Vec::new();
    };
    if let Some(agencies) = parts(&name) {
        return agencies.iter().map(|name| claim(name, None, Role::Agency, end_of(&line.text, EVIDENCE), 0.8, "copyright")).collect();
    }
    // The site's owner reserves all rights at its foot; who is credited for one text seldom does.
    let lower = line.text.to_lowercase();
    let is_footer = ["all rights", "alle rechte", "todos los derechos", "todos os direitos", "tous droits", "tutti i diritti"]
        .iter()
        .any(|words| lower.contains(words));
    let looks_so = || names::is_name(&name) && names::looks_like_outlet(&name) && !names::is_company(&name);
    let outlet = outlets::is_known(&name) || line.inside && !is_footer && looks_so();
    if outlet { vec![claim(&name, None, Role::Republished, end_of(&line.text, EVIDENCE), 0.8, "copyright")] } else { Vec::new() }
}

/// The first characters of a long paragraph.
fn start_of(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// The last characters of a long paragraph.
fn end_of(text: &str, most: usize) -> &str {
    text.char_indices().rev().nth(most.saturating_sub(1)).map_or(text, |(start, _)| text.get(start..).unwrap_or(text))
}

#[cfg(test)]
pub(super) fn check_patterns() {
    for pattern in [&DATELINE, &DATELINE_DENSE, &DATELINE_OPEN, &BRACKETS, &AFTER_STOP, &COPYRIGHT] {
        assert!(pattern.is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::after_dash;

    #[test]
    fn a_name_may_stand_after_a_dash_at_the_end() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(after_dash(text), expected, "{text}");
        check("and nobody was hurt. — AFP", Some("AFP"));
        check("and nobody was hurt.--AFP", Some("AFP"));
        check("and nobody was hurt. -AP/dpa ", Some("AP/dpa"));
        check("the well-known harbour", None);
        check("and nobody - not one - was hurt", Some("not one - was hurt"));
        check("and nobody was hurt. — AFP, 2026", None);
        check("and nobody was hurt. — 2026", None);
        check("—", None);
    }
}
