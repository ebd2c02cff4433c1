//! What an article page yields.

use serde::{Deserialize, Serialize};

use super::{Found, Note, Origin, SafeHtml, Surface, When};
use crate::url::Url;

/// In what way a page credits an outlet or agency for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A label or hat-tip: the text was taken from there, whole or reworked.
    #[serde(rename = "source")]
    Source,
    /// Taken over whole from another outlet.
    #[serde(rename = "republished-from")]
    Republished,
    /// A wire agency's text.
    #[serde(rename = "agency")]
    Agency,
    /// It contributed a part.
    #[serde(rename = "contributing")]
    Contributing,
}

impl Role {
    /// The stable word for this role.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Source => "source",
            Role::Republished => "republished-from",
            Role::Agency => "agency",
            Role::Contributing => "contributing",
        }
    }
}

/// The outlet or agency that the page itself credits for the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// The name as the page shows it.
    pub name: String,
    /// Where the page links the name or the original to; else the known home page of a known name.
    pub url: Option<Url>,
    /// In what way it is credited.
    pub role: Role,
    /// The words of the page that say so: the evidence.
    pub phrase: String,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// Whether the body's text already says so visibly.
    pub visible: bool,
}

/// A recording or film that the article carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Where the file is.
    pub url: Url,
    /// Its media type: `audio/mpeg`.
    pub media_type: String,
    /// Its size in bytes, if known.
    pub length: Option<u64>,
}

/// The body of an article, in both forms that are published.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Sanitised HTML; pictures have their captions.
    pub html: SafeHtml,
    /// What a person would read, without the captions that are no part of the story; paragraphs are split by a blank line.
    pub text: String,
}

/// What one page yields.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// The page's own permanent address (canonical URL on the same site), if it names one.
    pub canonical: Option<Found<Url>>,
    /// The headline, without the site's name.
    pub title: Option<Found<String>>,
    /// The body.
    pub body: Option<Found<Body>>,
    /// The page's own lead or description, plain text.
    pub summary: Option<Found<String>>,
    /// Names of persons (or of an agency, where that is the only byline).
    pub authors: Vec<Found<String>>,
    /// When it was published.
    pub published: Option<Found<When>>,
    /// When it was last changed.
    pub modified: Option<Found<When>>,
    /// The lead image.
    pub image: Option<Found<Url>>,
    /// Audio and video files.
    pub media: Vec<Media>,
    /// Who is credited for the text, in the page's order.
    pub credits: Vec<Found<Credit>>,
    /// Tags and keywords.
    pub tags: Vec<String>,
    /// The section of the site.
    pub section: Option<String>,
    /// BCP 47.
    pub language: Option<Found<String>>,
    /// The site's name.
    pub site: Option<Found<String>>,
    /// The next page of the same article (`rel=next` inside an article).
    pub next: Option<Url>,
}

/// A candidate for a field, for `try`: what was seen, where, and whether it won.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The field: `title`, `published`, `body`.
    pub field: String,
    /// Its value, shortened.
    pub value: String,
    /// Where it was found.
    pub origin: Origin,
    /// Whether it won, or why it did not.
    pub verdict: String,
}

/// An article, and how it was come by. Extraction cannot fail: a field that misses costs that field only.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// The article.
    pub article: Article,
    /// How likely this is a whole, real article, from 0 to 1.
    pub quality: f64,
    /// What stands in the way, if anything.
    pub surface: Surface,
    /// Who else was in the running for each field. Only filled when asked for.
    pub candidates: Vec<Candidate>,
    /// What is worth telling.
    pub notes: Vec<Note>,
}
