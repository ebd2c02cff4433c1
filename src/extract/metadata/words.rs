//! Words, counted in scripts that set none apart too.

use std::collections::BTreeSet;

/// A word of Chinese, Japanese or Thai takes about so many signs.
const SIGNS_OF_A_WORD: usize = 2;

/// Whether a sign is of a script that writes its words without spaces: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    let of_one = |word: &str| match word.chars().filter(|c| is_unspaced(*c)).count() {
        0 => 1,
        signs => signs.div_ceil(SIGNS_OF_A_WORD),
    };
    text.split_whitespace().map(of_one).sum()
}

/// The words of a text in small letters; where none are set apart, every two signs that stand together.
pub(super) fn of(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_unspaced(c)).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if word.is_ascii() || !word.chars().any(is_unspaced) {
            found.insert(word);
            continue;
        }
        let next = word.chars().skip(1).map(Some).chain(std::iter::once(None));
        let pairs = word.chars().zip(next).map(|(one, other)| std::iter::once(one).chain(other).collect::<String>());
        let several = word.chars().nth(1).is_some();
        found.extend(pairs.filter(|pair| !several || pair.chars().nth(1).is_some()));
    }
    found
}

/// How long a text is: a sign that is a word or a syllable counts as two letters.
pub(super) fn size(text: &str) -> usize {
    text.chars().map(|c| if matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}') { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_where_none_are_set_apart() {
        for (text, expected) in
            [("The ferry sails", 3), ("渡船明日重新开航", 4), ("桥の話", 2), ("2026年 ferry", 2), ("다리가 열렸다", 2), ("", 0)]
        {
            assert_eq!(count(text), expected, "{text}");
        }
    }

    #[test]
    fn pairs_of_signs_stand_for_words() {
        assert_eq!(of("渡船开航").into_iter().collect::<Vec<_>>(), ["开航", "渡船", "船开"]);
        assert_eq!(of("The ferry").into_iter().collect::<Vec<_>>(), ["ferry", "the"]);
        assert_eq!(of("桥").into_iter().collect::<Vec<_>>(), ["桥"]);
    }
}
