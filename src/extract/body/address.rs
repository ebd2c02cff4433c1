//! What the address of a page tells of its text.

use std::sync::LazyLock;

use crate::html::Lexicon;
use crate::url::Url;

/// Words of addresses: of threads, of lists, of documents; `*` ends a stem.
const PLACES: [&str; 3] = [
    "answer* board* comments community discuss* foro* forum* post posts qna question* showthread thread* topic* viewtopic",
    "archiv* blog browse catalog* categor* collection* directory events hub kategorie* list lists page products ranking* rubri* search section* shop store* tag tags top topics",
    "api doc docs documentation guide* help kb learn library manual* reference* tutorial* wiki",
];
static NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&PLACES));

/// What an address tells of its page: that of an article has a number, a date or the words of its headline; that of a list has few words, or says so.
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
    pub(super) is_thread: f32,
    pub(super) is_list: f32,
    pub(super) is_document: f32,
}

impl Address {
    /// Reads the address of a page whose article has this title.
    pub(super) fn of(url: &Url, title: &str) -> Self {
        let (path, title) = (url.path().to_lowercase(), title.to_lowercase());
        let places = NAMES.lists(url.as_str());
        let says = |place: u32| f32::from(u8::from(places & (1 << place) != 0));
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
            is_thread: says(0),
            is_list: says(1),
            is_document: says(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_of_its_page() {
        let of = |path: &str, title: &str| Address::of(&Url::parse(&format!("https://a.example{path}")).unwrap(), title);
        let Address { segments, words, named, digits, longest_number, is_folder, .. } =
            of("/news/2024/05/The-ferry-sails-again-180233", "The ferry sails to the islands");
        assert_eq!([segments, words, named, digits, longest_number, is_folder], [4.0, 5.0, 0.6, 12.0, 6.0, 0.0]);
        let Address { segments, words, is_folder, .. } = of("/news/", "News");
        assert_eq!([segments, words, is_folder], [1.0, 1.0, 1.0]);
        assert_eq!(of("/", "").words, 0.0);
    }

    #[test]
    fn an_address_names_the_kind_of_its_page() {
        let of = |address: &str| {
            let Address { is_thread, is_list, is_document, .. } = Address::of(&Url::parse(address).unwrap(), "");
            [is_thread, is_list, is_document]
        };
        assert_eq!(of("https://forum.quay.example/a"), [1.0, 0.0, 0.0]);
        assert_eq!(of("https://quay.example/viewtopic.php?t=5"), [1.0, 0.0, 0.0]);
        assert_eq!(of("https://quay.example/a?thread=5"), [1.0, 0.0, 0.0]);
        assert_eq!(of("https://quay.example/kategorie/boote"), [0.0, 1.0, 0.0]);
        assert_eq!(of("https://docs.quay.example/sails"), [0.0, 0.0, 1.0]);
        assert_eq!(of("https://quay.example/listen-to-the-sea"), [0.0; 3]);
    }
}
