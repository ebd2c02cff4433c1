//! Names out of bylines: without "By", titles, dates, addresses and what a page says around them.
//!
//! Reads one line; knows nothing of where it stands but whether the place is marked as an author's. Needs no list of names: a name is what is left
//! when everything that is not one is taken away.

use std::borrow::Cow;

use super::leads::{after_lead, after_posted};
use super::person::{MOST_WORDS, is_ideograph, is_name};
use super::wording::{AND, AND_OR_PARTICLE, NO_NAMES, TAILS, TAILS_BEFORE_NUMBERS, TASKS};
use super::{dated, dense, house};

/// What a line tells after the name, with a colon: "Author: Ana Solano Date: 3 May".
const FURTHER_LABELS: [&str; 14] =
    ["date", "datum", "fecha", "photo", "photos", "foto", "fotos", "kuva", "kuvat", "bild", "bilder", "source", "quelle", "ภาพ"];
/// What stands after a name for what its bearer has learned.
const DEGREES: [&str; 5] = ["phd", "ph.d", "m.d", "dphil", "msc"];

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
    if place != Place::Plain
        && let Some(names) = dense::read(&line)
    {
        return names;
    }
    let line = dated::after_day(&line).or_else(|| after_posted(&line)).unwrap_or(&line);
    let line = before_others(line);
    // Inside of a name stands no space beside the dot: "Marcel·lí".
    let line = if line.contains('·') { Cow::Owned(line.replace(" ·", "|").replace("· ", "|")) } else { Cow::Borrowed(line) };
    line.split(['|', '•', '–', '—', '»', '\n', '\t'])
        .flat_map(|part| part.split(" - "))
        .map(|part| split(part, place))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// The line up to who translated, edited or pictured it: "Ana Solano. Translated by Luis Prado".
fn before_others(line: &str) -> &str {
    const OTHERS: [&str; 17] = [
        "translat",
        "photograph",
        "photos",
        "pictures",
        "illustrat",
        "edited",
        "editing",
        "reviewed",
        "medically",
        "fact check",
        "fact-check",
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
    let mut text = text.replace(", Jr", " Jr").replace([';', '/', '&', '、', '，', '；', '،', '＆', '+'], ",");
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
            || index >= 2 && (DEGREES.contains(&lower.as_str()) || word.ends_with(':') && FURTHER_LABELS.contains(&lower.as_str()))
            || task && !further && !house::signs(&words);
        if ends {
            kept = index;
            break;
        }
    }
    let kept = capitals_before_task(&words).unwrap_or(kept);
    let name = words.into_iter().take(kept).collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '《' | '》' | '「' | '」' | '【' | '】' | ',' | ':' | '：' | '-' | '–' | '|' | '"' | '“' | '”' | '*' | '→' | '›')
    });
    if keeps_dot(name) { name } else { name.trim_end_matches('.') }.to_owned()
}

/// How many words in capitals stand before a house and a task: "ANA SOLANO Post Staff Writer".
fn capitals_before_task(words: &[&str]) -> Option<usize> {
    let in_capitals = |word: &&&str| word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’'));
    let count = words.iter().take_while(in_capitals).count();
    let task = words.last().is_some_and(|last| TASKS.contains(bare(last).as_str()));
    (count >= 2 && count < words.len() && task).then_some(count)
}

/// Whether the dot at its end belongs to a name: "Ana S.", "Luis Prado Jr.".
fn keeps_dot(name: &str) -> bool {
    let last = name.rsplit_once(' ').map_or("", |(_, last)| last);
    let letters = last.trim_end_matches('.');
    last.ends_with('.') && (letters.chars().count() == 1 && letters.chars().all(char::is_uppercase) || matches!(letters, "Jr" | "Sr"))
}

/// Whether a text names a task and nobody: "Staff Writer", "Redaktion".
pub(super) fn is_task(name: &str) -> bool {
    name.split_whitespace().all(|word| TASKS.contains(word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()))
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
        check("Geschreven door Ana Solano op 4 juni 2016", &["Ana Solano"]);
        check("Postado por Ana Solano em 4 de junho de 2016", &["Ana Solano"]);
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
        check("Ana Solano, Anne d'Orval", &["Ana Solano", "Anne d'Orval"]);
        check("Ana Solano and María de los Ángeles Prado", &["Ana Solano", "María de los Ángeles Prado"]);
        check("Ana Solano and Leyla al-Noor", &["Ana Solano", "Leyla al-Noor"]);
        check("Ana Solano, Aoife ní Prado", &["Ana Solano", "Aoife ní Prado"]);
        check("मीना त्रिपाठी, अनिता शर्मा", &["मीना त्रिपाठी", "अनिता शर्मा"]);
        check("Marcel·lí Solano", &["Marcel·lí Solano"]);
        check("Ana Solano · Lakes", &["Ana Solano"]);
    }

    #[test]
    fn who_did_something_else_did_not_write() {
        let check = |text: &str| assert_eq!(read(text, Place::Marked), ["Ana Solano"], "{text}");
        check("Written by Ana Solano, Edited by Luis Prado");
        check("Written by Ana Solano | Medically reviewed by Luis Prado");
        check("Written by Ana Solano and reviewed by Luis Prado");
        check("Posted by Ana Solano. Photos by Luis Prado");
        check("Ana Solano Photos by Luis Prado");
        check("Author: Ana Solano   Date: 3 May 2020");
    }

    #[test]
    fn tasks_and_degrees_are_no_part_of_a_name() {
        let check = |text: &str, expected: &str| assert_eq!(read(text, Place::Marked), [expected], "{text}");
        check("ANA SOLANO Post Staff Writer", "ANA SOLANO");
        check("ANA SOLANO", "ANA SOLANO");
        check("Ana Solano PhD", "Ana Solano");
        check("Von Redakteur Maren Holt", "Maren Holt");
        check("Dal nostro inviato Carlo Neri", "Carlo Neri");
        check("Luis Prado, Jr.", "Luis Prado Jr.");
        check("Ana S.", "Ana S.");
        check("Ana Solano.", "Ana Solano");
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        for text in [
            "admin",
            "https://a.example/author",
            "Staff Writer",
            "Staff and wire reports",
            "Categoria",
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
