//! Names out of bylines: without "By", titles, dates, addresses and what a page says around them.
//!
//! Reads one line; knows nothing of where it stands but whether the place is marked as an author's. Needs no list of names: a name is what is left
//! when everything that is not one is taken away.

use super::house;
use super::leads::{after_lead, after_posted};
use super::wording::{
    AND, AND_OR_PARTICLE, FIRST_PARTICLES, NEVER_LAST, NO_NAMES, PAGE_WORDS, PARTICLES, TAILS, TAILS_BEFORE_NUMBERS, TASKS,
};
use crate::extract::date;

/// A longer text is a sentence.
const MOST_CHARACTERS: usize = 60;
/// In scripts whose characters are whole syllables.
const MOST_IDEOGRAPHS: usize = 16;
/// A name has so many words at most.
const MOST_WORDS: usize = 7;
/// So many words has a name that nothing marks as one.
const MOST_PLAIN_WORDS: usize = 4;

/// How a text's place speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Markup for programs says that this is an author: houses and teams are authors too.
    Declared,
    /// The place is an author's: logins and houses may be authors too.
    Marked,
    /// Nothing says so: only what is written like a person's name.
    Plain,
}

/// The names of one line.
pub(super) fn read(line: &str, place: Place) -> Vec<String> {
    let line = without_addresses(line);
    let line = after_posted(&line).unwrap_or(&line);
    let line = before_others(line);
    line.split(['|', '•', '·', '–', '—', '»', '\n', '\t'])
        .flat_map(|part| part.split(" - "))
        .map(|part| split(part, place))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The line up to who translated, edited or pictured it: "Ana Solano. Translated by Luis Prado".
fn before_others(line: &str) -> &str {
    const OTHERS: [&str; 12] = [
        "translat",
        "photograph",
        "photos",
        "pictures",
        "illustrat",
        "edited",
        "foto",
        "bilder",
        "übersetz",
        "übertrag",
        "traduc",
        "traduit",
    ];
    let ends = line.char_indices().filter(|(_, c)| matches!(c, '.' | ';' | ','));
    let others = |rest: &str| {
        let start: String = rest.trim_start().chars().take(12).flat_map(char::to_lowercase).collect();
        OTHERS.iter().any(|word| start.starts_with(word))
    };
    ends.map(|(at, _)| line.split_at(at)).find(|(_, rest)| rest.get(1..).is_some_and(others)).map_or(line, |(names, _)| names)
}

/// Whether a name can hardly be anything but a person's: two words or more, none of them an article.
pub(super) fn is_persons(name: &str) -> bool {
    let small = |word: &str| matches!(word, "the" | "of" | "and" | "der" | "die" | "das" | "und");
    let names = read(name, Place::Plain);
    names.first().is_some_and(|first| first == name) && !name.split(' ').any(|word| small(word.to_lowercase().as_str()))
}

/// Mail addresses, handles and web addresses go; a lone `@` ("ana @ 10:30") splits.
fn without_addresses(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut depth = 0_usize;
    for word in line.split_whitespace() {
        depth += word.matches(['(', '[', '（', '<']).count();
        let inside = depth > 0;
        depth = depth.saturating_sub(word.matches([')', ']', '）', '>']).count());
        let kept = match word.find(['(', '[', '（', '<']) {
            Some(at) => word.get(..at).unwrap_or(""),
            None if inside => "",
            None if word == "@" => "|",
            None if word.contains('@') || word.contains("://") => "",
            None if word.starts_with("www.") && word != line.trim() => "",
            None => word,
        };
        if !kept.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(kept);
        }
    }
    out
}

fn split(text: &str, place: Place) -> Vec<String> {
    let text = after_lead(text).unwrap_or(text);
    let mut text = text.replace([';', '/', '&', '、', '，', '；', '،', '＆', '+'], ",");
    for and in AND.iter() {
        if text.contains(and) && !house::is_within(&text, and) {
            text = text.replace(and, ",");
        }
    }
    for and in AND_OR_PARTICLE.iter() {
        if text.contains(and) {
            text = split_at(&text, and);
        }
    }
    let mut names: Vec<String> = Vec::new();
    for part in text.split(',') {
        let further = place == Place::Plain || !names.is_empty();
        let part = clean(part, further);
        // After a name of several words, a single word is a degree or a place: "Ana Solano, MD, Rome".
        let single = !part.contains(' ') && !part.chars().any(is_ideograph);
        let lonely = names.first().is_some_and(|first| first.contains(' ')) && single;
        let place = if names.is_empty() {
            place
        } else if single {
            Place::Marked
        } else {
            Place::Plain
        };
        match is_name(&part, place) && !lonely {
            true => names.push(part),
            // After a sentence, or a part of one, stands more of it.
            false if names.is_empty() && part.split_whitespace().count() > MOST_WORDS => break,
            false if names.is_empty() => {}
            // What follows a name and is none is a title, and so is what follows that.
            false if !lonely => break,
            false => {}
        }
    }
    names
}

/// Sets a comma for a word between two names, where what follows is a name of its own and not the rest of one.
fn split_at(text: &str, and: &str) -> String {
    let mut parts = text.split(and);
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let after = part.split(',').next().unwrap_or("").trim();
        let is_rest = !after.contains(' ') && !NO_NAMES.contains(after.to_lowercase().as_str());
        out.push_str(if is_rest { and } else { "," });
        out.push_str(part);
    }
    out
}

/// A word without the signs around it, in small letters.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Without lead, and ended before a date, a task or a place. What is `further` in a line after a name is rather a title, and keeps its task.
fn clean(part: &str, further: bool) -> String {
    let part = part.trim();
    let part = after_lead(part).unwrap_or(part);
    let words: Vec<&str> = part.split_whitespace().collect();
    let mut kept = words.len();
    for (index, word) in words.iter().enumerate().skip(1) {
        let lower = bare(word);
        let numbered = words.get(index + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        let task = (index >= 2 || matches!(lower.as_str(), "기자" | "특파원" | "記者" | "记者")) && TASKS.contains(lower.as_str());
        let ends = TAILS.contains(word) && (index >= 2 || !matches!(*word, "for" | "For" | "in" | "is" | "was" | "has" | "at"))
            || numbered && TAILS_BEFORE_NUMBERS.contains(lower.as_str())
            || word.starts_with(|c: char| c.is_ascii_digit())
            || task && !further && !house::signs(&words);
        if ends {
            kept = index;
            break;
        }
    }
    let name = words.into_iter().take(kept).collect::<Vec<_>>().join(" ");
    name.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '《' | '》' | '「' | '」' | '【' | '】' | ',' | ':' | '：' | '-' | '–' | '|' | '"' | '“' | '”' | '*' | '→' | '›')
    })
    .trim_end_matches('.')
    .to_owned()
}

fn is_name(name: &str, place: Place) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if !(1..=MOST_WORDS).contains(&words.len())
        || !(2..=MOST_CHARACTERS).contains(&name.chars().count())
        || !name.chars().any(char::is_alphabetic)
        || name.chars().count() < 3 && !name.chars().any(is_ideograph)
        || name.chars().filter(|c| is_ideograph(*c)).count() > MOST_IDEOGRAPHS
        || words.iter().all(|word| date::names_a_month(&bare(word)))
        || name.contains(['?', '!', '=', '{', '}', '#', '%', '$', '€', '©', '…', '"', '™', '®', '>'])
        || digits > 0 && words.len() > 1
        || digits > 8
        || NO_NAMES.contains(lower.as_str())
        || place != Place::Declared && words.iter().any(|word| PAGE_WORDS.contains(bare(word).as_str()))
        || place != Place::Declared && is_task(name)
        || words.len() > 1 && words.last().is_some_and(|last| NEVER_LAST.contains(last))
        || place != Place::Declared && is_of_a_sentence(name)
    {
        return false;
    }
    let small = name
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_lowercase) && !PARTICLES.contains(word.to_lowercase().as_str()))
        .count();
    match place {
        // A sentence is written small.
        Place::Declared => true,
        Place::Marked => words.len() <= 2 || small * 2 < words.len(),
        Place::Plain => {
            (2..=MOST_PLAIN_WORDS).contains(&words.len())
                && small == 0
                && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '‑'))
                && !words.iter().any(|word| TASKS.contains(bare(word).as_str()))
        }
    }
}

/// Whether a text begins with a small word as no name does, and goes on with words that are not small: "der Mast zum Segel". Users write themselves all
/// in small letters.
fn is_of_a_sentence(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let Some(first) = words.next() else { return false };
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let lower = first.to_lowercase();
    small(first) && (TAILS.contains(first) || !FIRST_PARTICLES.contains(lower.as_str()) && words.clone().any(|word| !small(word)))
}

/// Whether a text names a task and nobody: "Staff Writer", "Redaktion".
pub(super) fn is_task(name: &str) -> bool {
    name.split_whitespace().all(|word| TASKS.contains(word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()))
}

/// Chinese, Japanese and Korean names are written without a space.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned_and_split() {
        let check = |text: &str, expected: &[&str]| assert_eq!(read(text, Place::Marked), expected, "{text}");
        check("By Ana Solano and Luis Prado", &["Ana Solano", "Luis Prado"]);
        check("Von Maren Holt", &["Maren Holt"]);
        check("di Carla Neri", &["Carla Neri"]);
        check("Di Stefano", &["Di Stefano"]);
        check("Ana Solano, Luis Prado", &["Ana Solano", "Luis Prado"]);
        check("Ana Solano/Luis Prado", &["Ana Solano", "Luis Prado"]);
        check("Maren Holt | 3. Mai 2020", &["Maren Holt"]);
        check("Ana Solano, MD, RDN", &["Ana Solano"]);
        check("Ana Solano, Head of Gardens and Lakes Expert", &["Ana Solano"]);
        check("Ana Solano Staff Writer", &["Ana Solano"]);
        check("Harbour Staff", &["Harbour Staff"]);
        check("Ana Solano im Gespräch", &["Ana Solano"]);
        check("Posted on 3 May 2020 by Ana Solano", &["Ana Solano"]);
        check("by night_owl on August 3, 2019", &["night_owl"]);
        check("3.5.2020 - Maren Holt", &["Maren Holt"]);
        check("Ana Solano Dec 19", &["Ana Solano"]);
        check("— tinker @ 00:11", &["tinker"]);
        check("Ana Solano (ana@a.example)", &["Ana Solano"]);
        check("Zeige alle Beiträge von Maren Holt →", &["Maren Holt"]);
        check("作者：林小明", &["林小明"]);
        check("김하나 기자", &["김하나"]);
        check("By Ana Solano. Translated by Luis Prado", &["Ana Solano"]);
        check("Words: Ana Solano. Photographs: Luis Prado", &["Ana Solano"]);
        check("Ana Solano, J. R. Prado", &["Ana Solano", "J. R. Prado"]);
        check("José Solano e Prado", &["José Solano e Prado"]);
        check("Ana Solano y Luis Prado y Paz", &["Ana Solano", "Luis Prado y Paz"]);
        check("Ana Solano y Redacción", &["Ana Solano"]);
        check("Ana Solano And Luis Prado For The Harbour Post", &["Ana Solano", "Luis Prado"]);
        check("night_owl Profile", &["night_owl"]);
        check("《Harbour》", &["Harbour"]);
        check("www.harbour.example", &["www.harbour.example"]);
        check("Harbour Weekly www.harbour.example", &["Harbour Weekly"]);
        check("Γράφει Άννα Σολάνο", &["Άννα Σολάνο"]);
        check("מאת דנה לוי", &["דנה לוי"]);
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        for text in [
            "admin",
            "https://a.example/author",
            "Staff Writer",
            "Editor",
            "20 Dec",
            "Read more",
            "See full bio",
            "Written by",
            "3 min read",
            "You're logged in as",
            "Fax Us",
            "Letters to the Editor",
            "der Mast zum Segel",
            "in over",
            "Developed by Ana Solano",
            "Creative Commons Attribution",
            "Uppdaterad",
            "Super User",
            "The ferry left the quay an hour late / again",
            "Cortesía",
            "版权声明",
            "湖边村的渡船从五月起又开始每天往返于两岸之间",
        ] {
            assert_eq!(read(text, Place::Marked), Vec::<String>::new(), "{text}");
        }
        for text in ["Harbour", "the long road", "Gardens 2020", "Senior Writer"] {
            assert_eq!(read(text, Place::Plain), Vec::<String>::new(), "{text}");
        }
    }
}
