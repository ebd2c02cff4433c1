//! Whether two texts are about the same thing: what must hold before a page may change an item that is known, or be
//! taken for one on weak evidence.
//!
//! A taken-down article redirects to a section page, a wall answers in place of every article, a broken template writes one canonical
//! address on all pages: each would otherwise overwrite good items or melt different articles into one.

use std::collections::BTreeSet;

/// So much of the larger vocabulary shared is an edited text.
const EDITED: f64 = 0.5;
/// So much of the smaller vocabulary kept is a text that grew, or was cut.
const GROWN: f64 = 0.8;
/// Below this many words a small vocabulary is contained in others by chance.
const ENOUGH_WORDS: usize = 30;
/// A headline of fewer telling words ("Read more") says nothing of the page behind it.
const TELLING_WORDS: usize = 3;
/// Shorter words stand in every text.
const SHORTEST_TELLING: usize = 4;

/// Whether two headlines are so alike that the same article number means the same article: half of their words are shared.
pub fn similar_titles(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    shared > 0 && shared * 2 >= one.len().max(other.len())
}

/// Whether one text is an edition of the other.
pub fn similar_texts(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count() as f64;
    let (small, large) = (one.len().min(other.len()), one.len().max(other.len()));
    shared > 0.0 && (shared >= EDITED * large as f64 || small >= ENOUGH_WORDS && shared >= GROWN * small as f64)
}

/// Whether a page has nothing at all of the headline that led to it: then it is a notice, and not the article.
pub fn is_unrelated(headline: &str, title: &str, text: &str) -> bool {
    let telling: BTreeSet<String> = words(headline).into_iter().filter(|word| is_telling(word)).collect();
    if telling.len() < TELLING_WORDS {
        return false;
    }
    let page: BTreeSet<String> = words(title).into_iter().chain(words(text)).collect();
    telling.is_disjoint(&page)
}

fn is_telling(word: &str) -> bool {
    word.chars().count() >= SHORTEST_TELLING || word.chars().any(is_ideograph)
}

/// The different words of a text; in scripts without spaces, its characters.
fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let mut words = BTreeSet::new();
    for word in lower.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().any(is_ideograph) {
            words.extend(word.chars().map(String::from));
        } else {
            words.insert(word.to_owned());
        }
    }
    words
}

/// Han, kana and the like, which are written without spaces.
fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_similar_when_half_of_their_words_are_shared() {
        assert!(similar_titles("Bridge opens today", "Salt Bridge opens"));
        assert!(!similar_titles("Bridge opens today", "Tram closes for winter"));
        assert!(similar_titles("海辺の図書館が再開", "海辺の図書館が明日再開"));
    }

    #[test]
    fn an_edited_or_grown_text_is_the_same_and_another_is_not() {
        let story = "The ferry of Low Harbour was mended in spring and sails again from Monday on";
        assert!(similar_texts(story, "The ferry of Low Harbour was mended in May and sails again from Tuesday on, the office said"));
        let long: String = (0..40).map(|number| format!("word{number} ")).collect();
        let grown: String = (0..200).map(|number| format!("word{number} ")).collect();
        assert!(similar_texts(&long, &grown));
        assert!(!similar_texts(story, "Page not found. It may have been moved, or it does not exist any more."));
    }

    #[test]
    fn a_notice_has_nothing_of_the_headline() {
        let notice = "From today on, new terms apply to all visitors.";
        assert!(is_unrelated("Lighthouse of Verrin celebrates its founder", "Our terms have changed", notice));
        assert!(!is_unrelated("Lighthouse of Verrin celebrates its founder", "A birthday", "The old lighthouse turned a hundred."));
        assert!(!is_unrelated("Read more", "Our terms have changed", notice), "too little to say so");
    }
}
