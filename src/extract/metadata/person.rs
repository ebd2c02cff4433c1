//! What a name is written like: how many words, which signs, which small words.

use super::dense;
use super::name::{Place, bare, is_task};
use super::wording::{FIRST_PARTICLES, NEVER_LAST, NO_NAMES, PAGE_WORDS, PARTICLES, TAILS, TASKS};
use crate::extract::date;

/// A longer text is a sentence.
const MOST_CHARACTERS: usize = 60;
/// In scripts whose characters are whole syllables.
const MOST_IDEOGRAPHS: usize = 16;
/// A name has so many words at most.
pub(super) const MOST_WORDS: usize = 7;
/// So many words has a name that nothing marks as one.
const MOST_PLAIN_WORDS: usize = 4;
/// Small words that stand between those of a name, and are not counted.
const BETWEEN: [&str; 18] =
    ["de", "del", "della", "la", "las", "los", "da", "das", "do", "dos", "di", "van", "von", "der", "den", "bin", "y", "e"];

/// Whether a text is written like a name.
pub(super) fn is_name(name: &str, place: Place) -> bool {
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
    let is_small_word =
        |word: &&str| word.starts_with(is_small) && !PARTICLES.contains(word.to_lowercase().as_str()) && !has_particle(word);
    let small = name.split_whitespace().filter(is_small_word).count();
    match place {
        // A sentence is written small.
        Place::Declared => true,
        Place::Marked => words.len() <= 2 || small * 2 < words.len(),
        Place::Plain if name.chars().all(|c| is_ideograph(c) || c == '·') => dense::is_name(name),
        Place::Plain => {
            let between = |word: &&str| BETWEEN.contains(word);
            let counted = words.len() - name.split_whitespace().filter(between).count();
            words.len() > 1
                && (1..=MOST_PLAIN_WORDS).contains(&counted)
                && small == 0
                && name.chars().all(is_of_name)
                && !words.iter().any(|word| TASKS.contains(bare(word).as_str()))
        }
    }
}

/// Whether a letter is small where names begin with a large one: Georgian has but one case in names.
fn is_small(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10d0}'..='\u{10ff}')
}

/// Whether a particle is written in one with a name: "d'Orval", "al-Noor", "hAnnracháin".
fn has_particle(word: &str) -> bool {
    const JOINED: [&str; 12] = ["d", "l", "dell", "dall", "all", "al", "el", "an", "as", "ash", "ar", "bin"];
    let joined =
        word.split_once(['\'', '’', '-']).is_some_and(|(first, rest)| JOINED.contains(&first) && rest.starts_with(char::is_uppercase));
    joined || word.strip_prefix('h').is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Whether a character stands in names: a letter, a sign on one, or what joins two.
fn is_of_name(c: char) -> bool {
    let is_sign = || match c {
        // Accents, and the points of Hebrew and Arabic.
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' => true,
        // Vowels and tones of the scripts of South and South-East Asia, whose full stops these two are.
        '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => !c.is_numeric() && !matches!(c, '\u{964}' | '\u{965}'),
        _ => false,
    };
    let joins = matches!(c, ' ' | '.' | '-' | '\'' | '’' | '‑' | '·' | '׳' | '״' | '\u{200c}' | '\u{200d}');
    c.is_alphabetic() || joins || is_sign()
}

/// Whether a text begins with a small word as no name does, and goes on with words that are not small: "der Mast zum Segel". Users write themselves all
/// in small letters.
fn is_of_a_sentence(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let Some(first) = words.next() else { return false };
    let small = |word: &str| word.starts_with(is_small);
    let lower = first.to_lowercase();
    small(first) && (TAILS.contains(first) || !FIRST_PARTICLES.contains(lower.as_str()) && words.clone().any(|word| !small(word)))
}

/// Chinese, Japanese and Korean names are written without a space.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::super::name::{Place, read};

    #[test]
    fn names_are_written_as_their_scripts_write_them() {
        for text in [
            "Leyla bin Salman al-Harbi",
            "José Maria da Costa e Prado",
            "अनिता शर्मा",
            "น้ำฝน แก้วใส",
            "ג׳ורג׳ לוי",
            "علی‌رضا کریمی",
            "ნინო ბერიძე",
        ] {
            assert_eq!(read(text, Place::Plain), [text]);
        }
        for text in ["The Lord Mayor of the Lakes and Rivers", "One Two Three Four Five", "Lakes e-Mail", "एक पुल। फिर"] {
            assert_eq!(read(text, Place::Plain), Vec::<String>::new(), "{text}");
        }
    }
}
