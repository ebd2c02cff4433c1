//! Words of class names and ids, and what they stand for.

/// No word of a list may be longer.
const LONGEST_WORD: usize = 24;
/// Names longer than this are no words.
const LONGEST_NAMES: usize = 400;
const LETTERS: usize = 26;

/// Lists of words; each list has its own bit.
#[derive(Debug)]
pub struct Lexicon {
    /// The words by their first two letters, which almost always tell that a word is not among them.
    places: Vec<Vec<Word>>,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    letters: &'static str,
    is_stem: bool,
    bits: u64,
}

impl Lexicon {
    /// Reads lists of words of two small letters or more, separated by spaces; `*` ends a stem that longer words may begin with.
    pub fn of(lists: &[&'static str]) -> Self {
        let mut places = vec![Vec::new(); LETTERS * LETTERS];
        for (list, words) in (0..u64::BITS).zip(lists) {
            for word in words.split_ascii_whitespace() {
                let letters = word.trim_end_matches('*');
                if let Some(place) = place(letters.as_bytes()).and_then(|place| places.get_mut(place)) {
                    place.push(Word { letters, is_stem: letters.len() < word.len(), bits: 1 << list });
                }
            }
        }
        Self { places }
    }

    /// The lists that hold a word of a class or id, as bits: `shareBar`, `share-bar` and `share_bar` are the same words.
    pub fn lists(&self, names: &str) -> u64 {
        if names.len() > LONGEST_NAMES {
            return 0;
        }
        let mut lists = 0;
        let mut word = [0_u8; LONGEST_WORD];
        let mut length = 0;
        let mut before_lower = false;
        for byte in names.bytes().chain([b' ']) {
            let is_hump = byte.is_ascii_uppercase() && before_lower;
            if is_hump || !byte.is_ascii_alphabetic() {
                lists |= word.get(..length).map_or(0, |word| self.of_word(word));
                length = 0;
            }
            if byte.is_ascii_alphabetic()
                && let Some(place) = word.get_mut(length)
            {
                *place = byte.to_ascii_lowercase();
                length += 1;
            }
            before_lower = byte.is_ascii_lowercase();
        }
        lists
    }

    fn of_word(&self, word: &[u8]) -> u64 {
        let Some(known) = place(word).and_then(|place| self.places.get(place)) else { return 0 };
        let hit = |known: &Word| word.starts_with(known.letters.as_bytes()) && (known.is_stem || word.len() == known.letters.len());
        known.iter().filter(|known| hit(known)).fold(0, |all, known| all | known.bits)
    }
}

/// Where the words that begin like this one stand.
fn place(word: &[u8]) -> Option<usize> {
    let letter = |at: usize| word.get(at)?.checked_sub(b'a').map(usize::from).filter(|letter| *letter < LETTERS);
    Some(letter(0)? * LETTERS + letter(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        let lexicon = Lexicon::of(&["share* bar", "body story*", "ad"]);
        let check = |names: &str, lists: u64| assert_eq!(lexicon.lists(names), lists, "{names}");
        check("share-bar", 1);
        check("barShare", 1);
        check("article__body", 2);
        check("stories story2", 2);
        check("SHARED ad", 5);
        check("shadow adventure bare", 0);
        check("a é 7", 0);
    }
}
