//! Everything of an article but its body, dates and credit: headline, authors, picture, summary, language, site, tags.
//!
//! Each field has its own precedence; one that misses costs that field only.

mod author;
mod image;
mod language;
mod site;
mod title;

use super::json_ld::{self, JsonLd};
use super::{Context, Rules};
use crate::html::{Css, Dom, collapse, text_of};
use crate::model::{Extraction, Found, Note};
use crate::url::Url;

/// The most tags that are kept: more is a list for search engines.
const MOST_TAGS: usize = 20;
/// A shorter summary is a slogan.
const SHORTEST_SUMMARY: usize = 20;

/// Fills the fields that the head and the marked-up parts of the page give.
pub fn fill(dom: &Dom, data: &JsonLd, rules: &Rules, context: &Context<'_>, extraction: &mut Extraction) {
    let site = site::find(dom, data);
    let canonical = canonical(dom);
    let article = &mut extraction.article;
    article.language = language::find(dom, data);
    article.title = ruled(dom, rules.title.as_ref(), "article.title", &mut extraction.notes)
        .or_else(|| title::find(dom, data, site.as_ref().map(|site| site.value.as_str()), context));
    article.authors = match &rules.author {
        Some(css) => author::by_rule(dom, css),
        None => author::find(dom, data, site.as_ref().map(|site| site.value.as_str())),
    };
    article.image = rules.image.as_ref().and_then(|css| image::by_rule(dom, css)).or_else(|| image::find(dom, data));
    article.summary = ruled(dom, rules.summary.as_ref(), "article.summary", &mut extraction.notes).or_else(|| summary(dom, data));
    article.tags = tags(dom, data, rules.tags.as_ref());
    article.section = data.article_text("articleSection").or_else(|| dom.survey.meta("article:section").map(str::to_owned));
    article.canonical = canonical.map(|url| Found::new(url, "link canonical"));
    article.site = site;
}

/// The text of a configured selector; a note where it matches nothing.
fn ruled(dom: &Dom, css: Option<&Css>, key: &str, notes: &mut Vec<Note>) -> Option<Found<String>> {
    let css = css?;
    let found = dom.html.select(css.selector()).map(text_of).find(|text| !text.is_empty());
    if found.is_none() {
        notes
            .push(Note::new("selector-missed", format!("`{key}` (`{}`) matches nothing; the value was found automatically", css.as_str())));
    }
    found.map(|text| Found::new(text, format!("css {}", css.as_str())))
}

/// The page's own permanent address, on its own site.
fn canonical(dom: &Dom) -> Option<Url> {
    let link = dom.survey.links.iter().find(|link| link.rel.split_whitespace().any(|rel| rel == "canonical"))?;
    let url = dom.url.join(&link.href)?;
    let is_article = url.path().trim_matches('/').is_empty() == dom.url.path().trim_matches('/').is_empty();
    (url.is_web() && url.same_site(&dom.url) && is_article).then(|| url.without_tracking())
}

fn summary(dom: &Dom, data: &JsonLd) -> Option<Found<String>> {
    let candidates = [
        (dom.survey.meta("og:description").map(collapse), "meta og:description"),
        (data.article_text("description"), "json-ld description"),
        (dom.survey.meta("description").map(collapse), "meta description"),
        (dom.survey.meta("twitter:description").map(collapse), "meta twitter:description"),
    ];
    let good = |text: &String| text.chars().count() >= SHORTEST_SUMMARY && !text.contains("</");
    candidates.into_iter().find_map(|(text, origin)| text.filter(good).map(|text| Found::new(text, origin)))
}

fn tags(dom: &Dom, data: &JsonLd, rule: Option<&Css>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    if let Some(css) = rule {
        tags.extend(dom.html.select(css.selector()).map(text_of));
    } else {
        let told = data.articles().filter_map(|node| node.get("keywords")).next();
        match told {
            Some(serde_json::Value::Array(values)) => tags.extend(values.iter().filter_map(json_ld::text)),
            Some(value) => tags.extend(json_ld::text(value).iter().flat_map(|text| text.split(',')).map(collapse)),
            None => {}
        }
        tags.extend(
            dom.survey.metas.iter().filter(|meta| meta.key == "article:tag").flat_map(|meta| meta.content.split(',')).map(collapse),
        );
        if tags.is_empty() {
            let keywords = dom.survey.meta("news_keywords").or_else(|| dom.survey.meta("keywords"));
            tags.extend(keywords.iter().flat_map(|text| text.split(',')).map(collapse));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    tags.retain(|tag| !tag.is_empty() && tag.chars().count() <= 60 && seen.insert(tag.to_lowercase()));
    tags.truncate(MOST_TAGS);
    tags
}
