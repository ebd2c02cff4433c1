//! Lines with a day that nothing marks: "4. Juni 2016 von Maren Holt", "Ana Solano, June 4, 2016".

use std::ops::Range;

use jiff::tz::TimeZone;

use super::name::{self, Place};
use crate::extract::date;

/// A line with name and date is short.
const LONGEST: usize = 120;
/// A day, a month and a year have so many digits at least.
const FEWEST_DIGITS: usize = 5;
/// Words before a day: of publishing, and those that lead to the day.
const BEFORE_DAY: &str = "\
    posted|published|updated|last|written|created|on|veröffentlicht|erstellt|geschrieben|gepostet|aktualisiert|stand|am|vom|publié|publiée|mis|en|\
    ligne|le|publicado|publicada|actualizado|el|em|postado|atualizado|pubblicato|pubblicata|inserito|aggiornato|il|geplaatst|gepubliceerd|op|\
    publicerad|publicerat|den|publiceret|publisert|lagt|ut|opublikowano|opublikowany|dodano|dnia|publikováno|dne|опубликовано|опубліковано";
/// What stands between a day and who wrote.
const BY: &str = "by|von|par|por|da|di|door|av|af|przez|от|від|автор|автором";
/// What names of places begin with that are written as a person's is: "New Harbour, June 4, 2016".
const PLACES: &str = "\
    new|san|santa|santo|são|st|st.|saint|sankt|bad|los|las|la|le|les|el|port|fort|nova|novo|nueva|nuevo|den|tel|hong|rio|buenos|cape|south|north|\
    west|east|upper|lower|great|little|mount|lake|ober|unter|groß|klein|neu|alt|villa|ciudad|cidade|puerto|porto|monte|nizhny|нижний|великий|\
    великая|старый|новый|новая|санкт|the|united";

/// Who wrote by a line that begins with the day: what follows its "by", which may be nothing where the name stands in the next element.
pub(super) fn after_day(line: &str) -> Option<&str> {
    let day = day(line)?;
    let before = line.get(..day.start)?;
    if !leads_to_day(before) {
        return None;
    }
    let rest = line.get(day.end..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = rest.strip_prefix("Uhr").map_or(rest, str::trim_start);
    let (by, name) = rest.split_once(' ').unwrap_or((rest, ""));
    is_among(BY, by.trim_end_matches(':')).then(|| name.trim_start())
}

/// Whether a line is a day with "by" after it, so that a name follows: "Geplaatst op 4 juni 2016 door".
pub(super) fn leads_to_name(line: &str) -> bool {
    // Most lines that are asked are words alone.
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let by = line.trim_end_matches([':', ' ']).rsplit(' ').next().unwrap_or("");
    is_among(BY, by) && after_day(line) == Some("")
}

/// The names of a line that ends with the day, or begins with it: "Ana Solano, June 4, 2016".
pub(super) fn beside_day(line: &str) -> Option<Vec<String>> {
    let day = day(line)?;
    let (before, after) = (line.get(..day.start)?.trim(), line.get(day.end..)?.trim());
    let joint = |c: char| matches!(c, ',' | '|' | '•' | '·' | '–' | '—' | '/');
    let part = match (before.is_empty(), after.is_empty()) {
        (false, true) => without_published(before).strip_suffix(joint)?,
        (true, false) => after.strip_prefix(joint)?,
        _ => return None,
    };
    let part = part.trim();
    let first = part.split(' ').next().unwrap_or("");
    let names = name::read(part, Place::Plain);
    (!is_among(PLACES, first) && is_all(part, &names)).then_some(names)
}

/// Whether a text is nothing but these names.
pub(super) fn is_all(text: &str, names: &[String]) -> bool {
    let length = names.iter().map(String::len).sum::<usize>();
    // Between two stands ", " or " and ".
    let between = names.len().saturating_sub(1) * " and ".len();
    !names.is_empty() && text.len() <= length + between && names.iter().all(|name| text.contains(name.as_str()))
}

/// Where the day stands in a short line that has one.
fn day(line: &str) -> Option<Range<usize>> {
    if line.len() > LONGEST || line.bytes().filter(u8::is_ascii_digit).nth(FEWEST_DIGITS - 1).is_none() {
        return None;
    }
    date::find_in_text(line, "", &TimeZone::UTC).map(|(_, range)| range)
}

/// Whether nothing stands before a day but words that lead to it.
fn leads_to_day(before: &str) -> bool {
    before.split_whitespace().all(|word| is_among(BEFORE_DAY, word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// A text without the words at its end that lead to the day: "Ana Solano, publié le".
fn without_published(before: &str) -> &str {
    let mut text = before;
    while let Some((rest, last)) = text.rsplit_once(' ') {
        if !is_among(BEFORE_DAY, last.trim_end_matches(':')) {
            break;
        }
        text = rest.trim_end();
    }
    text
}

fn is_among(words: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    words.split('|').any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_stands_after_the_day() {
        for line in [
            "June 4, 2016 by Ana Solano",
            "Published on June 4, 2016 by Ana Solano",
            "4. Juni 2016 von Ana Solano",
            "Veröffentlicht am 4. Juni 2016 von Ana Solano",
            "04.06.2016, 12:30 Uhr von Ana Solano",
            "Publié le 4 juin 2016 par Ana Solano",
            "Publicado el 4 de junio de 2016 por Ana Solano",
            "Publicado em 4 de junho de 2016 por Ana Solano",
            "Pubblicato il 4 giugno 2016 da Ana Solano",
            "Geplaatst op 4 juni 2016 door Ana Solano",
            "Publicerad 4 juni 2016 av Ana Solano",
            "Publiceret den 4. juni 2016 af Ana Solano",
            "Opublikowano 4 czerwca 2016 przez Ana Solano",
        ] {
            assert_eq!(after_day(line), Some("Ana Solano"), "{line}");
        }
        for line in ["On June 4, 2016 the keel was laid by Ana Solano", "The bridge of June 4, 2016 by Ana Solano", "In 2016 by Ana Solano"]
        {
            assert_eq!(after_day(line), None, "{line}");
        }
        assert!(leads_to_name("Geplaatst op 4 juni 2016 door") && !leads_to_name("Geplaatst door"));
    }

    #[test]
    fn a_name_stands_beside_the_day() {
        let check = |line: &str, expected: &[&str]| assert_eq!(beside_day(line).unwrap_or_default(), expected, "{line}");
        check("Ana Solano, June 4, 2016", &["Ana Solano"]);
        check("Ana Solano, 04.06.2016", &["Ana Solano"]);
        check("04.06.2016, Ana Solano", &["Ana Solano"]);
        check("Ana Solano, publié le 4 juin 2016", &["Ana Solano"]);
        check("Ana Solano and Luis Prado | June 4, 2016", &["Ana Solano", "Luis Prado"]);
        check("Port Neuf, June 4, 2016", &[]);
        check("Harbour, June 4, 2016", &[]);
        check("Ana Solano was born on June 4, 2016", &[]);
        check("Ana Solano and the lake, June 4, 2016", &[]);
        check("Ana Solano, June 4, 2016, opened the bridge", &[]);
    }
}
