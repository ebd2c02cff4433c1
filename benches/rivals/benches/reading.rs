//! The same comparison as statistics: `cargo bench --manifest-path benches/rivals/Cargo.toml`. `PAGES=MANIFEST.jsonl` reads other pages than the sample's.

use std::sync::LazyLock;

use feedwright::extract::{Context, Rules, extract};
use feedwright::html;
use rivals::Page;

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| rivals::pages(std::env::var("PAGES").ok().as_deref()).unwrap_or_default());

fn main() {
    divan::main();
}

/// Parses only.
#[divan::bench]
fn bare_parse() {
    PAGES.iter().for_each(|page| drop(scraper::Html::parse_document(&page.text)));
}

/// Reads all fields.
#[divan::bench]
fn feedwright() {
    for page in PAGES.iter() {
        let dom = html::parse(&page.text, &page.url);
        drop(extract(&dom, &Rules::default(), &Context::default()));
    }
}

/// Reads what a Readability port reads.
#[divan::bench]
fn dom_smoothie() {
    for page in PAGES.iter() {
        if let Ok(mut rival) = dom_smoothie::Readability::new(page.text.as_str(), Some(&page.address), None) {
            drop(rival.parse());
        }
    }
}
