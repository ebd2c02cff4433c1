//! What the tags, roles, class names and ids of an element say of it: one bit for each kind of thing.
//!
//! The words are those that authors and systems of many countries use; none belongs to one site. They are evidence for the judge, never a verdict.

use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::node::Element;

use super::weight::{self, Weights};
use crate::html::Lexicon;
use crate::html::lexicon;
use crate::html::noise::hides;

/// How many kinds there are: those of [`WORDS`], then those of tags, roles and attributes.
pub(super) const KINDS: usize = 38;

/// The kind of comments and answers.
pub(super) const COMMENT: usize = 5;
/// The kind of posts and threads.
pub(super) const POST: usize = 16;
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

/// The words of names, by kind; `*` ends a stem that longer words may begin with.
const WORDS: [&str; 20] = [
    // text
    "article* articulo* artikel* body* contenido* content* contenu* copy entry* inhalt* main* markdown news page paragraph* postbody* postcontent* posttext* prose story* text* texte* texto* wiki*",
    // ad
    "ad ads adsense advert* anzeige banner* partner* promo* pub publicid* publicite* sponsor* werbung*",
    // share
    "addtoany bookmark* facebook* follow* like* pinterest* share* sharing* social* twitter* whatsapp*",
    // related
    "archive* featured latest* more most mostread* outbrain* popular* posts readmore* recent* recirc* recommend* relacionad* related* similar* taboola* trending* verwandt*",
    // newsletter
    "cta donat* membership* newsletter* paywall* signup* sub subscri*",
    // comment
    "comentario* comment* commentaires disqus* kommentar* replies reply* respond",
    // menu
    "breadcrumb* dropdown* flyout* link links menu* nav* navigation* next pager* pagination* paging* prev* toc",
    // side
    "aside infobox rail side sidebar* widget*",
    // foot
    "bottom* contact* copyright* disclaimer* foot footer* legal*",
    // head
    "head header* headline* hero* masthead* title* top",
    // author
    "auteur* author* autor* avatar* bio biography byline* profile* signature* user* vcard*",
    // meta
    "categor* count* date* datum* info keyword* label* meta* reading stat stats tag tags* time* timestamp* views",
    // popup
    "alert consent* cookie* dialog* gdpr* lightbox* modal* notice* overlay* popup* privacy* tooltip* warning*",
    // hidden
    "collapse* hidden* hide noprint* print* reader skip* sr visually",
    // card
    "blurb card* event* excerpt* grid* item* list* listing* price* product* result* tease* thumb* tile*",
    // media
    "attachment* caption* carousel* credit* embed* figure* gallery* image* img inline media* photo* pullquote* quote* slick* slide* source* swiper* table video*",
    // post
    "answer* bbp* discussion* faq* forum* message* post question* review* thread* topic*",
    // tools
    "action* btn button* cart download* filter* form icon* login* option* poll rating* search* tab tabs toggle* tool* utility* vote*",
    // notes
    "citation* footnote* note notes ref reference* refs",
    // lead
    "abstract dek description* intro* lead standfirst subtitle* summary*",
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&WORDS));

macro_rules! numbers_of {
    ($($kind:literal)*) => { [$([concat!("near ", $kind), concat!("share ", $kind)]),*] };
}

/// What the judge's numbers about each kind are called: steps up to the nearest element of it, and that element's share of the paragraphs.
pub(super) const NAMES: [[&str; 2]; KINDS] = numbers_of!(
    "text" "ad" "share" "related" "newsletter" "comment" "menu" "side" "foot" "head"
    "author" "meta" "popup" "hidden" "card" "media" "post" "tools" "notes" "lead"
    "<article>" "<main>" "<section>" "<nav>" "<aside>" "<footer>" "<header>" "<form>" "<figure>" "<table>"
    "list" "quote" "code" "folded" "unseen" "<noscript>" "articleBody" "itemprop"
);

/// The kinds that something stands for, as bits, and what it weighs.
pub(super) type Meaning = (u64, Weights);

/// Reads the elements of one page, whose tags and classes are few. A page chooses its own names, so that they are hashed with a secret: with a hash that anyone
/// can compute, a hostile page could have all of them in one place.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    tags: HashMap<&'a str, Meaning>,
    classes: HashMap<&'a str, Meaning>,
}

impl Default for Reader<'_> {
    /// With room for the names of most pages.
    fn default() -> Self {
        const TAGS: usize = 56;
        const CLASSES: usize = 448;
        Self { tags: HashMap::with_capacity(TAGS), classes: HashMap::with_capacity(CLASSES) }
    }
}

impl<'a> Reader<'a> {
    /// What an element's tag, the words of its names, and its other attributes say.
    pub(super) fn read(&mut self, element: &'a Element) -> Meaning {
        let name = element.name();
        let (mut kinds, mut weights) = *self.tags.entry(name).or_insert_with(|| (of_tag(name), weight::of_tag(name)));
        let mut add = |(more_kinds, more_weights): Meaning| {
            kinds |= more_kinds;
            weights += more_weights;
        };
        for (name, value) in element.attrs() {
            match name {
                "class" => add(*self.classes.entry(value).or_insert_with(|| of_names(value))),
                "id" => add(of_names(value)),
                "role" => add((of_role(value), Weights::default())),
                "itemprop" => {
                    let kind = if value.eq_ignore_ascii_case("articlebody") { BODY_PROPERTY } else { OTHER_PROPERTY };
                    add((bit(kind), Weights::default()));
                }
                "hidden" => add((bit(UNSEEN), Weights::default())),
                "aria-hidden" if value == "true" => add((bit(UNSEEN), Weights::default())),
                "style" if hides(value) => add((bit(UNSEEN), Weights::default())),
                _ => {}
            }
        }
        (kinds, weights)
    }
}

/// What the words of a class or id say.
fn of_names(names: &str) -> Meaning {
    lexicon::words(names).fold(Meaning::default(), |(kinds, mut weights), word| {
        weights += weight::of_word(word);
        (kinds | LEXICON.lists_of_word(word), weights)
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_says_the_same_when_its_class_was_met_before() {
        let page = scraper::Html::parse_fragment(
            "<div class=story-body id=share></div><div class=story-body></div><div class=story-body id=share></div><p class=story-body></p>",
        );
        let mut reader = Reader::default();
        let meanings: Vec<Meaning> = page.root_element().child_elements().map(|element| reader.read(element.value())).collect();
        let alone: Vec<Meaning> = page.root_element().child_elements().map(|element| Reader::default().read(element.value())).collect();
        assert_eq!(meanings, alone);
        let kinds: Vec<u64> = meanings.into_iter().map(|(kinds, _)| kinds).collect();
        assert_eq!(kinds, [bit(0) | bit(2), bit(0), bit(0) | bit(2), bit(0)]);
    }

    #[test]
    fn names_are_split_into_words() {
        let check =
            |names: &str, kinds: &[u8]| assert_eq!(LEXICON.lists(names), kinds.iter().fold(0, |all, kind| all | bit(*kind)), "{names}");
        check("share-bar", &[2]);
        check("shareBar", &[2]);
        check("article__body", &[0]);
        check("story related", &[0, 3]);
        check("header-adventure", &[9]);
        check("leading", &[]);
        check("shadow", &[]);
    }
}
