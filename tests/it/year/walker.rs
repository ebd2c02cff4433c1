//! A new subscriber that walks a feed's whole history (RFC 5005, section 4): from the live feed along `prev-archive`, newest first; of an entry
//! that stands in several documents, the newest counts.

use std::collections::BTreeMap;

use super::reader::{Entry, read};
use crate::workplace::Workplace;

/// Every entry of the history by id, and how many archives were walked.
pub fn walk(workplace: &Workplace, first: &str) -> (BTreeMap<String, Entry>, usize) {
    let mut all = BTreeMap::new();
    let (mut file, mut archives) = (first.to_owned(), 0);
    loop {
        let bytes = workplace.bytes(&format!("feeds/{file}"));
        for entry in read(&bytes) {
            all.entry(entry.id.clone()).or_insert(entry);
        }
        let Some(older) = older(&String::from_utf8(bytes).unwrap()) else { return (all, archives) };
        file = older;
        archives += 1;
        assert!(archives < 10_000, "the chain has no end");
    }
}

/// The file that the document names as the one before it.
fn older(text: &str) -> Option<String> {
    let address = if text.starts_with('{') {
        let document: serde_json::Value = serde_json::from_str(text).unwrap();
        document.get("next_url")?.as_str()?.to_owned()
    } else {
        let link = text.split('<').find(|tag| tag.contains("link") && tag.contains("rel=\"prev-archive\""))?;
        link.split("href=\"").nth(1)?.split('"').next()?.to_owned()
    };
    Some(address.strip_prefix("https://feeds.example/").unwrap().to_owned())
}
