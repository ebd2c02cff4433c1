//! Which elements never hold what a page is about: by tag, role, state and the general words of class names and ids.
//!
//! The words are those that page authors of many countries and systems use; none belongs to one site.

use std::sync::LazyLock;

use ego_tree::NodeRef;
use regex::Regex;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::Attribute as _;

/// Longer lists of names are made by tools and say nothing.
const LONGEST_NAMES: usize = 400;

/// Words that name furniture. Looked for as whole words of a class or id (`share-bar`, `shareBar`, `share_bar`).
static FURNITURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:^|[\s_\-:/])(?:
        ad|ads|advert\w*|adsense|anzeige|werbung|publicidad|publicite|promo\w*|sponsor\w*|banner|
        share\w*|sharing|social\w*|follow|addtoany|sharedaddy|jp-relatedposts|
        related\w*|recommend\w*|recirc\w*|readmore|read-more|more-stories|more-news|more-from|most-read|mostread|trending|popular|latest|outbrain|taboola|
        verwandt\w*|relacionad\w*|similaires|onderwerpen|
        newsletter\w*|subscri\w*|signup|sign-up|paywall|regwall|piano|donat\w*|membership|
        comment|comments|commentlist|comment-\w*|comments-\w*|respond|disqus\w*|kommentar\w*|comentario\w*|commentaires|
        nav|navbar|navigation|menu|breadcrumb\w*|pagination|pager|paging|post-nav\w*|nav-links|
        sidebar|side-bar|widget-area|widgets|footer|foot|masthead|site-header|cookie\w*|consent|gdpr|modal|popup|pop-up|overlay|lightbox|tooltip|
        author-bio|author-box|authorbox|about-author|bio|byline-bio|tags|tag-list|taglist|post-tags|entry-tags|post-meta|entry-meta|entry-footer|
        toolbar|tools|print|printonly|skip-link|screen-reader-text|visually-hidden|sr-only|hidden|noprint|
        rating\w*|poll|quiz-teaser|player-controls|teaser\w*|disclaimer|copyright
        )(?:$|[\s_\-:/])",
    )
    .ok()
});

/// Words that name the text itself; they outweigh the others (`article-body-with-sidebar`).
static TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:article|story|post|entry|content|main|page)[_\-]?(?:body|content|text|main|copy)|articlebody|^(?:article|content|main|story|body|post|entry)$|has-sidebar|no-sidebar|with-sidebar").ok()
});

/// Words that name what holds pictures of something else than its surroundings: menus, footers, share bars, advertisements, teasers, authors. Words for how a
/// picture is shown (hidden on small screens, under an overlay, in a lightbox) are none of these.
static OTHER_PICTURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)(?:^|[\s_\-:/])(?:
        ad|ads|advert\w*|adsense|anzeige|werbung|publicidad|publicite|sponsor\w*|outbrain|taboola|
        share|shares|sharing|sharebar|toolbar|buttons|sharedaddy|addtoany|social\w*|
        nav|navbar|navigation|menu|breadcrumb\w*|pagination|pager|footer|cookie\w*|
        related\w*|recommend\w*|recirc\w*|verwandt\w*|relacionad\w*|similaires|newsletter\w*|subscri\w*|
        comment|comments|commentlist|avatar\w*|gravatar|bio|byline|logo
        )(?:$|[\s_\-:/])|(?:^|\s)authors?(?:$|[\s_\-])|[_\-]authors?(?:$|\s)",
    )
    .ok()
});

/// Words that name a box for a picture.
static PICTURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)(?:^|[\s_\-:/])(?:\w*image|images|img|\w*photo|photos|foto|\w*picture|media|visual|fig|figure|caption|thumbnail|lightbox|hero|gallery|galerie|bild|slide\w*|illustration)(?:$|[\s_\-:/])").ok()
});

/// Whether an element never holds text that a page is about, whatever it says.
pub fn is_never_text(element: &Element) -> bool {
    matches!(
        element.name(),
        "script"
            | "style"
            | "template"
            | "link"
            | "meta"
            | "head"
            | "svg"
            | "math"
            | "button"
            | "select"
            | "option"
            | "input"
            | "textarea"
            | "label"
            | "object"
            | "embed"
            | "applet"
            | "canvas"
            | "dialog"
            | "menu"
            | "audio-player"
    )
}

/// Whether an element is furniture whatever it holds: menus and page footers.
pub fn is_surely_furniture(element: &Element) -> bool {
    matches!(element.name(), "nav" | "footer")
        || matches!(element.attribute("role"), Some("navigation" | "contentinfo" | "search" | "menu" | "menubar"))
}

/// Whether an element is furniture of the page, by its tag, role, state or names. Names mislead now and then, so an element that holds most of a
/// page's text should be kept unless [`is_surely_furniture`] says the same.
pub fn is_furniture(element: &Element) -> bool {
    if matches!(element.name(), "nav" | "aside" | "footer" | "form" | "fieldset") || is_hidden(element) {
        return true;
    }
    if matches!(
        element.attribute("role"),
        Some(
            "navigation"
                | "complementary"
                | "contentinfo"
                | "search"
                | "dialog"
                | "alertdialog"
                | "menu"
                | "menubar"
                | "toolbar"
                | "banner"
        )
    ) {
        return true;
    }
    if matches!(element.name(), "body" | "html" | "main" | "article" | "p" | "h1") {
        return false;
    }
    [element.attribute("class"), element.attribute("id")].into_iter().flatten().any(names_furniture)
}

/// Whether a class or id names furniture.
pub fn names_furniture(names: &str) -> bool {
    if names.is_empty() || names.len() > LONGEST_NAMES {
        return false;
    }
    let words = split_humps(names);
    let hit = |regex: &LazyLock<Option<Regex>>, text: &str| regex.as_ref().is_some_and(|regex| regex.is_match(text));
    hit(&FURNITURE, &words) && !words.split_whitespace().any(|name| hit(&TEXT, name))
}

/// Whether the pictures in an element are of something else than the text around it.
pub fn holds_other_pictures(element: &Element) -> bool {
    is_surely_furniture(element) || matches!(element.attribute("role"), Some("banner" | "toolbar")) || is_named(element, &OTHER_PICTURES)
}

/// Whether an element's names say that it is for a picture.
pub fn names_picture(element: &Element) -> bool {
    is_named(element, &PICTURES)
}

fn is_named(element: &Element, words: &LazyLock<Option<Regex>>) -> bool {
    let names = [element.attribute("class"), element.attribute("id")].into_iter().flatten().filter(|names| names.len() <= LONGEST_NAMES);
    names.map(split_humps).any(|names| words.as_ref().is_some_and(|regex| regex.is_match(&names)))
}

fn is_hidden(element: &Element) -> bool {
    element.attribute("hidden").is_some()
        || element.attribute("aria-hidden") == Some("true") && element.name() != "img" && element.name() != "a"
        || element.attribute("style").is_some_and(hides)
}

/// A longer style is made by programs, and what it hides stands at its beginning.
const LONGEST_STYLE: usize = 400;

/// Whether a style hides its element.
pub fn hides(style: &str) -> bool {
    let squeezed: String = style.chars().filter(|character| !character.is_whitespace()).take(LONGEST_STYLE).collect();
    let squeezed = squeezed.to_ascii_lowercase();
    squeezed.contains("display:none") || squeezed.contains("visibility:hidden")
}

/// `shareBar` → `share-bar`, lower case.
fn split_humps(names: &str) -> String {
    let mut out = String::with_capacity(names.len() + 8);
    let mut before_lower = false;
    for character in names.chars() {
        if character.is_ascii_uppercase() && before_lower {
            out.push('-');
        }
        before_lower = character.is_ascii_lowercase();
        out.push(character.to_ascii_lowercase());
    }
    out
}

/// Whether an element is all of a heading: the button that opens the text below it (WAI-ARIA Authoring Practices, accordion), or a label that does.
pub fn is_heading_itself(node: NodeRef<'_, Node>) -> bool {
    let is_pressed =
        |node: NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| matches!(element.name(), "button" | "label"));
    let is_heading = |element: &Element| super::is_heading(element.name()) || element.name() == "dt";
    let is_blank = |node: NodeRef<'_, Node>| match node.value() {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(_) => ElementRef::wrap(node).is_none_or(|element| element.text().all(|text| text.trim().is_empty())),
        _ => true,
    };
    is_pressed(node)
        && node.parent().is_some_and(|parent| parent.value().as_element().is_some_and(is_heading))
        && node.prev_siblings().chain(node.next_siblings()).all(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::url::Url;

    #[test]
    fn a_button_may_be_all_of_a_heading() {
        let check = |page: &str, expected: bool| {
            let dom = crate::html::parse(page, &Url::parse("https://harbourpost.example/a").unwrap());
            assert_eq!(dom.html.tree.nodes().any(is_heading_itself), expected, "{page}");
        };
        check("<h3> <button aria-expanded=false>When does the ferry sail?<svg></svg></button> <i></i></h3><p>At noon.", true);
        check("<dt><label for=a>When does the ferry sail?</label></dt><dd>At noon.", true);
        check("<h3>When does the ferry sail? <button>Copy</button></h3>", false);
        check("<p><button>Subscribe to the ferry times</button></p>", false);
    }

    #[test]
    fn furniture_is_known_by_whole_words() {
        let check = |names: &str, expected: bool| assert_eq!(names_furniture(names), expected, "{names}");
        check("share-bar", true);
        check("shareBar", true);
        check("entry-content share", false);
        check("article-body", false);
        check("story__related", true);
        check("header-adventure", false);
        check("leading", false);
    }
}
