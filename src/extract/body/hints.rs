//! What the head of a page and its structured data say of the text: what kind of page it is, and the text itself.

use rustc_hash::FxHashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::super::json_ld::JsonLd;
use crate::html::Dom;

/// Runs of so many words are compared.
const RUN: usize = 4;

/// What is told of a page's text outside of the text.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Runs of words of the body that structured data hold.
    body: FxHashSet<u64>,
    /// 0 unknown, 1 an article by its Open Graph type, 2 by its structured data, 3 structured data of other things only.
    pub(super) kind: f32,
    /// What is known of the page's address.
    pub(super) address: Address,
}

/// What an address tells of its page: that of an article has a number, a date or the words of its headline; that of a list has few words.
#[derive(Debug, Default)]
pub(super) struct Address {
    pub(super) segments: f32,
    /// Words of the segment that has most.
    pub(super) words: f32,
    /// The share of these that are in the title.
    pub(super) named: f32,
    pub(super) digits: f32,
    pub(super) longest_number: f32,
    pub(super) is_folder: f32,
}

impl Address {
    fn of(path: &str, title: &str) -> Self {
        let (path, title) = (path.to_lowercase(), title.to_lowercase());
        let words = |segment: &str| segment.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let wordiest = segments.iter().copied().max_by_key(|segment| words(segment)).unwrap_or("");
        let in_title = |word: &&str| !word.is_empty() && title.contains(*word);
        let named = wordiest.split(|letter: char| !letter.is_alphanumeric()).filter(in_title).count();
        let numbers = path.split(|letter: char| !letter.is_ascii_digit()).map(str::len);
        Self {
            segments: segments.len() as f32,
            words: words(wordiest) as f32,
            named: named as f32 / words(wordiest).max(1) as f32,
            digits: path.bytes().filter(u8::is_ascii_digit).count() as f32,
            longest_number: numbers.max().unwrap_or(0) as f32,
            is_folder: f32::from(u8::from(path.ends_with('/'))),
        }
    }
}

impl Hints {
    /// Gathers the hints of a page whose article has this title.
    pub(super) fn of(dom: &Dom, data: &JsonLd, title: &str) -> Self {
        let is_article = data.articles().next().is_some();
        let kind = if is_article {
            2.0
        } else if dom.survey.meta("og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article")) {
            1.0
        } else if data.nodes().is_empty() {
            0.0
        } else {
            3.0
        };
        let body = data.article_body().map(|body| runs(&body).collect()).unwrap_or_default();
        Self { body, kind, address: Address::of(dom.url.path(), title) }
    }

    /// Whether a line begins like a part of the told body: -1 where none is told or the line is too short to say.
    pub(super) fn in_body(&self, line: &str) -> f32 {
        self.share(line)
    }

    fn share(&self, line: &str) -> f32 {
        /// So many runs are enough to tell.
        const ENOUGH: usize = 6;
        if self.body.is_empty() {
            return -1.0;
        }
        let (mut all, mut hits) = (0.0, 0.0);
        for run in runs(line).take(ENOUGH) {
            all += 1.0;
            hits += f32::from(u8::from(self.body.contains(&run)));
        }
        if all == 0.0 { -1.0 } else { hits / all }
    }
}

/// Hashes of the runs of words of a text, letters and digits only.
fn runs(text: &str) -> impl Iterator<Item = u64> + '_ {
    let mut last = [0_u64; RUN];
    let mut count = 0_usize;
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).filter_map(move |word| {
        let mut hasher = DefaultHasher::new();
        word.hash(&mut hasher);
        last.rotate_left(1);
        if let Some(place) = last.last_mut() {
            *place = hasher.finish();
        }
        count += 1;
        (count >= RUN).then(|| last.iter().fold(0_u64, |all, one| all.rotate_left(13) ^ one))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_of_its_page() {
        let Address { segments, words, named, digits, longest_number, is_folder } =
            Address::of("/news/2024/05/The-ferry-sails-again-180233", "The ferry sails to the islands");
        assert_eq!([segments, words, named, digits, longest_number, is_folder], [4.0, 5.0, 0.6, 12.0, 6.0, 0.0]);
        let Address { segments, words, is_folder, .. } = Address::of("/news/", "News");
        assert_eq!([segments, words, is_folder], [1.0, 1.0, 1.0]);
        assert_eq!(Address::of("/", "").words, 0.0);
    }
}
