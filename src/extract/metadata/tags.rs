//! Tags: those that the page declares, else those that it shows under or over its article, in links that say so by `rel` (HTML, "Link type tag") or in a box
//! for tags; and the category that such a link shows.

use std::collections::BTreeSet;

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use serde_json::Value;

use super::elsewhere::is_elsewhere;
use crate::extract::json_ld::{self, JsonLd};
use crate::html::{Attribute as _, Css, Dom, collapse, text_of};

/// The most tags that are kept: more is a list for search engines.
const MOST_TAGS: usize = 20;
/// In characters: a longer declared tag is a sentence.
const LONGEST_DECLARED: usize = 60;
/// What stands between tags in one text.
const BETWEEN_TAGS: [char; 6] = [',', ';', '、', '，', '；', '،'];
/// In characters: a longer link is a headline.
const LONGEST: usize = 40;
/// A box with more links is a cloud of all tags of the site.
const MOST_LINKS: usize = 20;
/// Boxes may hold each other, and all of a page: one with more nodes is no box for tags.
const MOST_NODES: usize = 200;
/// So much of a box for tags is its links.
const LEAST_LINKED: f32 = 0.6;
/// In characters: what a box says of itself before its links: "Tags:", "Schlagworte:".
const LONGEST_LABEL: usize = 16;
/// What stands before a tag in addresses.
const TAGS: [&str; 9] = ["/tag/", "/tags/", "tag=", "/tagged/", "/hashtag/", "/topic/", "/topics/", "/thema/", "/taxonomy/term/"];
/// In bytes: a longer class name is none of a box for tags.
const LONGEST_NAME: usize = 40;
/// Tags of one article stand so near to each other.
const LEVELS: usize = 3;

/// The tags by a configured selector, else those that the page declares, else those that it shows.
pub(super) fn find(dom: &Dom, data: &JsonLd, rule: Option<&Css>, heading: Option<NodeId>) -> Vec<String> {
    let mut tags = match rule {
        Some(css) => dom.html.select(css.selector()).map(text_of).collect(),
        None => declared(dom, data),
    };
    if rule.is_none() && tags.iter().all(String::is_empty) {
        tags = shown(dom, heading);
    }
    let mut seen = BTreeSet::new();
    tags.retain(|tag| !tag.is_empty() && tag.chars().count() <= LONGEST_DECLARED && seen.insert(tag.to_lowercase()));
    tags.truncate(MOST_TAGS);
    tags
}

/// The keywords of the structured data and `article:tag`, else those that the head names for search engines.
fn declared(dom: &Dom, data: &JsonLd) -> Vec<String> {
    let split = |text: &str| text.split(BETWEEN_TAGS).map(collapse).collect::<Vec<_>>();
    let mut tags = match data.articles().find_map(|node| node.get("keywords")) {
        Some(Value::Array(values)) => values.iter().filter_map(json_ld::text).collect(),
        Some(value) => json_ld::text(value).map(|text| split(&text)).unwrap_or_default(),
        None => Vec::new(),
    };
    tags.extend(dom.survey.metas.iter().filter(|meta| meta.key == "article:tag").flat_map(|meta| split(&meta.content)));
    if tags.is_empty() {
        let keywords = dom.survey.meta("news_keywords").or_else(|| dom.survey.meta("keywords"));
        tags.extend(keywords.into_iter().flat_map(split));
    }
    tags
}

fn shown(dom: &Dom, heading: Option<NodeId>) -> Vec<String> {
    let said = |id: &NodeId| ElementRef::wrap(dom.html.tree.get(*id)?);
    let is_tag = |link: &ElementRef<'_>| !rels(*link).any(|rel| rel == "category") && !is_elsewhere(**link);
    let links: Vec<ElementRef<'_>> = dom.survey.tag_links.iter().filter_map(said).filter(is_tag).collect();
    if let Some(first) = first_of(&links, heading) {
        let group = group_of(*first);
        return texts(links.iter().filter(|link| group_of(***link) == group).copied());
    }
    let boxes: Vec<ElementRef<'_>> =
        dom.html.tree.nodes().filter_map(ElementRef::wrap).filter(|element| is_box(*element, heading)).collect();
    first_of(&boxes, heading).map(|tags| texts(links_in(tags))).unwrap_or_default()
}

/// The category that a page shows: of WordPress and its like.
pub(super) fn category(dom: &Dom) -> Option<String> {
    let links = dom.survey.tag_links.iter().filter_map(|id| ElementRef::wrap(dom.html.tree.get(*id)?));
    let own = links.filter(|link| rels(*link).any(|rel| rel == "category") && !is_elsewhere(**link));
    texts(own.take(1)).pop()
}

fn rels(link: ElementRef<'_>) -> impl Iterator<Item = &str> {
    link.attribute("rel").unwrap_or("").split_whitespace()
}

/// The first below the headline, else the first.
fn first_of<'a>(found: &[ElementRef<'a>], heading: Option<NodeId>) -> Option<ElementRef<'a>> {
    // Nodes are numbered as they stand in the page.
    found.iter().find(|element| heading.is_some_and(|heading| element.id() > heading)).or(found.first()).copied()
}

/// What tags of one article share: the box around them, or around the items that they stand in.
fn group_of(link: NodeRef<'_, Node>) -> Option<NodeId> {
    let is_item = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| matches!(element.name(), "li" | "span"));
    link.ancestors().take(LEVELS).find(|node| !is_item(node)).map(|node| node.id())
}

fn texts<'a>(links: impl Iterator<Item = ElementRef<'a>>) -> Vec<String> {
    let texts = links.map(|link| text_of(link).trim_matches(|c: char| c.is_whitespace() || "#＃›»«>|,·•".contains(c)).to_owned());
    texts.filter(|text| (1..=LONGEST).contains(&text.chars().count())).take(MOST_LINKS).collect()
}

/// Whether an element is a box that holds little but links to tags. A label in it, and a name that only has a word for tags, count where all links lead to tags;
/// above the headline stand those of the day.
fn is_box(element: ElementRef<'_>, heading: Option<NodeId>) -> bool {
    if matches!(
        element.value().name(),
        "a" | "img" | "i" | "svg" | "path" | "use" | "button" | "input" | "label" | "option" | "script" | "link" | "meta"
    ) {
        return false;
    }
    let names = || element.value().attrs().filter(|(name, value)| matches!(*name, "class" | "id") && may_name_tags(value));
    let named = |is_name: fn(&str) -> bool| names().any(|(_, names)| names.split_whitespace().any(is_name));
    let is_named = named(is_name_of_box);
    let may_be_named = || heading.is_some_and(|heading| element.id() > heading) && named(has_word_for_tags);
    if !is_named && !may_be_named() || element.descendants().nth(MOST_NODES).is_some() {
        return false;
    }
    let links = links_in(element).take(MOST_LINKS + 1).count();
    let linked: usize = links_in(element).map(|link| text_of(link).chars().count()).sum();
    let mostly = |whole: usize| linked as f32 >= LEAST_LINKED * whole as f32;
    let whole = text_of(element).chars().count();
    let is_one = is_named && mostly(whole) || mostly(whole.saturating_sub(label(element))) && links_in(element).all(leads_to_tag);
    (1..=MOST_LINKS).contains(&links) && is_one && !is_elsewhere(*element)
}

/// How long the label is that a box begins with: "Tags:".
fn label(element: ElementRef<'_>) -> usize {
    let first = element
        .descendants()
        .find_map(|node| Some((node.parent()?, node.value().as_text().map(|text| text.trim()).filter(|text| !text.is_empty())?)));
    let in_link = |node: NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| element.name() == "a");
    let length = first.filter(|(parent, _)| !in_link(*parent)).map_or(0, |(_, text)| text.chars().count());
    if length <= LONGEST_LABEL { length } else { 0 }
}

/// Whether a link leads to what a tag is of, by its address.
fn leads_to_tag(link: ElementRef<'_>) -> bool {
    let href = link.attribute("href").unwrap_or("");
    let tag = TAGS.iter().find_map(|place| href.split_once(place)).map(|(_, tag)| tag);
    tag.is_some_and(|tag| !tag.trim_matches('/').is_empty())
}

/// Whether names have a syllable of a word for tags: "tag", "label", "keyword", "topic". All names of a page are asked, and most have none.
fn may_name_tags(names: &str) -> bool {
    names.as_bytes().windows(3).any(|three| match three {
        [first, b'a', b'g'] | [first, b'o', b'p'] => first.eq_ignore_ascii_case(&b't'),
        b"lab" | b"key" => true,
        _ => false,
    })
}

/// Whether a class name has the word "tags", or "tag" and a word for a list: `c-tags`, `article-tag-list`, `field--name-field-tags`.
fn has_word_for_tags(name: &str) -> bool {
    if name.len() > LONGEST_NAME || !name.contains("tag") {
        return false;
    }
    let words = || name.split(['-', '_', ':']);
    words().any(|word| matches!(word, "tags" | "taglist" | "hashtags"))
        || words().any(|word| word == "tag")
            && words().any(|word| matches!(word, "list" | "lists" | "links" | "box" | "items" | "container"))
}

/// Whether a class name or id is that of a box for tags.
fn is_name_of_box(name: &str) -> bool {
    matches!(
        name,
        "tags"
            | "tag-list"
            | "taglist"
            | "tagList"
            | "tags-list"
            | "post-tags"
            | "post__tags"
            | "article-tags"
            | "article__tags"
            | "entry-tags"
            | "entry__tags"
            | "tags-links"
            | "post-labels"
            | "labels"
            | "article-keywords"
            | "article-topics"
            | "post-tag"
            | "tag-links"
            | "tag_list"
            | "hashtags"
            | "keywords"
    )
}

fn links_in(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.descendent_elements().filter(|element: &ElementRef<'_>| element.value().name() == "a")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    fn read(page: &str) -> (Vec<String>, Option<String>) {
        let dom = crate::html::parse(page, &Url::parse("https://harbourpost.example/a").unwrap());
        (find(&dom, &JsonLd::read(&dom), None, dom.survey.headings.first().copied()), category(&dom))
    }

    #[test]
    fn tags_and_category_are_shown_around_the_article() {
        let cloud = "<div class=widget><a rel=tag href=/t/x>All of it</a></div><div class=tagcloud><a href=/t/y>More</a></div>";
        let (tags, category) = read(&format!(
            "{cloud}<article><a rel='category tag' href=/c/lakes>Lakes</a><h1>The ferry sails</h1><p>Text.</p>\
             <footer>Tags: <a rel=tag href=/t/f>#Ferry</a>, <a rel=tag href=/t/q>Quay</a></footer></article>\
             <article class=next><a rel='category tag' href=/c/roads>Roads</a><a rel=tag href=/t/r>Road</a></article>"
        ));
        assert_eq!(tags, ["Ferry", "Quay"]);
        assert_eq!(category.as_deref(), Some("Lakes"));
    }

    #[test]
    fn declared_tags_come_first_whatever_stands_between_them() {
        let shown = "<h1>The ferry sails</h1><a rel=tag href=/t/q>Quay</a>";
        assert_eq!(read(&format!("<meta name=keywords content='Ferry; Lakes;ferry'>{shown}")).0, ["Ferry", "Lakes"]);
        assert_eq!(read(&format!("<meta property=article:tag content='渡船、湖'>{shown}")).0, ["渡船", "湖"]);
        assert_eq!(read(&format!("<meta name=keywords content=','>{shown}")).0, ["Quay"]);
    }

    #[test]
    fn a_box_for_tags_holds_little_but_links() {
        let list = "<ul class='post-tags'><li><a href=/t/f>Ferry</a></li><li><a href=/t/q>Quay</a></li></ul>";
        assert_eq!(read(&format!("<h1>The ferry sails</h1><p>Text.</p>{list}")).0, ["Ferry", "Quay"]);
        let links = "<a href=/tag/f>Fog</a><a href=/tag/q>Quay</a>";
        for name in ["c-tags", "single-tags", "article-tag-list", "field--name-field-tags"] {
            assert_eq!(read(&format!("<h1>The ferry sails</h1><div class={name}><b>Tags:</b> {links}</div>")).0, ["Fog", "Quay"], "{name}");
        }
        let others = "<a href=/boats>Boats</a><a href=/tags/>All tags</a>";
        assert_eq!(read(&format!("<h1>The ferry sails</h1><div class=c-tags>{others}</div>")).0, Vec::<String>::new());
        assert_eq!(read(&format!("<div class=c-tags>{links}</div><h1>The ferry sails</h1>")).0, Vec::<String>::new());
        for name in ["stage", "tag-manager", "instagram-list"] {
            assert_eq!(read(&format!("<h1>The ferry sails</h1><div class={name}>{links}</div>")).0, Vec::<String>::new(), "{name}");
        }
        assert_eq!(read(&format!("<h1>The ferry sails</h1><aside>{list}</aside>")).0, Vec::<String>::new());
        let prose = "<div class=tags>The ferry to the islands sails again from the <a href=/t/q>Quay</a></div>";
        assert_eq!(read(&format!("<h1>The ferry sails</h1>{prose}")).0, Vec::<String>::new());
    }
}
