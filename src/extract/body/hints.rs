//! What the head of a page and its structured data say of the text: what kind of page it is, and the text itself.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use rustc_hash::FxHashSet;

use super::super::json_ld::JsonLd;
use super::address::Address;
use crate::html::Dom;

/// Runs of so many words are compared.
const RUN: usize = 4;
/// Types of structured data of which a page that holds a thread, or questions with their answers, has one, and a page that holds a list (schema.org).
const THREADS: [&str; 3] = ["DiscussionForumPosting", "QAPage", "Question"];
const LISTS: [&str; 5] = ["CollectionPage", "ItemList", "SearchResultsPage", "Product", "ProductGroup"];

/// What is told of a page's text outside of the text.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Runs of words of the body that structured data hold.
    body: FxHashSet<u64>,
    /// 0 unknown, 1 an article by its Open Graph type, 2 by its structured data, 3 structured data of other things only, 4 of a list, 5 of a thread or of questions.
    pub(super) kind: f32,
    /// What is known of the page's address.
    pub(super) address: Address,
}

impl Hints {
    /// Gathers the hints of a page whose article has this title.
    pub(super) fn of(dom: &Dom, data: &JsonLd, title: &str) -> Self {
        let has = |types: &[&str]| types.iter().any(|one| data.of_type(one).next().is_some());
        let kind = if has(&THREADS) {
            5.0
        } else if data.articles().next().is_some() {
            2.0
        } else if dom.survey.meta("og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article")) {
            1.0
        } else if data.nodes().is_empty() {
            0.0
        } else if has(&LISTS) {
            4.0
        } else {
            3.0
        };
        let body = data.article_body().map(|body| runs(&body).collect()).unwrap_or_default();
        Self { body, kind, address: Address::of(&dom.url, title) }
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
    use crate::url::Url;

    #[test]
    fn structured_data_name_the_kind_of_their_page() {
        let kind = |of: &str| {
            let page = format!("<script type='application/ld+json'>{{\"@type\":\"{of}\"}}</script>");
            let dom = crate::html::parse(&page, &Url::parse("https://a.example/").unwrap());
            Hints::of(&dom, &JsonLd::read(&dom), "").kind
        };
        assert_eq!(["NewsArticle", "Organization", "ItemList", "QAPage", "DiscussionForumPosting"].map(kind), [2.0, 3.0, 4.0, 5.0, 5.0]);
    }
}
