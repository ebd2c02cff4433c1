//! Words of class names and ids, and what they stand for.

/// A single letter is no word.
const SHORTEST_WORD: usize = 2;
/// So many letters of a word count; no word of a list may be longer.
pub const LONGEST_WORD: usize = 24;
/// Names longer than this hold no words.
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

    /// The lists that hold a word of a class or id, as bits.
    pub fn lists(&self, names: &str) -> u64 {
        words(names).fold(0, |lists, word| lists | self.lists_of_word(word))
    }

    /// The lists that hold one word, as bits.
    pub fn lists_of_word(&self, word: &[u8]) -> u64 {
        let Some(known) = place(word).and_then(|place| self.places.get(place)) else { return 0 };
        let begins =
            |known: &Word| word.get(..known.letters.len()).is_some_and(|start| start.eq_ignore_ascii_case(known.letters.as_bytes()));
        let hit = |known: &Word| (known.is_stem || word.len() == known.letters.len()) && begins(known);
        known.iter().filter(|known| hit(known)).fold(0, |all, known| all | known.bits)
    }
}

/// The words of a class or id: two letters or more, of which [`LONGEST_WORD`] count; `shareBar`, `share-bar` and `share_bar` are the same words.
/// Names that are too long hold none.
pub fn words(names: &str) -> impl Iterator<Item = &[u8]> {
    let bytes = if names.len() > LONGEST_NAMES { &[] } else { names.as_bytes() };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_alphabetic)?;
            let mut before_lower = false;
            let is_end = |byte: &u8| {
                let begins = before_lower && byte.is_ascii_uppercase();
                before_lower = byte.is_ascii_lowercase();
                begins || !byte.is_ascii_alphabetic()
            };
            at = start + bytes.get(start..)?.iter().position(is_end).unwrap_or(bytes.len() - start);
            if at - start >= SHORTEST_WORD {
                return bytes.get(start..at.min(start + LONGEST_WORD));
            }
        }
    })
}

/// Where the words that begin like this one stand.
fn place(word: &[u8]) -> Option<usize> {
    let letter = |at: usize| word.get(at)?.to_ascii_lowercase().checked_sub(b'a').map(usize::from).filter(|letter| *letter < LETTERS);
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
