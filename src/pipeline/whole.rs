//! Making an article whole: its later pages, or, where the page itself has next to nothing, one other edition of it.
//!
//! Every page comes through the same polite door. A later page counts only if it is the same article's: at the same address but for its number,
//! under a headline that is akin, with no other date and with a text of its own. Walls are no place to look for another way in: pages behind a login, a payment
//! or a check for robots are left as they are.

use std::sync::Arc;

use crate::config::Source;
use crate::curate::kinship;
use crate::fetch::Access;
use crate::html::sanitize;
use crate::model::{Body, Extraction, Link, Page, Surface};
use crate::url::Url;

use super::article::extracted;
use super::elsewhere::Elsewhere;
use super::{Manner, Shop, listing};

/// Longer articles than this many pages are books, or a pager that never ends.
const MOST_PAGES: usize = 10;
/// A body of so many bytes needs no further page.
const LONGEST: usize = 1 << 20;
/// So many characters are an article, if a short one: a page with fewer may have a fuller edition.
const THIN: usize = 400;
/// An edition is fuller if it has so many times as much text.
const FULLER: usize = 2;

/// What is read, and whether all of it came from the one page.
pub(super) async fn complete(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    access: &Access,
    link: &Link,
    page: &Page,
    (mut extraction, elsewhere): (Extraction, Elsewhere),
    manner: Manner,
) -> (Extraction, bool) {
    let text = length(&extraction);
    let is_open = matches!(extraction.surface, Surface::Open | Surface::AppShell);
    if let Some(edition) = elsewhere.edition.filter(|_| text < THIN && is_open) {
        let fuller = read(shop, source, access, link, &edition, (edition.clone(), 1), manner).await;
        if let Some((fuller, _, _)) = fuller.filter(|(fuller, ..)| is_fuller(&extraction, fuller)) {
            tracing::info!(url = %page.url, edition = %edition, "the page has next to no text; another edition of it was read");
            return (adopt(extraction, fuller), false);
        }
    }
    let (mut next, mut seen) = (elsewhere.next.filter(|_| text > 0 && extraction.surface == Surface::Open), vec![page.url.canonical_key()]);
    while let Some(url) = next.take().filter(|url| seen.len() < MOST_PAGES && !seen.contains(&url.canonical_key())) {
        let Some((more, landed, further)) = read(shop, source, access, link, &url, (page.url.clone(), seen.len() + 1), manner).await else {
            break;
        };
        if landed != url.canonical_key() || !is_continued(&extraction, &more) {
            tracing::info!(at = %url, "it is no further page of the article");
            break;
        }
        append(&mut extraction, more, &page.url);
        seen.push(landed);
        next = further.filter(|_| extraction.article.body.as_ref().is_some_and(|body| body.value.html.as_str().len() < LONGEST));
    }
    if seen.len() > 1 {
        tracing::info!(url = %page.url, pages = seen.len(), "the article has several pages");
    }
    (extraction, seen.len() == 1)
}

/// One further page: what it yields, where it is, and where the next one is. A page that fails costs itself only.
async fn read(
    shop: &Arc<Shop>,
    source: &Arc<Source>,
    access: &Access,
    link: &Link,
    url: &Url,
    place: (Url, usize),
    manner: Manner,
) -> Option<(Extraction, String, Option<Url>)> {
    let page = Arc::new(listing::get(shop, source, access, url, None, manner).await.ok()??);
    let (extraction, elsewhere) = extracted(shop, source, link, &page, place, manner).await?;
    Some((extraction, page.url.canonical_key(), elsewhere.next))
}

fn length(extraction: &Extraction) -> usize {
    extraction.article.body.as_ref().map_or(0, |body| body.value.text.chars().count())
}

fn is_fuller(thin: &Extraction, other: &Extraction) -> bool {
    other.surface == Surface::Open && length(other) >= THIN && length(other) >= FULLER * length(thin) && are_akin(thin, other)
}

fn are_akin(one: &Extraction, other: &Extraction) -> bool {
    match (&one.article.title, &other.article.title) {
        (Some(one), Some(other)) => kinship::similar_titles(&one.value, &other.value),
        _ => true,
    }
}

/// The fuller edition's text, and what the page itself did not say.
fn adopt(thin: Extraction, fuller: Extraction) -> Extraction {
    let (mut article, more) = (thin.article, fuller.article);
    article.body = more.body;
    article.title = article.title.or(more.title);
    article.summary = article.summary.or(more.summary);
    article.published = article.published.or(more.published);
    article.modified = article.modified.or(more.modified);
    article.image = article.image.or(more.image);
    article.language = article.language.or(more.language);
    if article.authors.is_empty() {
        article.authors = more.authors;
    }
    if article.credits.is_empty() {
        article.credits = more.credits;
    }
    Extraction { article, quality: fuller.quality, surface: fuller.surface, ..thin }
}

/// Whether a page goes on where the others ended.
fn is_continued(so_far: &Extraction, more: &Extraction) -> bool {
    let (Some(have), Some(comes)) = (&so_far.article.body, &more.article.body) else { return false };
    let same_date = match (&so_far.article.published, &more.article.published) {
        (Some(one), Some(other)) => one.value.at == other.value.at,
        _ => true,
    };
    // A pager of comments or of related articles shows the same text again, with something else around it.
    let size = |paragraphs: &mut dyn Iterator<Item = &str>| paragraphs.map(|paragraph| paragraph.chars().count()).sum::<usize>();
    let paragraphs = || comes.value.text.split("\n\n");
    let is_new = 2 * size(&mut paragraphs().filter(|paragraph| !have.value.text.contains(paragraph))) > size(&mut paragraphs());
    more.surface == Surface::Open && same_date && is_new && are_akin(so_far, more)
}

/// Appends a page's body, without the paragraphs at its start that the article has already: leads are often repeated.
fn append(extraction: &mut Extraction, more: Extraction, base: &Url) {
    let (Some(have), Some(comes)) = (&mut extraction.article.body, more.article.body) else { return };
    let mut rest = comes.value.html.as_str();
    while let Some(end) = rest.find("</p>").filter(|_| rest.starts_with("<p>")).map(|end| end + "</p>".len()) {
        let (paragraph, after) = rest.split_at(end);
        if !have.value.html.as_str().contains(paragraph) {
            break;
        }
        rest = after.trim_start();
    }
    let known = std::mem::take(&mut have.value.text);
    let new = comes.value.text.split("\n\n").skip_while(|paragraph| known.contains(paragraph)).collect::<Vec<_>>().join("\n\n");
    let html = sanitize::fragment(&format!("{}\n{rest}", have.value.html.as_str()), base);
    have.value = Body { html, text: format!("{known}\n\n{new}") };
    extraction.article.media.extend(more.article.media);
}
