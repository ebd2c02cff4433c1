//! Sentences that credit: "originally published by …", "with information from …", "… contributed to this report".

use std::sync::LazyLock;

use regex::Regex;

use super::lines::{Anchor, Line, Zone};
use super::{Claim, claim, link_for, names, outlets};
use crate::model::Role;
use crate::url::Url;

/// Such a sentence closes or opens the article: so many paragraphs may follow it, or stand before it.
const FROM_END: usize = 3;
/// In the middle of the text such words tell a story.
const FROM_START: usize = 1;
/// So near before the verb stands what it is said of.
const NEAR: usize = 140;
/// A line that is nothing but the sentence.
const LONGEST_ALONE: usize = 200;

/// No such sentence with a name is shorter.
const SHORTEST: usize = 16;

/// Whole texts taken over.
static REPUBLISHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?:
        (?:originally|first|^\W*previously)\s+(?:published|appeared|posted|ran|written|produced|broadcast|featured)\s+(?:on|in|at|by|with|for|as\ a\ \w+\ (?:on|at))\s+
        |(?:published|appeared|posted|ran)\s+(?:originally|first)\s+(?:on|in|at|by|with)\s+
        |(?:is|was|been|be|article|story|post|piece|essay)\s+(?:republished|reprinted|reproduced|reposted|cross-?posted|syndicated)\s+(?:here\s+)?(?:with\s+(?:the\s+)?(?:kind\s+)?permission\s+)?(?:from|of)\s+
        |^\W*(?:republished|reprinted|reproduced|reposted|cross-?posted|syndicated|excerpted)\s+(?:here\s+)?(?:with\s+(?:the\s+)?(?:kind\s+)?permission\s+)?(?:from|of|by)\s+
        |(?:version|translation)\s+of\s+(?:this|the)\s+(?:article|story|post|piece|essay|column|interview)\s+(?:was\s+|has\s+)?(?:\w+ly\s+|first\s+)?(?:published|appeared|appears|ran)\s+(?:on|in|at|by)\s+
        |(?:this\s+(?:article|story|post|content|report)|the\s+(?:article|story|content))\s+(?:was|is)\s+(?:produced|published|provided|brought\ to\ you|reported|written)\s+by\s+
        |(?:article|story|post|piece)\s+(?:comes|came)\s+(?:to\ (?:you|us)\s+)?(?:from|courtesy\ of)\s+
        |(?:artikel|beitrag|text|interview|kommentar|erschien|original)[^.]{0,40}?\s(?:zuerst|zunächst|ursprünglich|original)\s+(?:\w+\s+){0,2}?(?:bei|beim|im|in(?:\ der)?|auf|von|durch)\s+
        |(?:zuerst|zunächst|ursprünglich)\s+(?:bei|im|in(?:\ der)?|auf)\s+
        |publicad[oa]\s+(?:originalmente|primero|por\ primera\ vez|inicialmente)\s+(?:en|em|no|na|por)\s+|originalmente\s+(?:publicad[oa]|em)\s+(?:en|em|no|na|por)\s+
        |(?:publié|paru)e?\s+(?:initialement|à\ l['’]origine|d['’]abord|pour\ la\ première\ fois)\s+(?:par|sur|dans|en)\s+|initialement\s+(?:publiée?|parue?)\s+(?:par|sur|dans|en)\s+
        |pubblicato\s+(?:originariamente|originalmente|per\ la\ prima\ volta|inizialmente)\s+(?:da|su|in)\s+
        |(?:eerder|oorspronkelijk)\s+(?:gepubliceerd|verschenen)\s+(?:op|in|door|bij)\s+|verscheen\s+(?:eerder|eerst|oorspronkelijk)\s+(?:op|in|bij)\s+
        |(?:opprinnelig|oprindeligt?|ursprungligen)\s+(?:publisert|udgivet|bragt|publicerad)\s+(?:i|på|av|af|hos)\s+
        |(?:artykuł|tekst)\s+(?:pierwotnie\s+|po\ raz\ pierwszy\s+)?ukazał\ się\s+(?:pierwotnie\s+)?(?:w|na)\s+
        |(?:впервые|первоначально)\s+(?:опубликован[оа]?)\s+(?:в|на)\s+
        )(?:(?:der|die|dem|das|la|el|le|the\ website|website|portal|\w+\ (?:magazine|newspaper|blog))\s+)?(?P<name>[„“\x22«‘']?[^,;:()\n]{2,80})",
    )
    .ok()
});
/// Parts of the text.
const WITH: &str = r"with\ (?:files|(?:a\ )?reports?|information|inputs?|contributions?|material|additional\ reporting|reporting|assistance)\ (?:from|by)|additional\ (?:reporting|material)\ (?:by|from)|
    mit\ (?:material|informationen|inhalten|agenturmaterial|texten|beiträgen)\ (?:von|vom|der|des)|unter\ verwendung\ von|(?:con|elaborado\ con|redacción\ con)\ (?:información|informaciones|datos|reportes?|contenido)\ (?:de(?:l)?(?:\ la)?)|
    com\ (?:informações|informação|dados|agência|agências)\ (?:d[aeo]s?)|avec\ (?:les\ informations\ d[e'’]|des\ informations\ d[e'’])|d['’]après\ (?:les|des)\ informations\ d[e'’]|con\ (?:informazioni|materiale)\ d[ia]|
    met\ (?:informatie|medewerking|materiaal)\ van|z\ wykorzystaniem|na\ podstawie|med\ (?:uppgifter|oplysninger|opplysninger|material)\ fr[åa]n?|s\ využitím|cu\ informații\ de\ la|katkılarıyla";
static WHOLE_LINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?ix)^[\s(\[–—*-]*(?:{WITH})\s*:?\s*(?P<name>[^\n]{{2,140}}?)[.)\]*]*$")).ok());
static CONTRIBUTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\W*|.*[.!?”]\s+)(?P<name>[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][^\n!?]{1,160}?)\s+(?:also\s+)?(?:contributed|have\ contributed|has\ contributed)\s+(?:reporting\s+)?(?:to|from|in)\s+\w+(?:\s+\w+){0,4}\.?\)?$").ok()
});

/// The credits of all such sentences.
pub(super) fn read(lines: &[Line], page: &Url) -> Vec<Claim> {
    let mut found = Vec::new();
    for line in lines {
        let short = line.count <= LONGEST_ALONE;
        let at_edge = line.zone != Zone::Text || line.after <= FROM_END || line.before <= FROM_START;
        if at_edge && line.count >= SHORTEST && TAKEN_OVER.as_ref().is_some_and(|words| words.is_match(&line.text)) {
            found.extend(republished(line, page));
        }
        if at_edge || short {
            found.extend(contributing(line, short));
        }
        if short && line.text.contains("contributed") {
            found.extend(contributors(line));
        }
    }
    found
}

/// Parts of the words without which no sentence says that a text was taken over: a quick look before the pattern is tried.
static TAKEN_OVER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("erschenen|erscheen|ubblica|udgivet|bragt|ppeared|osted| ran |rinted|roduced|yndicated|xcerpted|rovided by|brought to|reported by|written by|omes |came |zuerst|zunächst|ursprünglich|ubli|paru|ukazał|публик").ok()
});

fn republished(line: &Line, page: &Url) -> Option<Claim> {
    let found = REPUBLISHED.as_ref()?.captures(&line.text)?;
    let told = found.name("name")?;
    let lower = line.text.to_lowercase();
    // A name runs on to the next comma: what the sentence behind says is not said of this text.
    let sentence_end = told.as_str().find(". ").map_or(told.end(), |at| told.start() + at);
    if !is_about_text(&line.text, found.get(0)?.start()..sentence_end) {
        return None;
    }
    if lower.starts_with("sign up")
        || lower.contains("newsletter")
        || lower.contains("study was")
        || lower.contains(" work has")
        || lower.contains(" has published")
    {
        return None;
    }
    let linked = line.links.iter().find(|link| {
        let (text, told) = (link.text(), told.as_str());
        !text.is_empty() && (told.contains(text.as_str()) || text.contains(told.trim())) && link.url().is_some_and(|url| url.is_web())
    });
    if linked.is_none() && is_of_somebody(line.text.get(..told.start()).unwrap_or_default()) {
        return None;
    }
    if linked.and_then(Anchor::url).is_some_and(|url| url.site() == page.site()) {
        return None;
    }
    let told_name = told.as_str().trim_start();
    let told_name = told_name.strip_prefix("the ").unwrap_or(told_name);
    // "… in the January issue of Tide Review".
    let told_name = [" issue of ", " edition of "].iter().find_map(|of| told_name.split_once(of)).map_or(told_name, |(_, name)| name);
    let told_name = told_name.strip_prefix("the ").unwrap_or(told_name);
    let shown = names::clean(told_name.split_once(". ").map_or(told_name, |(name, _)| name));
    let named = linked
        .map(|link| names::clean(&link.text()))
        .filter(|text| names::is_name(text) && !is_pointer(text) && text.chars().count() <= shown.chars().count());
    let name = named.unwrap_or(shown);
    let url = link_for(line, &name);
    let is_domain = names::is_domain(&name.to_lowercase());
    if !names::is_name(&name)
        || is_pointer(&name)
        || !(names::is_capitalised(&name) || is_domain || linked.is_some() || name.split(' ').count() == 1)
        || is_day(&name)
    {
        return None;
    }
    let by_person = names::looks_like_person(&name);
    if by_person && ["written by ", "reported by ", "produced by "].iter().any(|verb| lower.contains(verb)) {
        return None;
    }
    let confidence = if by_person && url.is_none() { 0.5 } else { 0.85 };
    Some(claim(&name, url, Role::Republished, &line.text, confidence, "sentence"))
}

fn contributing(line: &Line, short: bool) -> Vec<Claim> {
    let bracketed = in_brackets(&line.text);
    let Some(text) = bracketed.or(short.then_some(line.text.as_str())) else { return Vec::new() };
    let take = |text: &str| WHOLE_LINE.as_ref()?.captures(text)?.name("name").map(|name| name.as_str().to_owned());
    let listed = take(text).or_else(|| take(behind_name(text)?));
    let Some(value) = listed else { return joined(line, text, bracketed.is_some()) };
    outlets_of(&value).into_iter().map(|name| claim(&name, link_for(line, &name), Role::Contributing, &line.text, 0.85, "with")).collect()
}

/// "Relay/With material from …": what stands behind the name of the site.
fn behind_name(text: &str) -> Option<&str> {
    const LONGEST_NAME: usize = 30;
    let (name, rest) = text.split_once('/')?;
    let name = name.trim_start_matches(|c: char| c.is_whitespace() || "([–—*-".contains(c));
    (2..=LONGEST_NAME).contains(&name.chars().count()).then_some(rest)
}

/// What stands in brackets at the end of a line.
fn in_brackets(text: &str) -> Option<&str> {
    let inner = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '*')).strip_suffix([')', ']'])?;
    inner.rsplit_once(['(', '[']).map(|(_, inner)| inner.trim()).filter(|inner| inner.chars().count() <= LONGEST_ALONE)
}

/// Illnesses first appear in places, too: the sentence must be about a text, or begin with what became of it.
fn is_about_text(text: &str, said: std::ops::Range<usize>) -> bool {
    const TEXTS: [&str; 34] = [
        "article",
        "story",
        "post",
        "piece",
        "essay",
        "column",
        "interview",
        "report",
        "version",
        "excerpt",
        "review",
        "feature",
        "commentary",
        "op-ed",
        "content",
        "this was",
        "it was",
        "artikel",
        "beitrag",
        "text",
        "erschien",
        "veröffentlicht",
        "publiziert",
        "artículo",
        "nota",
        "texto",
        "artigo",
        "reportaje",
        "articolo",
        "tekst",
        "artykuł",
        "публик",
        "стать",
        "publié",
    ];
    let before = text.get(..said.start).unwrap_or(text);
    let near: String = before.chars().rev().take(NEAR).collect::<Vec<_>>().into_iter().rev().collect();
    let lower = format!("{near}{}", text.get(said).unwrap_or_default()).to_lowercase();
    before.trim_end().is_empty()
        || before.trim_end().ends_with(['.', '!', '?', '(', '*', '—', '–', '-', ':', '”', '"', '['])
        || TEXTS.iter().any(|word| lower.contains(word))
}

/// "His column first appeared in …" tells of a life, not of this text.
fn is_of_somebody(before: &str) -> bool {
    const OF: [&str; 4] = ["his", "her", "their", "whose"];
    const WORKS: [&str; 9] = ["article", "articles", "story", "stories", "column", "essay", "essays", "piece", "work"];
    const NEAR_WORDS: usize = 6;
    let lower = before.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().rev().take(NEAR_WORDS).collect();
    words.iter().any(|word| OF.contains(word)) && words.iter().any(|word| WORKS.contains(word))
}

/// The outlets of a list; of "Ana Reed of CBC" the outlet, of "Ana Reed" none.
fn outlets_of(value: &str) -> Vec<String> {
    let value = [" for ", " of ", " de la ", " from "].iter().find_map(|of| value.rsplit_once(of)).map_or(value, |(_, outlet)| outlet);
    let name = |name: String| {
        let of = [" de ", " von ", " vom "]
            .iter()
            .find_map(|of| name.rsplit_once(of))
            .filter(|(person, outlet)| names::looks_like_person(person) && names::is_name(outlet));
        of.map(|(_, outlet)| outlet.to_owned()).or_else(|| names::agency_in(&name)).unwrap_or(name)
    };
    names::split(value)
        .into_iter()
        .map(name)
        .filter(|name| outlets::is_known(name) || names::is_capitalised(name) && !names::looks_like_person(name))
        .collect()
}

/// Whether one of the words that join may be in a text: most lines have none, and all of a page are asked.
fn may_join(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| is_with(word) || is_and(word))
}

fn is_with(word: &str) -> bool {
    matches!(word, "mit" | "avec" | "with" | "con" | "com")
}

fn is_and(word: &str) -> bool {
    matches!(word, "et" | "und" | "and" | "y" | "e")
}

/// Only agencies, and only where nothing else is said: "(FR mit dpa)", "Ana Reed avec AFP", "Ana Reed et AFP".
fn joined(line: &Line, text: &str, bracketed: bool) -> Vec<Claim> {
    const MOST_WORDS: usize = 8;
    const MOST_WORDS_BEFORE: usize = 5;
    if !may_join(text) {
        return Vec::new();
    }
    let words = || text.split_whitespace().flat_map(|word| word.split_inclusive('/'));
    let joint = |word: &str| is_with(word) || !bracketed && is_and(word);
    let Some(at) = words().take(MOST_WORDS_BEFORE + 1).position(joint).filter(|_| words().nth(MOST_WORDS).is_none()) else {
        return Vec::new();
    };
    let words: Vec<&str> = words().collect();
    let bare = words.get(at).is_some_and(|word| is_and(word));
    // "AFP and Reuters" is no newsroom with an agency.
    let first = words.get(..at).unwrap_or_default().join(" ");
    if bare && (at < 2 || !names::looks_like_person(&first)) {
        return Vec::new();
    }
    let agencies = names::split(&words.get(at + 1..).unwrap_or_default().join(" "));
    if agencies.is_empty() || !agencies.iter().all(|name| outlets::is_agency(name)) {
        return Vec::new();
    }
    agencies.iter().map(|name| claim(name, None, Role::Contributing, &line.text, 0.85, "with")).collect()
}

fn contributors(line: &Line) -> Vec<Claim> {
    let Some(value) = CONTRIBUTED.as_ref().and_then(|regex| regex.captures(&line.text)?.name("name")) else { return Vec::new() };
    let names = outlets_of(value.as_str());
    let names = names.into_iter().filter(|name| outlets::is_known(name) || names::looks_like_outlet(name) && !name.contains(['\'', '’']));
    names.map(|name| claim(&name, link_for(line, &name), Role::Contributing, &line.text, 0.85, "contributed")).collect()
}

/// "Originally published on Nov 20" tells a day, and in what language no outlet.
fn is_day(name: &str) -> bool {
    const MONTHS: [&str; 24] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "ene", "abr", "ago", "dic", "mär", "mai",
        "okt", "dez", "fév", "avr", "août", "déc",
    ];
    const SEASONS: [&str; 17] = [
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "frühjahr",
        "frühling",
        "sommer",
        "herbst",
        "primavera",
        "verano",
        "otoño",
        "invierno",
        "printemps",
        "automne",
        "hiver",
        "été",
    ];
    let lower = name.to_lowercase();
    let word = lower.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or("");
    let digits = lower.chars().any(|c| c.is_ascii_digit());
    let starts_with_digit = lower.chars().next().is_some_and(|c| c.is_ascii_digit());
    starts_with_digit
        || digits && (MONTHS.iter().any(|month| word.starts_with(month)) || SEASONS.contains(&word))
        || matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "montag" | "lunes" | "lundi")
}

fn is_pointer(text: &str) -> bool {
    const POINTERS: [&str; 22] = [
        "here",
        "this",
        "the original",
        "original",
        "its original source",
        "source",
        "hier",
        "aquí",
        "ici",
        "our",
        "my",
        "her",
        "his",
        "their",
        "its",
        "a ",
        "an ",
        "this ",
        "our ",
        "my ",
        "march",
        "english",
    ];
    let lower = text.to_lowercase();
    POINTERS.iter().any(|pointer| if pointer.ends_with(' ') { lower.starts_with(pointer) } else { lower.trim() == *pointer })
}

#[cfg(test)]
pub(super) fn check_patterns() {
    for pattern in [&REPUBLISHED, &TAKEN_OVER, &WHOLE_LINE, &CONTRIBUTED] {
        assert!(pattern.is_some());
    }
}
