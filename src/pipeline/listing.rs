//! Reading a listing: one page or several, from the web or from disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::config::{Address, Source};
use crate::curate::identity;
use crate::curate::plan::Known;
use crate::discover::{self, discover};
use crate::event::Event;
use crate::fetch::{self, Access, Fetched, Request};
use crate::health;
use crate::html;
use crate::model::{Discovery, Link, Page, Surface, Validators};
use crate::store::SourceRecord;
use crate::url::Url;

use super::{Failure, Manner, Shop, elsewhere, read_page};

/// A listing, all its pages together.
pub(super) struct Listing {
    pub(super) discovery: Discovery,
    pub(super) validators: Validators,
    pub(super) fresh_for: Option<u64>,
    /// Digest of its first page, and of the rules that it was read by.
    pub(super) digest: String,
}

/// What a look at a listing comes to.
pub(super) enum Looked {
    /// It is as it was when it was last read, with new validators if it came once more.
    Unchanged(Option<Validators>),
    /// It was read.
    Changed(Box<Listing>),
}

/// The most pages of a listing that are ever read, whatever is asked for.
const MOST_PAGES: usize = 1_000;

/// So many pages are read where the first ones show nothing that is known: a weekend's news of a busy site, but not a whole site that moved.
const MOST_CAUGHT_UP: usize = 5;

/// Fetches and discovers the listing. One that is as it was is not parsed, unless an article on it is to be read again.
pub(super) async fn fetch(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    access: &Arc<Access>,
    record: &SourceRecord,
    manner: Manner,
) -> Result<Looked, Failure> {
    // What was read by other rules must be read again, whatever the server says.
    let rules = rules_of(source);
    let read_before = record.listing.as_ref().and_then(|listing| listing.split_once(' ')).filter(|(before, _)| *before == rules);
    let is_time = record.look_again.is_some_and(|look_again| look_again <= manner.now);
    let before = read_before.filter(|_| !is_time && !manner.accept && manner.pages <= 1);
    let validators = Some(&record.validators).filter(|validators| before.is_some() && **validators != Validators::default());
    let Some(page) = get(shop, source, access, source.address.url(), validators, manner).await? else { return Ok(Looked::Unchanged(None)) };
    let text = short_digest(&format!("{} {} {}", page.url.as_str(), page.media_type, page.text));
    if before.is_some_and(|(_, before)| before == text) {
        tracing::info!(source = %source.name, "the listing is as it was");
        return Ok(Looked::Unchanged(Some(page.validators)));
    }
    let digest = format!("{rules} {text}");
    let (page, first) = look(shop, source, page, manner).await?;
    let fresh_for = page.fresh_for.max(first.ttl_minutes.map(|minutes| u64::from(minutes) * 60));
    let mut listing = Listing { validators: page.validators.clone(), fresh_for, discovery: first, digest };
    let pages = source.listing.pages.max(manner.pages).min(MOST_PAGES);
    let mut seen = vec![page.url.canonical_key()];
    let mut next = listing.discovery.next.clone();
    // Where nothing of a page is known, more than a page of news came since the last poll.
    let mut catches_up = record.last_success.is_some() && !knows_any(shop, source, &listing.discovery.links, &rules);
    while let Some(url) = next.filter(|url| {
        let most = if catches_up { pages.max(MOST_CAUGHT_UP) } else { pages };
        seen.len() < most && !seen.contains(&url.canonical_key())
    }) {
        seen.push(url.canonical_key());
        // A later page that fails costs its own items only.
        let Ok(Some(page)) = get(shop, source, access, &url, None, manner).await else { break };
        let Ok((_, more)) = look(shop, source, page, manner).await else { break };
        next = more.next.clone();
        catches_up = catches_up && !knows_any(shop, source, &more.links, &rules);
        append(&mut listing.discovery, more);
    }
    Ok(Looked::Changed(Box::new(listing)))
}

/// Whether any link was seen before: read, tried or left out.
fn knows_any(shop: &Shop, source: &Source, links: &[Link], rules: &str) -> bool {
    let keys: Vec<String> = links.iter().map(|link| identity::key(&link.url)).collect();
    let store = shop.store();
    let read = store.known(&source.name, &keys).is_ok_and(|known| !known.read.is_empty() || !known.failed.is_empty());
    read || store.left_out(&source.name, &keys, rules).is_ok_and(|left_out| !left_out.is_empty())
}

/// Everything of the configuration, and of this program, that decides what is found on a listing and read of it.
pub(super) fn rules_of(source: &Source) -> String {
    let rules = (&source.listing, &source.article, &source.items, &source.recheck, source.max_new, &source.transform);
    short_digest(&format!("{} {rules:?} {:?}", env!("CARGO_PKG_VERSION"), source.timezone.iana_name()))
}

fn short_digest(text: &str) -> String {
    Sha256::digest(text).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn append(discovery: &mut Discovery, more: Discovery) {
    for mut link in more.links {
        link.position = discovery.links.len();
        discovery.links.push(link);
    }
    discovery.dropped.extend(more.dropped);
    discovery.notes.extend(more.notes);
}

/// Gets one page of the web or the disk; `None` if it is as it was.
pub(super) async fn get(
    shop: &Arc<Shop>,
    source: &Source,
    access: &Access,
    url: &Url,
    validators: Option<&Validators>,
    manner: Manner,
) -> Result<Option<Page>, Failure> {
    (shop.tell)(Event::Asking { url: url.clone() });
    let page = match &source.address {
        Address::Web(_) => match shop.fetcher.fetch(Request { url, access, validators }).await? {
            Fetched::Page(page) => Some(*page),
            Fetched::NotModified => None,
        },
        Address::File { path, saved_from } => {
            let file = saved_file(path, saved_from, url)
                .ok_or_else(|| Failure::new("not-saved", format!("`{url}` is not among the saved pages of `{}`", path.display()), None))?;
            Some(fetch::file::read(&file, url, manner.now)?)
        }
    };
    let bytes = page.as_ref().map_or(0, |page| page.bytes);
    (shop.tell)(Event::Read { url: url.clone(), bytes });
    Ok(page)
}

/// The saved file of an address: the listing itself, or what lies below its folder. Never anything outside of it.
fn saved_file(listing: &Path, saved_from: &Url, url: &Url) -> Option<PathBuf> {
    if url.canonical_key() == saved_from.canonical_key() {
        return Some(listing.to_path_buf());
    }
    let base = saved_from.join(".")?;
    if base.host() != url.host() || base.parts().scheme() != url.parts().scheme() {
        return None;
    }
    let below = url.path().strip_prefix(base.path())?;
    let below = percent_decoded(below)?;
    let is_plain = Path::new(&below).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    is_plain.then(|| listing.parent().unwrap_or(Path::new("")).join(below))
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = after.get(2..)?;
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

async fn look(shop: &Arc<Shop>, source: &Arc<Source>, page: Page, manner: Manner) -> Result<(Arc<Page>, Discovery), Failure> {
    let page = Arc::new(page);
    let (of, known) = (Arc::clone(source), Arc::clone(shop));
    let found = read_page(shop, Arc::clone(&page), move |page| look_now(&known, &of, page, manner)).await;
    let failed = || Failure::new("defect", format!("reading `{}` failed: please report this address", page.url), None);
    let mut discovery = found.ok_or_else(failed)?;
    // What the header says counts after what the page says.
    discovery.next = discovery.next.or_else(|| elsewhere::next_by_header(&page));
    let announced = elsewhere::feeds(&page).into_iter();
    let new: Vec<_> = announced.filter(|feed| discovery.feeds.iter().all(|known| known.url != feed.url)).collect();
    discovery.feeds.extend(new);
    tracing::info!(
        source = %source.name, links = discovery.links.len(), confidence = discovery.confidence,
        surface = health::surface_code(discovery.surface), "listing read"
    );
    Ok((page, discovery))
}

fn look_now(shop: &Shop, source: &Source, page: &Page, manner: Manner) -> Discovery {
    let context = discover::Context { zone: source.timezone.clone(), now: Some(manner.now), explain: false };
    match discover::kind(&page.media_type, &page.text) {
        discover::Kind::Html => {
            let dom = html::parse(&page.text, &page.url);
            let discovery = discover(&dom, &source.listing, &context);
            find_again(source, &dom, &context, discovery, &|keys| shop.store().known(&source.name, keys).ok())
        }
        discover::Kind::Feed => discover::feed::parse(&page.text, &page.url),
        discover::Kind::Sitemap => discover::sitemap::parse(&page.text, &page.url),
        discover::Kind::Posts => discover::posts::parse(&page.text, &page.url),
    }
}

/// Where the configured rules yield nothing and the history knows links of this page, those show where the list is now.
pub fn find_again(
    source: &Source,
    dom: &html::Dom,
    context: &discover::Context,
    mut missed: Discovery,
    history: &dyn Fn(&[String]) -> Option<Known>,
) -> Discovery {
    let by_rules = source.listing.item.is_some() || source.listing.link.is_some();
    if !by_rules || !missed.links.is_empty() {
        return missed;
    }
    let keys: Vec<String> = discover::links(dom).iter().map(identity::key).collect();
    let Some(known) = history(&keys) else { return missed };
    let is_known = |url: &Url| known.read.contains_key(&identity::key(url));
    let Some((found, relocation)) = discover::relocate(dom, &source.listing, &is_known, context) else { return missed };
    missed.notes.extend(found.notes);
    Discovery { links: found.links, confidence: found.confidence, surface: Surface::Open, relocation: Some(relocation), ..missed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_saved_pages_never_leave_their_folder() {
        let check = |url: &str, expected: Option<&str>| {
            let saved_from = Url::parse("https://a.example/news/").unwrap();
            let file = saved_file(Path::new("saved/index.html"), &saved_from, &Url::parse(url).unwrap());
            assert_eq!(file.as_deref(), expected.map(Path::new), "{url}");
        };
        check("https://a.example/news/", Some("saved/index.html"));
        check("https://a.example/news/x/y.html?utm_source=z#top", Some("saved/x/y.html"));
        check("https://a.example/news/%C3%A9.html", Some("saved/é.html"));
        check("https://a.example/other", None);
        check("https://b.example/news/x", None);
        check("https://a.example/news/%2e%2e/%2e%2e/etc/passwd", None);
        check("https://a.example/news/..%2f..%2fetc/passwd", None);
        check("file:///etc/passwd", None);
    }
}
