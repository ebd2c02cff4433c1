//! Dates: finding them in a page, and reading them in many languages.
//!
//! [`parse`] reads one date as people and programs write it; [`first_in`] finds one in a longer text; [`fill`] decides which of a page's dates is that of
//! the article.

mod find;
mod parse;
mod words;

pub use find::fill;
pub use parse::{first_in, parse};
