//! What the tags, roles, class names and ids of an element say of it: one bit for each kind of thing.
//!
//! The words are those that authors and systems of many countries use; none belongs to one site. They are evidence for the judge, never a verdict.

use scraper::node::Element;

/// How many kinds there are.
pub(super) const KINDS: usize = 38;

const ARTICLE: u8 = 20;
const MAIN: u8 = 21;
const SECTION: u8 = 22;
const NAV: u8 = 23;
const ASIDE: u8 = 24;
const FOOTER: u8 = 25;
const HEADER: u8 = 26;
const FORM: u8 = 27;
const FIGURE: u8 = 28;
const TABLE: u8 = 29;
const LIST: u8 = 30;
const QUOTE: u8 = 31;
const CODE: u8 = 32;
const FOLDED: u8 = 33;
const UNSEEN: u8 = 34;
const WITHOUT_SCRIPT: u8 = 35;
const BODY_PROPERTY: u8 = 36;
const OTHER_PROPERTY: u8 = 37;

/// A word, whether longer words that begin with it count too, and its kind. Sorted by first letter.
const WORDS: &[(&str, bool, u8)] = &[
    ("ad", false, 1),
    ("ads", false, 1),
    ("advert", true, 1),
    ("adsense", false, 1),
    ("anzeige", false, 1),
    ("action", true, 17),
    ("addtoany", false, 2),
    ("answer", true, 16),
    ("article", true, 0),
    ("artikel", true, 0),
    ("articulo", true, 0),
    ("author", true, 10),
    ("autor", true, 10),
    ("auteur", true, 10),
    ("avatar", true, 10),
    ("aside", false, 7),
    ("abstract", false, 19),
    ("alert", false, 12),
    ("archive", true, 3),
    ("attachment", true, 15),
    ("banner", true, 1),
    ("bbp", true, 16),
    ("bio", false, 10),
    ("biography", false, 10),
    ("body", true, 0),
    ("bottom", true, 8),
    ("breadcrumb", true, 6),
    ("button", true, 17),
    ("btn", false, 17),
    ("byline", true, 10),
    ("bookmark", true, 2),
    ("blurb", false, 14),
    ("caption", true, 15),
    ("card", true, 14),
    ("carousel", true, 15),
    ("categor", true, 11),
    ("collapse", true, 13),
    ("comment", true, 5),
    ("commentaires", false, 5),
    ("comentario", true, 5),
    ("consent", true, 12),
    ("content", true, 0),
    ("contenu", true, 0),
    ("contenido", true, 0),
    ("cookie", true, 12),
    ("copyright", true, 8),
    ("credit", true, 15),
    ("citation", true, 18),
    ("count", true, 11),
    ("cta", false, 4),
    ("cart", false, 17),
    ("copy", false, 0),
    ("contact", true, 8),
    ("date", true, 11),
    ("datum", true, 11),
    ("dek", false, 19),
    ("description", true, 19),
    ("dialog", true, 12),
    ("disclaimer", true, 8),
    ("discussion", true, 16),
    ("disqus", true, 5),
    ("donat", true, 4),
    ("dropdown", true, 6),
    ("download", true, 17),
    ("embed", true, 15),
    ("entry", true, 0),
    ("excerpt", true, 14),
    ("event", true, 14),
    ("figure", true, 15),
    ("flyout", true, 6),
    ("follow", true, 2),
    ("foot", false, 8),
    ("footer", true, 8),
    ("footnote", true, 18),
    ("form", false, 17),
    ("forum", true, 16),
    ("featured", false, 3),
    ("filter", true, 17),
    ("faq", true, 16),
    ("facebook", true, 2),
    ("gallery", true, 15),
    ("gdpr", true, 12),
    ("grid", true, 14),
    ("head", false, 9),
    ("header", true, 9),
    ("headline", true, 9),
    ("hero", true, 9),
    ("hidden", true, 13),
    ("hide", false, 13),
    ("image", true, 15),
    ("img", false, 15),
    ("info", false, 11),
    ("infobox", false, 7),
    ("intro", true, 19),
    ("item", true, 14),
    ("inhalt", true, 0),
    ("icon", true, 17),
    ("inline", false, 15),
    ("kommentar", true, 5),
    ("keyword", true, 11),
    ("label", true, 11),
    ("latest", true, 3),
    ("lead", false, 19),
    ("legal", true, 8),
    ("lightbox", true, 12),
    ("link", false, 6),
    ("links", false, 6),
    ("list", true, 14),
    ("listing", true, 14),
    ("login", true, 17),
    ("like", true, 2),
    ("main", true, 0),
    ("markdown", false, 0),
    ("masthead", true, 9),
    ("media", true, 15),
    ("membership", true, 4),
    ("menu", true, 6),
    ("message", true, 16),
    ("meta", true, 11),
    ("modal", true, 12),
    ("more", false, 3),
    ("most", false, 3),
    ("mostread", true, 3),
    ("nav", true, 6),
    ("navigation", true, 6),
    ("newsletter", true, 4),
    ("noprint", true, 13),
    ("note", false, 18),
    ("notes", false, 18),
    ("notice", true, 12),
    ("next", false, 6),
    ("news", false, 0),
    ("outbrain", true, 3),
    ("overlay", true, 12),
    ("option", true, 17),
    ("page", false, 0),
    ("pager", true, 6),
    ("pagination", true, 6),
    ("paging", true, 6),
    ("paragraph", true, 0),
    ("partner", true, 1),
    ("paywall", true, 4),
    ("photo", true, 15),
    ("pinterest", true, 2),
    ("poll", false, 17),
    ("popular", true, 3),
    ("popup", true, 12),
    ("post", false, 16),
    ("posts", false, 3),
    ("postbody", true, 0),
    ("postcontent", true, 0),
    ("posttext", true, 0),
    ("prev", true, 6),
    ("print", true, 13),
    ("product", true, 14),
    ("profile", true, 10),
    ("promo", true, 1),
    ("prose", false, 0),
    ("publicid", true, 1),
    ("publicite", true, 1),
    ("price", true, 14),
    ("pullquote", true, 15),
    ("privacy", true, 12),
    ("pub", false, 1),
    ("question", true, 16),
    ("quote", true, 15),
    ("rail", false, 7),
    ("rating", true, 17),
    ("readmore", true, 3),
    ("recent", true, 3),
    ("recirc", true, 3),
    ("recommend", true, 3),
    ("ref", false, 18),
    ("reference", true, 18),
    ("refs", false, 18),
    ("related", true, 3),
    ("relacionad", true, 3),
    ("reply", true, 5),
    ("replies", false, 5),
    ("respond", false, 5),
    ("result", true, 14),
    ("review", true, 16),
    ("reader", false, 13),
    ("reading", false, 11),
    ("search", true, 17),
    ("share", true, 2),
    ("sharing", true, 2),
    ("side", false, 7),
    ("sidebar", true, 7),
    ("signature", true, 10),
    ("signup", true, 4),
    ("similar", true, 3),
    ("skip", true, 13),
    ("slide", true, 15),
    ("slick", true, 15),
    ("social", true, 2),
    ("source", true, 15),
    ("sponsor", true, 1),
    ("sr", false, 13),
    ("standfirst", false, 19),
    ("stat", false, 11),
    ("stats", false, 11),
    ("story", true, 0),
    ("sub", false, 4),
    ("subscri", true, 4),
    ("subtitle", true, 19),
    ("summary", true, 19),
    ("swiper", true, 15),
    ("tab", false, 17),
    ("tabs", false, 17),
    ("table", false, 15),
    ("taboola", true, 3),
    ("tag", false, 11),
    ("tags", true, 11),
    ("tease", true, 14),
    ("text", true, 0),
    ("texto", true, 0),
    ("texte", true, 0),
    ("thread", true, 16),
    ("thumb", true, 14),
    ("tile", true, 14),
    ("time", true, 11),
    ("timestamp", true, 11),
    ("title", true, 9),
    ("toc", false, 6),
    ("tool", true, 17),
    ("tooltip", true, 12),
    ("top", false, 9),
    ("topic", true, 16),
    ("trending", true, 3),
    ("twitter", true, 2),
    ("toggle", true, 17),
    ("user", true, 10),
    ("utility", true, 17),
    ("vcard", true, 10),
    ("verwandt", true, 3),
    ("video", true, 15),
    ("visually", false, 13),
    ("vote", true, 17),
    ("views", false, 11),
    ("widget", true, 7),
    ("werbung", true, 1),
    ("warning", true, 12),
    ("whatsapp", true, 2),
    ("wiki", true, 0),
];

/// Names longer than this are no words.
const LONGEST_NAMES: usize = 400;
/// No word of the list is longer.
const LONGEST_WORD: usize = 24;

/// The kinds of an element, as bits.
pub(super) fn kinds(element: &Element) -> u64 {
    let mut kinds = of_tag(element.name());
    for (name, value) in element.attrs() {
        match name {
            "class" | "id" => kinds |= of_names(value),
            "role" => kinds |= of_role(value),
            "itemprop" => kinds |= bit(if value.eq_ignore_ascii_case("articlebody") { BODY_PROPERTY } else { OTHER_PROPERTY }),
            "hidden" => kinds |= bit(UNSEEN),
            "aria-hidden" if value == "true" => kinds |= bit(UNSEEN),
            "style" if is_unseen(value) => kinds |= bit(UNSEEN),
            _ => {}
        }
    }
    kinds
}

const fn bit(kind: u8) -> u64 {
    1 << kind
}

fn of_tag(name: &str) -> u64 {
    let kind = match name {
        "article" => ARTICLE,
        "main" => MAIN,
        "section" => SECTION,
        "nav" => NAV,
        "aside" => ASIDE,
        "footer" => FOOTER,
        "header" => HEADER,
        "form" | "fieldset" => FORM,
        "figure" | "figcaption" => FIGURE,
        "table" => TABLE,
        "ul" | "ol" | "dl" => LIST,
        "blockquote" => QUOTE,
        "pre" => CODE,
        "details" => FOLDED,
        "noscript" => WITHOUT_SCRIPT,
        _ => return 0,
    };
    bit(kind)
}

fn of_role(role: &str) -> u64 {
    let kind = match role {
        "navigation" | "menu" | "menubar" => NAV,
        "complementary" => ASIDE,
        "contentinfo" => FOOTER,
        "banner" => HEADER,
        "search" | "form" | "toolbar" => FORM,
        "dialog" | "alertdialog" => 12,
        "main" => MAIN,
        "article" => ARTICLE,
        _ => return 0,
    };
    bit(kind)
}

fn is_unseen(style: &str) -> bool {
    let squeezed: String = style.chars().filter(|character| !character.is_whitespace()).take(LONGEST_NAMES).collect();
    let squeezed = squeezed.to_ascii_lowercase();
    squeezed.contains("display:none") || squeezed.contains("visibility:hidden")
}

/// The kinds that the words of a class or id name: `shareBar`, `share-bar` and `share_bar` are the same words.
fn of_names(names: &str) -> u64 {
    if names.len() > LONGEST_NAMES {
        return 0;
    }
    let mut kinds = 0;
    let mut word = [0_u8; LONGEST_WORD];
    let mut length = 0;
    let mut before_lower = false;
    for byte in names.bytes().chain([b' ']) {
        let is_hump = byte.is_ascii_uppercase() && before_lower;
        if is_hump || !byte.is_ascii_alphabetic() {
            kinds |= word.get(..length).map_or(0, of_word);
            length = 0;
        }
        if byte.is_ascii_alphabetic()
            && let Some(place) = word.get_mut(length)
        {
            *place = byte.to_ascii_lowercase();
            length += 1;
        }
        before_lower = byte.is_ascii_lowercase();
    }
    kinds
}

fn of_word(word: &[u8]) -> u64 {
    let Some(first) = word.first() else { return 0 };
    let from = WORDS.partition_point(|(known, ..)| known.as_bytes().first() < Some(first));
    let candidates = WORDS.get(from..).unwrap_or_default().iter().take_while(|(known, ..)| known.as_bytes().first() == Some(first));
    let hit = |known: &str, is_stem: bool| word == known.as_bytes() || is_stem && word.starts_with(known.as_bytes());
    candidates.filter(|(known, is_stem, _)| hit(known, *is_stem)).map(|(.., kind)| bit(*kind)).fold(0, |all, one| all | one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_by_first_letter() {
        assert!(WORDS.is_sorted_by_key(|(word, ..)| word.as_bytes().first()));
        assert!(WORDS.iter().all(|(word, _, kind)| usize::from(*kind) < KINDS && word.len() < LONGEST_WORD));
    }

    #[test]
    fn names_are_split_into_words() {
        let check = |names: &str, kinds: &[u8]| assert_eq!(of_names(names), kinds.iter().fold(0, |all, kind| all | bit(*kind)), "{names}");
        check("share-bar", &[2]);
        check("shareBar", &[2]);
        check("article__body", &[0]);
        check("story related", &[0, 3]);
        check("header-adventure", &[9]);
        check("leading", &[]);
        check("shadow", &[]);
    }
}
