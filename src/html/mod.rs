//! Reading and writing HTML: one parse for each page, one walk that gathers what every later question needs.
//!
//! [`Dom`] holds the only tree of a page; nothing clones it or parses it twice. Follows the WHATWG HTML standard through
//! html5ever and `scraper`. Scripting is off while parsing, so that the contents of `<noscript>` are elements: lazy images
//! keep their address there.

mod attribute;
mod css;
mod data;
mod garbled;
pub mod lexicon;
mod nesting;
pub mod noise;
mod parse;
pub mod picture;
pub mod sanitize;
pub mod surface;
mod survey;
mod tag;
mod tame;
mod text;

pub use attribute::Attribute;
pub use css::Css;
pub use data::{headline_of, is_headline, page_data};
pub use lexicon::Lexicon;
pub use parse::{Dom, parse};
pub use survey::{Meta, RelLink, Survey};
pub use text::{collapse, is_block_element, is_heading, is_time, letters, push_collapsed, text_of};
