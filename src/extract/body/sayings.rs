//! Tables of what sentences say, by the words that they begin with: nearly every sentence is held against no pattern.

use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::FxHashMap;

/// No word that a saying begins with is longer.
const LONGEST_WORD: usize = 40;

/// Where a site is followed.
const NETWORKS: &str = r"(?:twitter|facebook|instagram|youtube|telegram|whats\ ?app|tik\ ?tok|linkedin|pinterest|mastodon|bluesky|threads|discord|spotify|snapchat|google\ news|social\ (?:media|networks))";

/// A boundary of a word by the letters of ASCII, which is all that the words above need and costs a fraction.
const BOUNDARY: &str = r"(?-u:\b)";

/// Patterns by the words that they begin with; each is made ready when it is first asked.
pub(super) struct Sayings {
    /// By the first word: the second, where the first alone begins too many sentences, and the pattern's place.
    by_word: FxHashMap<&'static str, Vec<(Option<&'static str>, usize)>>,
    patterns: Vec<(&'static str, OnceLock<Option<Regex>>)>,
}

impl Sayings {
    /// A table of words, `to` or `to+read`, and the pattern of what begins so.
    pub(super) fn of(table: &[(&'static str, &'static str)]) -> Self {
        let mut by_word: FxHashMap<&str, Vec<(Option<&str>, usize)>> = FxHashMap::default();
        for (at, (words, _)) in table.iter().enumerate() {
            for word in words.split_whitespace() {
                let (first, second) = word.split_once('+').map_or((word, None), |(first, second)| (first, Some(second)));
                by_word.entry(first).or_default().push((second, at));
            }
        }
        Self { by_word, patterns: table.iter().map(|(_, pattern)| (*pattern, OnceLock::new())).collect() }
    }

    /// Whether a sentence, whose first word in small letters is told, begins with one of these.
    pub(super) fn begin(&self, word: &str, sentence: &str) -> bool {
        let Some(begun) = self.by_word.get(word) else { return false };
        let follows = second_word(sentence);
        let goes_on = |second: &Option<&str>| second.is_none_or(|second| second.eq_ignore_ascii_case(follows));
        let mut patterns = begun.iter().filter(|(second, _)| goes_on(second)).filter_map(|(_, at)| self.patterns.get(*at));
        patterns.any(|(pattern, regex)| {
            let regex = regex.get_or_init(|| compiled(&format!("^(?:{pattern})")));
            regex.as_ref().is_some_and(|regex| regex.is_match(sentence))
        })
    }
}

/// The first word of a sentence, in small letters.
pub(super) fn first_word(sentence: &str) -> String {
    let end = sentence.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(sentence.len());
    sentence.get(..end.min(LONGEST_WORD)).map(str::to_lowercase).unwrap_or_default()
}

/// The second word of a sentence, as it stands: of "you've", "ve".
fn second_word(sentence: &str) -> &str {
    let after = sentence.trim_start_matches(char::is_alphanumeric).trim_start_matches(|sign: char| !sign.is_alphanumeric());
    after.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or("")
}

pub(super) fn compiled(pattern: &str) -> Option<Regex> {
    Regex::new(&format!("(?xi){}", pattern.replace(r"\b", BOUNDARY).replace("NET", NETWORKS))).ok()
}

/// A sentence without the word that softens its asking.
pub(super) fn polite(sentence: &str) -> &str {
    const SOFTENING: [&str; 10] = ["Please ", "please ", "Just ", "just ", "Simply ", "simply ", "Also ", "also ", "Then ", "then "];
    SOFTENING.iter().find_map(|word| sentence.strip_prefix(word)).unwrap_or(sentence)
}

/// A text from its first letter, digit or name of an account on; nothing of what somebody else is quoted with.
fn begin(text: &str) -> Option<&str> {
    const QUOTES: [char; 10] = ['"', '“', '„', '”', '«', '»', '‘', '‚', '「', '\''];
    let begun = text.trim_start_matches(|character: char| !character.is_alphanumeric() && character != '@');
    let before = text.get(..text.len() - begun.len()).unwrap_or("");
    (!before.contains(QUOTES)).then_some(begun)
}

/// Where each sentence and each part after a colon or dash begins, and the line from there on.
pub(super) fn sentences(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = |at: usize| match at.checked_sub(1).and_then(|before| line.as_bytes().get(before)) {
        Some(b'.' | b'!' | b'?' | b':' | b'|' | b'-' | b'>') => true,
        Some(0x80..) => line.get(..at).is_some_and(|before| before.ends_with(['…', '–', '—'])),
        _ => false,
    };
    let starts = line.match_indices(' ').map(|(at, _)| at).filter(move |at| ends(*at));
    std::iter::once(0).chain(starts).filter_map(|at| Some((at, begin(line.get(at..)?)?)))
}
