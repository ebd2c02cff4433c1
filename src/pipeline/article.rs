//! Reading one article.

use std::sync::Arc;

use crate::config::{Auth as AuthRule, SecretText, Source};
use crate::curate::{identity, kinship};
use crate::event::Event;
use crate::extract::{self, extract};
use crate::fetch::{Access, Auth, Secret};
use crate::health;
use crate::html;
use crate::model::{Extraction, Found, Link, Page, Surface, Validators};
use crate::url::Url;

use super::elsewhere::{self, Elsewhere};
use super::{Failure, Manner, Shop, listing, read_page, whole};

/// An article as read.
#[derive(Debug)]
pub struct Read {
    /// What the listing says of it.
    pub link: Link,
    /// What makes the next request for it conditional; nothing, where more than this one page was read for it.
    pub validators: Validators,
    /// The page.
    pub page: Arc<Page>,
    /// What was extracted.
    pub extraction: Extraction,
}

/// Below this many characters a page behind a login, a wall or a consent dialogue is taken for that, and not for an article.
const SHORTEST_BEHIND_WALL: usize = 400;

/// Fetches and extracts one article. `None`: it is as it was when `visit` was made.
pub(super) async fn read(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    access: &Access,
    link: Link,
    visit: Option<(Url, Validators)>,
    manner: Manner,
) -> Result<Option<Read>, Failure> {
    let validators = visit.filter(|(url, _)| *url == link.url && !manner.accept).map(|(_, validators)| validators);
    let outcome = fetch_and_extract(shop, source, access, &link, validators.as_ref(), manner).await;
    let failure = outcome.as_ref().err().map(|failure| failure.message.clone());
    if let Some(failure) = &failure {
        tracing::warn!(source = %source.name, url = %link.url, failure, "article not read");
    }
    (shop.tell)(Event::Article { source: source.name.clone(), url: link.url.clone(), failure });
    Ok(outcome?.map(|(page, extraction, is_single)| {
        // Behind a redirect, what the target says is not what this address would be asked with.
        let validators = if page.hops.is_empty() && is_single { page.validators.clone() } else { Validators::default() };
        Read { link, validators, page, extraction }
    }))
}

async fn fetch_and_extract(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    access: &Access,
    link: &Link,
    validators: Option<&Validators>,
    manner: Manner,
) -> Result<Option<(Arc<Page>, Extraction, bool)>, Failure> {
    let missing = || Failure::new("defect", format!("reading `{}` failed: please report this address", link.url), None);
    let Some(page) = listing::get(shop, source, access, &link.url, validators, manner).await? else { return Ok(None) };
    let page = Arc::new(page);
    if leads_home(source, &link.url, &page.url) {
        return Err(Failure::new("gone", "the address now leads to the front page: the article was taken down", None));
    }
    let read = extracted(shop, source, link, &page, (page.url.clone(), 1), manner).await.ok_or_else(missing)?;
    let (extraction, is_single) = whole::complete(shop, source, access, link, &page, read, manner).await;
    let text = extraction.article.body.as_ref().map_or(0, |body| body.value.text.chars().count());
    if extraction.surface != Surface::Open && text < SHORTEST_BEHIND_WALL {
        let (code, words) = (health::surface_code(extraction.surface), health::surface_words(extraction.surface));
        return Err(Failure::new(code, words, health::surface_hint(extraction.surface)));
    }
    if text == 0 {
        return Err(Failure::new(
            "no-body",
            "no article text was found on the page",
            Some("set `article = { body = \"…\" }` for this source"),
        ));
    }
    if is_other_page(link, &extraction) {
        let words = format!("`{}` shows a page that has nothing of the headline which leads to it", link.url);
        return Err(Failure::new("another-page", words, None));
    }
    Ok(Some((page, extraction, is_single)))
}

/// Reads page `number` of the article whose first page is at `first`, and where more of it is. `None` for a defect of ours.
pub(super) async fn extracted(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    link: &Link,
    page: &Arc<Page>,
    (first, number): (Url, usize),
    manner: Manner,
) -> Option<(Extraction, Elsewhere)> {
    let (of, said, known) = (Arc::clone(source), link.clone(), Arc::clone(shop));
    read_page(shop, Arc::clone(page), move |page| {
        let context = extract::Context {
            link: Some(&said),
            zone: of.timezone.clone(),
            now: Some(manner.now),
            outlets: Some(&known.config.outlets),
            explain: false,
        };
        let dom = html::parse(&page.text, &page.url);
        let mut extraction = extract(&dom, &of.article, &context);
        let elsewhere = elsewhere::look(&dom, page, &first, number);
        let by_header = || elsewhere.canonical.clone().map(|url| Found::new(url, "header Link canonical"));
        extraction.article.canonical = extraction.article.canonical.or_else(by_header);
        (extraction, elsewhere)
    })
    .await
}

/// Whether a redirect ended at the front page or at the listing itself.
fn leads_home(source: &Source, asked: &Url, landed: &Url) -> bool {
    let (asked, key) = (identity::key(asked), identity::key(landed));
    asked != key && (landed.path().trim_matches('/').is_empty() || key == identity::key(source.address.url()))
}

fn is_other_page(link: &Link, extraction: &Extraction) -> bool {
    let Some(headline) = &link.title else { return false };
    let article = &extraction.article;
    let title = article.title.as_ref().map_or("", |title| title.value.as_str());
    let text = article.body.as_ref().map_or("", |body| body.value.text.as_str());
    kinship::is_unrelated(headline, title, text)
}

/// A secret's text; `None` where the environment does not have it, which leaves the header out.
pub(super) fn secret(secret: &SecretText) -> Option<Secret> {
    match secret {
        SecretText::Plain(text) => Some(Secret::new(text.clone())),
        SecretText::Environment(name) => match std::env::var(name) {
            Ok(text) => Some(Secret::new(text)),
            Err(_) => {
                tracing::warn!(name, "the environment variable is not set");
                None
            }
        },
    }
}

pub(super) fn login(rule: &AuthRule) -> Option<Auth> {
    if let Some(token) = rule.bearer.as_ref().and_then(secret) {
        return Some(Auth::Bearer { token });
    }
    Some(Auth::Basic { user: rule.user.clone()?, password: rule.password.as_ref().and_then(secret)? })
}
